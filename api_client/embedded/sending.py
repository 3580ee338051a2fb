"""Puts an answer on the wire: entity tag, 304, gzip, and faults that cut it off."""

import base64
import gzip
import hashlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from .faults import Dropped, Fault
from .wire import Answer

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
WORTH_PACKING = 1024


async def send_answer(
    send: Send, answer: Answer, *, method: str, asked: Mapping[str, str], fault: Fault | None
) -> None:
    """Sends the answer, or as much of it as the fault allows; `asked` are the headers of the request."""
    if fault is not None and fault.drop:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
        raise Dropped("the connection was dropped on demand")
    answer = _packed(_tagged(answer, method, asked), asked)
    headers = {**answer.headers, "content-length": str(len(answer.body))} if answer.body else answer.headers
    pairs = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    body = b"" if method == "HEAD" else answer.body
    if fault is not None and fault.truncate:
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        raise Dropped("the answer was cut off on demand")
    await send({"type": "http.response.body", "body": body})


def etag(body: bytes) -> str:
    """The weak tag that Express makes: length in hex and a shortened SHA-1."""
    digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest())[:27].decode()
    return f'W/"{len(body):x}-{digest}"'


def _tagged(answer: Answer, method: str, asked: Mapping[str, str]) -> Answer:
    if answer.status != 200 or not answer.body:
        return answer
    headers = {**answer.headers, "etag": etag(answer.body)}
    if method == "GET" and asked.get("if-none-match") == headers["etag"]:
        kept = {name: value for name, value in headers.items() if name != "content-type"}
        return Answer(304, b"", kept)
    return Answer(answer.status, answer.body, headers)


def _packed(answer: Answer, asked: Mapping[str, str]) -> Answer:
    if len(answer.body) < WORTH_PACKING or "gzip" not in asked.get("accept-encoding", ""):
        return answer
    packed = gzip.compress(answer.body, compresslevel=1, mtime=0)
    return Answer(
        answer.status, packed, {**answer.headers, "content-encoding": "gzip", "vary": "Accept-Encoding"}
    )
