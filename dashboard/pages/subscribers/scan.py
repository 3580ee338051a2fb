"""Find whom the API cannot: read everyone who may match, page by page, and tell the progress at each step."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from api_client import Subscriber
from dashboard.csv_io.walk import Batch, walk
from dashboard.pages.subscribers.state import ListState
from dashboard.places import found_in
from dashboard.reading import Reader
from dashboard.wire_rows import WireRow
from dashboard.wording import Total

MOST_READ = 5_000_000
IDENTITY = ("_id", "subscriberId", "firstName", "lastName", "email", "phone")


@dataclass(frozen=True)
class Hit:
    """Someone who was found, and where the text stands."""

    person: Subscriber
    where: str


@dataclass(frozen=True)
class Coverage:
    """How far a scan has come. `fresh` are the hits of this step, `found` counts all so far.

    Complete only when everyone was read; `ended_at_edge`: who was left out is older or newer than asked for.
    """

    searched: int
    total: Total
    fresh: tuple[Hit, ...]
    found: int
    is_complete: bool = False
    ended_at_edge: bool = False


async def scan(reader: Reader, state: ListState, now: datetime) -> AsyncGenerator[Coverage]:
    """Everyone whom `state` shows, in the order of creation. Yields after each page; raises ApiError.

    Close it to stop it. Nothing is read while the caller does not ask for the next step, save one page.
    """
    descending = state.descending
    keeps, searched, found, at_edge = state.keeps(now), 0, 0, False
    pages = walk(
        reader,
        state.wanted(),
        max_items=MOST_READ,
        descending=descending,
        is_past=state.is_past(descending=descending),
    )
    async with aclosing(pages):
        async for batch in pages:
            hits = tuple(_hit(row, state) for row in batch.rows if keeps(row))
            searched, found = searched + len(batch.rows), found + len(hits)
            at_edge = at_edge or batch.ended_at_edge
            yield Coverage(searched, _total(batch, state), hits, found)
    yield Coverage(searched, Total(searched), (), found, is_complete=True, ended_at_edge=at_edge)


def _hit(row: WireRow, state: ListState) -> Hit:
    where = () if state.query.is_empty else found_in(row, state.query)
    return Hit(_person(row), ", ".join(where))


def _person(row: WireRow) -> Subscriber:
    """The person; of a row of a strange shape what names it, for it was found all the same."""
    try:
        return Subscriber.model_validate(row)
    except ValidationError:
        return Subscriber.model_validate({key: str(row[key]) for key in IDENTITY if row.get(key)})


def _total(batch: Batch, state: ListState) -> Total:
    if batch.total_is_capped or batch.total is None:
        return Total(batch.total, "at least")
    return Total(batch.total, "at most" if len(state.wanted()) > 1 else "exactly")
