"""Everyone who matches any of several filters, each once, in the order of their ids and in bounded memory."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, cast

from api_client import RowPage, SubscriberFilter
from dashboard.reading import Reader

Row = dict[str, Any]
IsPast = Callable[[Row], bool]


@dataclass(frozen=True)
class Batch:
    """Some rows, and what is known about all of them. `is_cut_off`: there is more than was to be read.

    `total_is_capped`: the API counts no further; of several filters the totals are added up.
    """

    rows: Sequence[Row]
    total: int | None
    total_is_exact: bool
    is_cut_off: bool
    total_is_capped: bool = False
    ended_at_edge: bool = False


async def walk(
    reader: Reader,
    filters: Sequence[SubscriberFilter],
    *,
    max_items: int,
    descending: bool = False,
    is_past: IsPast = lambda _: False,
) -> AsyncGenerator[Batch, None]:
    """Batches of rows by id. Each filter is read up to `max_items` rows, and not beyond one that `is_past`.

    The API's walks come in that order, so they can be merged as they arrive: a person who matches two filters
    is in both within the same stretch of ids. Ends early with an ApiError only.
    """
    async with AsyncExitStack() as stack:
        streams = [_Stream(reader, one, max_items, is_past, descending=descending) for one in filters]
        for stream in streams:
            stack.push_async_callback(stream.close)
        while await _load_empty(streams):
            rows = _take_known(streams, descending=descending)
            yield _batch(rows, streams)


class _Stream:
    """One filter's walk: the rows that came and were not taken yet."""

    def __init__(
        self,
        reader: Reader,
        wanted: SubscriberFilter,
        max_items: int,
        is_past: IsPast,
        *,
        descending: bool,
    ) -> None:
        self._pages = reader.subscribers.search_rows(wanted, max_items=max_items, descending=descending)
        self._left = max_items
        self._is_past = is_past
        self._descending = descending
        self.waiting: list[Row] = []
        self.first: RowPage | None = None
        self.has_ended = False
        self.is_cut_off = False
        self.ended_at_edge = False

    async def load(self) -> None:
        """Read pages until there are rows or no more pages."""
        while not self.waiting and not self.has_ended:
            page = await anext(self._pages, None)
            if page is None:
                self.has_ended = True
                return
            self.first = self.first or page
            self._left -= len(page.rows)
            self.waiting = page.rows
            self.ended_at_edge = page.next is not None and bool(page.rows) and self._is_past(page.rows[-1])
            self.has_ended = page.next is None or self._left <= 0 or self.ended_at_edge
            self.is_cut_off = page.next is not None and self._left <= 0 and not self.ended_at_edge

    def take(self, up_to: str | None) -> Iterator[Row]:
        """Hand out waiting rows not beyond the id `up_to`; nothing is beyond None."""
        count = len(self.waiting)
        if up_to is not None and self._descending:
            count = sum(1 for row in self.waiting if _id(row) >= up_to)
        elif up_to is not None:
            count = sum(1 for row in self.waiting if _id(row) <= up_to)
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return iter(taken)

    async def close(self) -> None:
        """End the walk where it stands; a plain iterator has nothing to end."""
        pages: object = self._pages
        if isinstance(pages, AsyncGenerator):
            await cast("AsyncGenerator[RowPage, None]", pages).aclose()


async def _load_empty(streams: Sequence[_Stream]) -> bool:
    """Refill; whether any row is waiting."""
    for stream in streams:
        await stream.load()
    return any(stream.waiting for stream in streams)


def _take_known(streams: Sequence[_Stream], *, descending: bool) -> list[Row]:
    """Rows up to the id that every walk has reached: nothing before it can still come."""
    if len(streams) == 1:
        return list(streams[0].take(None))
    reached = [_id(stream.waiting[-1]) for stream in streams if not stream.has_ended]
    up_to = (max if descending else min)(reached, default=None)
    found = {_id(row): row for stream in streams for row in stream.take(up_to)}
    return [found[key] for key in sorted(found, reverse=descending)]


def _id(row: Row) -> str:
    return str(row.get("_id") or row.get("subscriberId") or "")


def _batch(rows: Sequence[Row], streams: Sequence[_Stream]) -> Batch:
    firsts = [stream.first for stream in streams if stream.first and stream.first.total != 0]
    totals = [page.total for page in firsts]
    known = [total for total in totals if total is not None]
    return Batch(
        rows=rows,
        total=sum(known) if len(known) == len(totals) else None,
        total_is_exact=len(firsts) <= 1 and all(page.total_is_exact for page in firsts),
        is_cut_off=any(stream.is_cut_off for stream in streams),
        total_is_capped=any(not page.total_is_exact for page in firsts),
        ended_at_edge=any(stream.ended_at_edge for stream in streams),
    )
