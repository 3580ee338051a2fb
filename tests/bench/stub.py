"""A stub of the API for benchmarks, in a process of its own: ready-made pages, no work per request.

`python -m tests.bench.stub PAGES` prints its two ports: one answers at once, one after 50 ms.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import orjson
import uvicorn

ROWS_A_PAGE = 100
SLOW_S = 0.05
_UNSEEN = b'{"data":{"count":7}}'
Send = Callable[[dict[str, Any]], Awaitable[None]]


def row(number: int) -> dict[str, Any]:
    """A row of about 1.2 kB, every field set, two channels."""
    return {
        "_id": f"{number:024x}",
        "subscriberId": f"user-{number:07d}",
        "firstName": "Ada Augusta",
        "lastName": f"Lovelace {number}",
        "email": f"ada.lovelace.{number}@mail.example.org",
        "phone": f"+1415555{number:07d}",
        "avatar": f"https://images.example.org/avatars/{number}.png",
        "locale": "en_US",
        "timezone": "Europe/Berlin",
        "data": {"plan": "pro", "seats": number, "tags": ["a", "b"], "note": "x" * 60},
        "channels": [
            {
                "_integrationId": "6b048786d538f9e937828c0a",
                "providerId": "slack",
                "credentials": {"webhookUrl": "https://hooks.example.com/services/T00/B00/" + "x" * 24},
            },
            {
                "_integrationId": "6b048786d538f9e937828c0b",
                "providerId": "fcm",
                "credentials": {"deviceTokens": ["t" * 150, "u" * 150]},
            },
        ],
        "isOnline": True,
        "lastOnlineAt": "2026-11-23T18:35:33.648Z",
        "deleted": False,
        "_environmentId": "6b0486aad538f9e937828aff",
        "_organizationId": "6b0486aad538f9e937828af8",
        "createdAt": "2026-11-23T18:35:33.648Z",
        "updatedAt": "2026-11-23T18:35:33.648Z",
    }


def _pages(count: int) -> dict[bytes, bytes]:
    """Cursor to page; the first page has the cursor b""."""
    found: dict[bytes, bytes] = {}
    cursor = b""
    for page in range(count):
        rows = [row(page * ROWS_A_PAGE + at) for at in range(ROWS_A_PAGE)]
        last = None if page == count - 1 else rows[-1]["_id"]
        found[cursor] = orjson.dumps(
            {
                "data": rows,
                "next": last,
                "previous": None,
                "totalCount": count * ROWS_A_PAGE,
                "totalCountCapped": False,
            }
        )
        cursor = str(last).encode()
    return found


def _application(pages: dict[bytes, bytes], delay_s: float) -> Callable[..., Awaitable[None]]:
    async def application(scope: dict[str, Any], _receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        if delay_s:
            await asyncio.sleep(delay_s)
        body = _UNSEEN if scope["path"].endswith("/unseen") else pages[_cursor(scope["query_string"])]
        await _answer(send, body)

    return application


def _cursor(query: bytes) -> bytes:
    return next((pair[6:] for pair in query.split(b"&") if pair.startswith(b"after=")), b"")


async def _answer(send: Send, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextlib.contextmanager
def running(pages: int) -> Iterator[tuple[str, str]]:
    """The addresses of a stub that runs until the block ends: at once, and after 50 ms."""
    command = [sys.executable, "-m", "tests.bench.stub", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            fast, slow = process.stdout.readline().split()
            yield f"http://127.0.0.1:{fast}", f"http://127.0.0.1:{slow}"
        finally:
            process.terminate()


@contextlib.asynccontextmanager
async def _served(application: Callable[..., Awaitable[None]]) -> AsyncIterator[int]:
    config = uvicorn.Config(application, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def _serve(pages: int) -> None:
    ready = _pages(pages)
    async with _served(_application(ready, 0)) as fast, _served(_application(ready, SLOW_S)) as slow:
        print(fast, slow, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    asyncio.run(_serve(int(sys.argv[1])))
