"""Lists whose pages are numbers: the older list of subscribers, and the feed."""

import asyncio
from typing import Any

import httpx

from tests.api_client.doubles import Script, answer, client_over

FULL = ("d", "c"), ("b", "a")


def _row(name: str) -> dict[str, Any]:
    return {"_id": name, "subscriberId": name}


def _pages(*pages: tuple[str, ...], more: bool = False) -> Script:
    """Each page but the last says that there are more; the last says `more`."""
    return Script(
        *(
            answer(
                body={
                    "page": number,
                    "data": [_row(name) for name in names],
                    "hasMore": more or number < len(pages) - 1,
                    "pageSize": 2,
                }
            )
            for number, names in enumerate(pages)
        )
    )


def _numbers(script: Script) -> list[str]:
    return [httpx.QueryParams(request.url.query.decode())["page"] for request in script.sent]


async def test_the_older_list_is_walked_to_its_end_in_whatever_order_it_is() -> None:
    script = _pages(*FULL, ("z",))
    walk = client_over(script).subscribers.list_all(max_items=100, page_size=2)
    assert [person.id async for person in walk] == ["d", "c", "b", "a", "z"]
    assert _numbers(script) == ["0", "1", "2"]


async def test_a_full_last_page_that_promises_more_is_the_end_all_the_same() -> None:
    script = _pages(*FULL, ())
    walk = client_over(script).subscribers.list_all(max_items=100, page_size=2)
    assert len([person async for person in walk]) == 4


async def test_a_bound_inside_a_page_keeps_the_pages_where_they_are() -> None:
    """A smaller last page would be counted from another place."""
    script = _pages(*FULL, more=True)
    walk = client_over(script).subscribers.list_all(max_items=3, page_size=2)
    assert [person.id async for person in walk] == ["d", "c", "b"]
    limits = [httpx.QueryParams(request.url.query.decode())["limit"] for request in script.sent]
    assert limits == ["2", "2"]


async def test_a_message_that_arrives_meanwhile_shifts_the_feed_and_none_comes_twice() -> None:
    script = _pages(("d", "c"), ("c", "b"), ("a",))
    walk = client_over(script).feed.items("ada", max_items=100, page_size=2, read=False)
    assert [item.id async for item in walk] == ["d", "c", "b", "a"]
    assert _numbers(script) == ["0", "1", "2"]
    assert all("read=false" in str(request.url) for request in script.sent)


async def test_a_feed_that_ends_at_once_is_empty() -> None:
    walk = client_over(_pages(())).feed.items("ada", max_items=100)
    assert [item async for item in walk] == []


async def test_leaving_an_export_early_leaves_no_page_on_its_way() -> None:
    """Closing the rows ends the fetch of the next page before it returns, not at some later time."""
    going, ended = asyncio.Event(), asyncio.Event()

    async def serve(request: httpx.Request) -> httpx.Response:
        if "after" not in request.url.params:
            return answer(body={"data": [_row("b")], "next": "b"})
        going.set()
        try:
            return await asyncio.Event().wait()  # type: ignore[return-value]  # never
        finally:
            ended.set()

    rows = client_over(httpx.MockTransport(serve)).subscribers.search_rows(max_items=100)
    await anext(rows)
    await going.wait()
    await rows.aclose()
    assert ended.is_set()
