"""What the fault server does for each fault: one short function or one row each."""

import asyncio
import gzip
import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from tests.api_client.faults.server import Behave
from tests.api_client.faults.wire import ROW, Asked, dressed, good, message, page

Write = asyncio.StreamWriter
Body = Callable[[Asked], bytes]


def _says(make: Body, *, keep: bool = True) -> Behave:
    """Writes what `make` returns."""

    async def behave(asked: Asked, writer: Write) -> bool:
        writer.write(make(asked))
        await writer.drain()
        return keep

    return behave


def _refuses(status: int, *lines: str, body: Any = None) -> Behave:
    content = {"statusCode": status, "message": "no", "ctx": {}} if body is None else body
    return _says(lambda _: message(status, content, *lines))


def _answers(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Behave:
    """A good answer whose row was changed."""
    return _says(
        lambda asked: message(
            200,
            good(asked.operation)
            if asked.operation in {"bulk", "delete"}
            else dressed(asked.operation, change(dict(ROW))),
        ),
    )


def _pages(*pages: Any) -> Behave:
    """For the list: these pages in turn, the last one over and over. For the rest: a good answer."""

    def make(asked: Asked) -> bytes:
        wanted = pages[min(asked.nth, len(pages)) - 1] if asked.operation == "list" else good(asked.operation)
        return message(200, wanted)

    return _says(make)


async def _silence(_: Asked, __: Write) -> None:
    await asyncio.sleep(30)


async def _drip(asked: Asked, writer: Write) -> None:
    head, _, body = message(200, good(asked.operation)).partition(b"\r\n\r\n")
    writer.write(head + b"\r\n\r\n")
    for byte in body:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def _reset(asked: Asked, writer: Write) -> None:
    writer.write(message(200, good(asked.operation))[:-9])
    await writer.drain()
    await asyncio.sleep(0.02)
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _hang_up(_: Asked, writer: Write) -> None:
    writer.close()


async def _flood(_: Asked, writer: Write) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 300000000\r\n\r\n")
    for _i in range(300):
        writer.write(b" " * 1_000_000)
        await writer.drain()


def _bomb(_: Asked) -> bytes:
    return message(200, _BOMB, "content-encoding: gzip")


_BOMB = gzip.compress(b" " * 30_000_000, 1)


def _chunked(asked: Asked) -> bytes:
    content = json.dumps(good(asked.operation)).encode()
    half = len(content) // 2
    parts = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (content[:half], content[half:]))
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n"
    return b"HTTP/1.1 103 Early Hints\r\n\r\n" + head + parts + b"0\r\nx-trailer: 1\r\n\r\n"


async def _stale(asked: Asked, writer: Write) -> bool:
    """Answers well and then closes the connection that it promised to keep."""
    writer.write(message(200, good(asked.operation)))
    await writer.drain()
    return False


_JSON = "application/json"
_A, _B = ROW | {"_id": "6a"}, ROW | {"_id": "6b"}

BEHAVIOURS: dict[str, Behave] = {
    "read-timeout": _silence,
    "drip": _drip,
    "short-body": _says(lambda a: message(200, good(a.operation), length=9999), keep=False),
    "truncated-json": _says(lambda a: message(200, json.dumps(good(a.operation)).encode()[:-7])),
    "reset": _reset,
    "hang-up": _hang_up,
    "text-plain": _says(lambda a: message(200, good(a.operation), kind="text/plain")),
    "html-login": _says(lambda _: message(200, b"<!doctype html><title>Sign in</title>", kind="text/html")),
    "html-502": _says(lambda _: message(502, b"<html>bad gateway</html>", kind="text/html")),
    "empty-200": _says(lambda _: message(200, b"")),
    "latin-1": _says(
        lambda a: message(
            200, json.dumps(dressed(a.operation, "caf\xe9"), ensure_ascii=False).encode("latin-1")
        )
    ),
    "not-http": _says(lambda _: b"SSH-2.0-OpenSSH_9.2\r\n\r\n", keep=False),
    "flood": _flood,
    "gzip-bomb": _says(_bomb),
    "redirect": _refuses(307, "location: https://evil.example/steal"),
    "400": _refuses(
        400, body={"statusCode": 400, "message": ["email must be an email"], "error": "Bad Request"}
    ),
    "401": _refuses(401),
    "402": _refuses(402),
    "403": _refuses(403),
    "404": _refuses(404),
    "409": _refuses(409),
    "409-running": _refuses(409, "retry-after: 1"),
    "413": _refuses(413),
    "422": _refuses(422, body={"message": "Validation Error", "errors": {"email": {"messages": ["bad"]}}}),
    "422-bare": _refuses(422, body={"message": "Request with key is being reused for a different body"}),
    "429": _refuses(429, body="API rate limit exceeded"),
    "429-seconds": _refuses(429, "retry-after: 1"),
    "429-date": _refuses(429, "retry-after: Wed, 25 Nov 2026 00:00:02 GMT"),
    "429-day": _refuses(429, "retry-after: 86400"),
    "429-garbage": _refuses(429, "retry-after: -soon"),
    "500": _refuses(500, body={"message": "Internal server error", "errorId": "e-1"}),
    "502": _refuses(502),
    "503": _refuses(503),
    "503-seconds": _refuses(503, "retry-after: 1"),
    "504": _refuses(504),
    "unknown-enum": _answers(lambda row: row | {"channels": [{"providerId": "pigeon", "credentials": {}}]}),
    "extra-field": _answers(lambda row: row | {"horoscope": {"sign": "♌"}}),
    "missing-field": _answers(lambda row: {"_id": row["_id"], "subscriberId": row["subscriberId"]}),
    "wrong-types": _answers(lambda row: row | {"channels": None, "isOnline": "perhaps", "createdAt": 10**20}),
    "cursor-circle": _pages(page([_A], "6a"), page([_B], "6b"), page([_A], "6a")),
    "same-cursor": _pages(page([_A], "6a"), page([_B], "6a")),
    "empty-page": _pages(page([_B], "6b"), page([], "6a"), page([_A])),
    "duplicates": _pages(page([_A, _B], "6b"), page([_B, ROW | {"_id": "6c"}])),
    "odd-framing": _says(_chunked),
    "stale": _stale,
}
