"""Pieces of HTTP, written by hand so that they can be wrong in exactly one way."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

ROW = {
    "_id": "6b04877595146a16f4551829",
    "subscriberId": "sub-01",
    "firstName": "Ada",
    "channels": [{"providerId": "fcm", "_integrationId": "6b", "credentials": {"deviceTokens": ["t"]}}],
    "isOnline": False,
    "createdAt": "2026-11-23T18:35:33.648Z",
    "updatedAt": "2026-11-23T18:35:33.648Z",
}


@dataclass(frozen=True)
class Asked:
    """A request as the fault server read it; `nth` counts the attempts of its cell from one."""

    operation: str
    nth: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def good(operation: str) -> Any:
    """What a healthy server answers to each operation."""
    if operation == "list":
        return page([ROW])
    if operation == "bulk":
        return {"data": {"created": [{"subscriberId": "sub-01"}], "updated": [], "failed": []}}
    return {"data": {"acknowledged": True, "status": "deleted"}} if operation == "delete" else {"data": ROW}


def page(rows: list[Any], after: str | None = None, **more: Any) -> dict[str, Any]:
    """A page of search."""
    return {"data": rows, "next": after, "previous": None, "totalCount": 9, "totalCountCapped": False, **more}


def dressed(operation: str, row: Any) -> Any:
    """A good answer with another row in it."""
    return page([row, ROW | {"_id": "5b"}]) if operation == "list" else {"data": row}


def message(
    status: int, body: Any, *lines: str, kind: str = "application/json", length: int | None = None
) -> bytes:
    """A whole HTTP answer; `length` may lie."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = [
        f"HTTP/1.1 {status} Any",
        f"content-type: {kind}",
        f"content-length: {len(content) if length is None else length}",
        *lines,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content


async def read_request(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str], bytes] | None:
    """Method, target, headers and body; None when the peer is gone."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    method, target, _ = head[0].split(" ", 2)
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return method, target, headers, body
