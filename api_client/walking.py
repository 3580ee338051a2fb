"""Walks a long list to its end: every row once, nothing silently lost, the next page already on its way."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from dataclasses import replace
from itertools import compress
from typing import Generic, TypeVar

from api_client.errors import WalkBroken
from api_client.paging import Page
from api_client.seen import Seen

T = TypeVar("T")
Fetch = Callable[[str | None, int], Coroutine[None, None, Page[T]]]
_BARREN_PAGES = 5  # pages in a row without a new row before the server is said to go in circles
_RECOVERIES = 20


class Walk(Generic[T]):
    """A walk over `fetch(cursor, at_most)`; `delivered` and `duplicates` count rows as it goes.

    With `by_id`, rows are sorted by id and cursors are ids. An empty page where rows were promised then means
    that the cursor's own row is gone: the walk steps back to a row that still exists, at worst to the start,
    and leaves out what it has delivered. Raises `WalkBroken` when the server repeats itself.
    """

    def __init__(
        self,
        fetch: Fetch[T],
        *,
        identify: Callable[[T], str],
        max_items: int,
        page_size: int = 100,
        by_id: bool = True,
    ) -> None:
        self._fetch = fetch
        self._identify = identify
        self._left = max_items
        self._page_size = page_size
        self._by_id = by_id
        self._seen = Seen(is_sorted=by_id)
        self._cursors: set[str] = set()
        self._anchors: list[str] = []
        self._pages = self._barren = self._recoveries = 0
        self.delivered = 0
        self.duplicates = 0

    async def pages(self) -> AsyncGenerator[Page[T]]:
        """Pages of new rows. The following page is fetched while the caller handles this one."""
        cursor: str | None = None
        ahead = self._begin(None) if self._left > 0 else None
        try:
            while ahead is not None:
                page = await ahead
                if self._lost_its_place(cursor, page):
                    page = await self._recover()
                fresh = self._fresh(page)
                cursor = page.next if self._left > 0 else None
                in_circles = cursor is not None and self._was_here(cursor, fresh)
                ahead = None if cursor is None or in_circles else self._begin(cursor)
                if fresh:
                    page = replace(page, items=fresh)
                    del fresh
                    yield page
                    del page  # frees its memory before the next page is read
                if in_circles:
                    raise self._broken("The server repeats pages, so reading stopped after {} rows.")
        finally:
            if ahead is not None:
                ahead.cancel()
                await asyncio.gather(ahead, return_exceptions=True)

    async def items(self) -> AsyncGenerator[T]:
        """The same, row by row."""
        async with aclosing(self.pages()) as pages:
            async for page in pages:
                for item in page.items:
                    yield item
                del page

    def _begin(self, cursor: str | None) -> "asyncio.Task[Page[T]]":
        fetching = self._fetch(cursor, min(self._page_size, self._left))
        return asyncio.create_task(fetching)  # noqa: TID251 - held and, in `pages`, always awaited or cancelled

    def _fresh(self, page: Page[T]) -> tuple[T, ...]:
        ids = list(map(self._identify, page.items))
        new = tuple(compress(page.items, self._seen.new_among(ids)))
        self.duplicates += len(ids) - len(new)
        new = new[: self._left]
        self._left -= len(new)
        self.delivered += len(new)
        self._pages += 1
        if ids:
            self._anchors = [*self._anchors[-20:], ids[0], *ids[-4:-1]]
        return new

    def _was_here(self, cursor: str, fresh: tuple[T, ...]) -> bool:
        """Whether the cursor was given before, or page after page brings nothing new."""
        self._barren = 0 if fresh else self._barren + 1
        allowed = _BARREN_PAGES + (self._pages if self._recoveries else 0)
        if cursor in self._cursors or self._barren > allowed:
            return True
        self._cursors.add(cursor)
        return False

    def _broken(self, text: str) -> WalkBroken:
        return WalkBroken(text.format(self.delivered), delivered=self.delivered)

    def _lost_its_place(self, cursor: str | None, page: Page[T]) -> bool:
        """Whether the cursor's row is gone: a cursor promises rows, and a known one comes with a total."""
        promised = self._by_id and cursor is not None
        return promised and not page.items and page.next is None and not page.total

    async def _recover(self) -> Page[T]:
        self._recoveries += 1
        if self._recoveries > _RECOVERIES:
            raise self._broken("The list changes faster than it can be read; reading stopped after {} rows.")
        self._cursors.clear()
        for anchor in reversed(self._anchors):
            page = await self._fetch(anchor, self._page_size)
            if page.items or page.total:
                return page
        return await self._fetch(None, self._page_size)
