"""Long lists are read to their end: each row once, none silently lost, whatever the server does meanwhile."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_client import Page, WalkBroken
from api_client.seen import Seen
from api_client.walking import Walk


class Store:
    """A list sorted by id, newest first, paged by cursor as the service does; `between` runs after a page."""

    def __init__(self, ids: Sequence[int], *, totals: bool = True) -> None:
        self.ids = sorted(ids, reverse=True)
        self.totals = totals
        self.asked: list[str | None] = []
        self.between: Callable[[], None] = lambda: None

    async def fetch(self, cursor: str | None, limit: int) -> Page[str]:
        self.asked.append(cursor)
        found = self._page(cursor, limit)
        self.between()
        return found

    def _page(self, cursor: str | None, limit: int) -> Page[str]:
        names = [f"{one:04}" for one in self.ids]
        if cursor is not None and cursor not in names:
            return Page((), total=0 if self.totals else None)
        start = 0 if cursor is None else names.index(cursor) + 1
        rows = names[start : start + limit]
        more = rows[-1] if start + limit < len(names) else None
        return Page(tuple(rows), more, total=len(names) if self.totals else None)


async def _walked(store: Store, *, max_items: int = 10_000, page_size: int = 3) -> list[str]:
    walk = Walk(store.fetch, identify=str, max_items=max_items, page_size=page_size)
    return [row async for row in walk.items()]


def _names(*ids: int) -> list[str]:
    return [f"{one:04}" for one in ids]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 9, 10])
async def test_every_row_comes_once_in_order(count: int) -> None:
    assert await _walked(Store(range(count))) == _names(*reversed(range(count)))


@pytest.mark.parametrize("bound", [0, 1, 3, 4])
async def test_no_more_than_asked_for_and_no_page_too_many(bound: int) -> None:
    store = Store(range(20))
    assert len(await _walked(store, max_items=bound)) == bound
    assert len(store.asked) == -(-bound // 3)


@pytest.mark.parametrize("totals", [True, False])
async def test_a_cursor_whose_row_was_deleted_does_not_end_the_walk(totals: bool) -> None:
    store = Store(range(9), totals=totals)
    store.between = lambda: store.ids.remove(6) if 6 in store.ids else None
    assert await _walked(store) == _names(8, 7, 6, 5, 4, 3, 2, 1, 0)


async def test_a_whole_page_deleted_behind_the_walk_does_not_end_it() -> None:
    store = Store(range(12))

    def purge() -> None:
        store.ids = [one for one in store.ids if one < 6 or one > 8]

    store.between = purge
    assert await _walked(store) == _names(11, 10, 9, 5, 4, 3, 2, 1, 0)


async def test_everything_deleted_is_an_honest_end() -> None:
    store = Store(range(9))
    store.between = store.ids.clear
    assert await _walked(store) == _names(8, 7, 6)


async def test_rows_after_the_cursor_deleted_is_an_honest_end() -> None:
    store = Store(range(4))
    store.between = lambda: store.ids.remove(0) if 0 in store.ids else None
    assert await _walked(store) == _names(3, 2, 1)


async def test_new_rows_at_the_front_do_not_shift_the_walk() -> None:
    store = Store(range(6))
    store.between = lambda: store.ids.insert(0, store.ids[0] + 1)
    assert await _walked(store) == _names(5, 4, 3, 2, 1, 0)


def _served(*pages: Page[str]) -> Callable[[str | None, int], object]:
    remaining = list(pages)

    async def fetch(_: str | None, __: int) -> Page[str]:
        return remaining.pop(0) if len(remaining) > 1 else remaining[0]

    return fetch


async def test_a_server_that_goes_in_circles_is_stopped_and_told() -> None:
    a, b = Page(("9",), "9"), Page(("8",), "8")
    walk = Walk(_served(a, b, a, b), identify=str, max_items=100)  # type: ignore[arg-type]  # a stand-in
    with pytest.raises(WalkBroken) as caught:
        [row async for row in walk.items()]
    assert caught.value.delivered == 2
    assert "2 rows" in caught.value.user_text


async def test_new_rows_beside_a_repeated_cursor_still_come() -> None:
    pages = _served(Page(("9",), "9"), Page(("8",), "9"))
    rows = Walk(pages, identify=str, max_items=100).items()  # type: ignore[arg-type]  # a stand-in
    assert [await anext(rows), await anext(rows)] == ["9", "8"]
    with pytest.raises(WalkBroken) as caught:
        await anext(rows)
    assert caught.value.delivered == 2


async def test_a_walk_that_has_enough_does_not_mind_a_repeated_cursor() -> None:
    pages = _served(Page(("9",), "9"), Page(("8",), "9"))
    walk = Walk(pages, identify=str, max_items=2)  # type: ignore[arg-type]  # a stand-in
    assert [row async for row in walk.items()] == ["9", "8"]


async def test_empty_pages_with_ever_new_cursors_are_stopped() -> None:
    count = 0

    async def fetch(_: str | None, __: int) -> Page[str]:
        nonlocal count
        count += 1
        return Page((), str(count))

    with pytest.raises(WalkBroken):
        [row async for row in Walk(fetch, identify=str, max_items=100).items()]
    assert count < 10


async def test_an_empty_page_in_the_middle_is_not_the_end() -> None:
    pages = _served(Page(("9",), "9"), Page((), "8"), Page(("7",), None))
    walk = Walk(pages, identify=str, max_items=100)  # type: ignore[arg-type]  # a stand-in
    assert [row async for row in walk.items()] == ["9", "7"]


async def test_a_row_on_two_pages_is_delivered_once_and_counted() -> None:
    pages = _served(Page(("9", "8"), "8"), Page(("8", "7"), None))
    walk = Walk(pages, identify=str, max_items=100)  # type: ignore[arg-type]  # a stand-in
    assert [row async for row in walk.items()] == ["9", "8", "7"]
    assert (walk.delivered, walk.duplicates) == (3, 1)


async def test_the_next_page_is_on_its_way_while_this_one_is_handled() -> None:
    store = Store(range(9))
    pages = Walk(store.fetch, identify=str, max_items=100, page_size=3).pages()
    await anext(pages)
    await asyncio.sleep(0)
    assert len(store.asked) == 2
    await pages.aclose()


async def test_leaving_a_walk_early_leaves_nothing_running() -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def fetch(cursor: str | None, _: int) -> Page[str]:
        if cursor is None:
            return Page(("9",), "9")
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    pages = Walk(fetch, identify=str, max_items=100).pages()
    await anext(pages)
    await started.wait()
    await pages.aclose()
    assert ended.is_set()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30).map("{:02}".format), max_size=5), max_size=8), st.booleans())
def test_seen_rows_are_never_taken_for_new(pages: list[list[str]], is_sorted: bool) -> None:
    """In any order at all: what counts as new was not delivered before."""
    pages = [sorted(page) for page in pages] if is_sorted else pages
    seen, delivered = Seen(), list[str]()
    for page in pages:
        fresh = seen.new_among(page)
        delivered += [row for row, new in zip(page, fresh, strict=True) if new]
    assert len(delivered) == len(set(delivered))


def test_an_unsorted_list_loses_no_row() -> None:
    seen = Seen()
    assert seen.new_among(["5", "1", "9"]) == [True, True, True]
    assert seen.new_among(["3", "9", "0"]) == [True, False, True]


def test_rows_without_an_id_are_all_delivered() -> None:
    assert Seen().new_among(["", "a", "", "b"]) == [True] * 4
