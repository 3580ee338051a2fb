"""Rows outside the models: raw ones for exports, and sized chunks for bulk calls."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from api_client.errors import BadPayload
from api_client.models.base import UNREADABLE
from api_client.models.reading import load
from api_client.models.subscribers import NewSubscriber
from api_client.paging import Page
from api_client.routes import to_json

_OVERHEAD = 20  # {"subscribers":[…]}


def read_rows(body: bytes) -> Page[dict[str, Any]]:
    """A page of search, its rows as they came; a row that is no object keeps its place, marked."""
    answer = load(body)
    rows = cast("dict[str, Any]", answer).get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise BadPayload("The server's answer is not what was expected.", detail="no list of rows")
    found = cast("dict[str, Any]", answer)
    total, capped = found.get("totalCount"), found.get("totalCountCapped")
    total = total if isinstance(total, int) else None
    cursor = found.get("next")
    return Page(
        items=tuple(map(_object, cast("list[object]", rows))),
        next=cursor if isinstance(cursor, str) else None,
        total=total,
        total_is_exact=total is not None and not capped,
    )


def _object(row: object) -> dict[str, Any]:
    return cast("dict[str, Any]", row) if isinstance(row, dict) else {UNREADABLE: ["row"]}


def row_id(row: dict[str, Any]) -> str:
    """The row's own id, or "" when it has none that could be compared."""
    found = row.get("_id")
    return found if isinstance(found, str) else ""


def bulk_chunks(
    rows: Iterable[NewSubscriber], *, max_rows: int = 500, max_bytes: int = 90_000
) -> Iterator[tuple[NewSubscriber, ...]]:
    """Cut rows into chunks that a bulk call takes, by number and by bytes of body, in order.

    A row that is too large by itself gets a chunk of its own; the server decides.
    """
    chunk: list[NewSubscriber] = []
    size = _OVERHEAD
    for row in rows:
        length = len(to_json(row.to_body())) + 1
        if chunk and (len(chunk) >= max_rows or size + length > max_bytes):
            yield tuple(chunk)
            chunk, size = [], _OVERHEAD
        chunk.append(row)
        size += length
    if chunk:
        yield tuple(chunk)
