"""An embedded API on a port that writes down its bulk calls and can hold an answer back for ever."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from api_client.embedded import create_embedded_api

BULK = "/v1/subscribers/bulk"
KEY = "key-of-the-recorded-api"


@dataclass
class Recorder:
    """`calls`: key and ids of each bulk call. The answer to call `hold_at` is given, but never sent.

    Nor is that to any later one, until `let_go`: whoever is held gets no further, however late it is killed.
    """

    app: Any
    hold_at: int
    calls: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    is_held: threading.Event = field(default_factory=threading.Event)
    _holds: bool = True

    def let_go(self) -> None:
        """From now on every call is answered."""
        self._holds = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != BULK:
            await self.app(scope, receive, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":  # killed in the middle of its call
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        ids = tuple(one["subscriberId"] for one in json.loads(body)["subscribers"])
        self.calls.append((headers["idempotency-key"], ids))
        number = len(self.calls)
        answer: list[Any] = []
        await self.app(scope, _once(body), _into(answer))
        if self._holds and number >= self.hold_at:
            self.is_held.set()
            await receive()  # comes when the caller is gone
            return
        for part in answer:
            await send(part)


@contextmanager
def recorded_api(*, hold_at: int) -> Generator[tuple[str, Recorder]]:
    """The address, and what is called there."""
    recorder = Recorder(create_embedded_api(api_key=KEY), hold_at)
    config = uvicorn.Config(
        recorder, port=0, log_level="error", lifespan="off", ws="none", timeout_keep_alive=600
    )  # no line is closed under a client that is slow today
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            assert thread.is_alive(), "the server did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", recorder
    finally:
        server.should_exit = True
        thread.join(60)
        recorder.app.state.store.close()
        assert not thread.is_alive(), "the server did not end"


def _once(body: bytes) -> Any:
    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _into(parts: list[Any]) -> Any:
    async def send(message: Any) -> None:
        parts.append(message)

    return send
