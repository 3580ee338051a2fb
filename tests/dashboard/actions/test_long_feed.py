"""Long feeds: as quick as short ones, marked with the API's number, taken back message by message."""

import time
from typing import Any

import orjson
import pytest

from api_client import MarkAs, NewSubscriber
from dashboard.actions import messages
from dashboard.actions.whole import whole_data
from dashboard.context import AppContext, Visit
from dashboard.pages.subscriber.marking import others, take_back
from tests.dashboard.long_feed import fill_feed

MANY = 10_000


@pytest.fixture
async def long_feed(ctx: AppContext, embedded: Any) -> None:
    for who, number in (("few", 10), ("many", MANY)):
        await ctx.api.subscribers.create(NewSubscriber(subscriber_id=who))
        fill_feed(embedded, who, number)


async def quickest(ctx: AppContext, who: str) -> float:
    took: list[float] = []
    for _ in range(15):
        begun = time.perf_counter()
        assert len((await ctx.reader.feed.page(who, limit=10)).items) == 10
        took.append(time.perf_counter() - begun)
    return min(took)


@pytest.mark.usefixtures("long_feed")
async def test_the_first_page_of_ten_thousand_comes_as_fast_as_that_of_ten(ctx: AppContext) -> None:
    few, many = await quickest(ctx, "few"), await quickest(ctx, "many")
    assert many <= 2 * few + 0.002


@pytest.mark.usefixtures("long_feed")
async def test_marking_all_of_ten_thousand_reports_the_number_of_the_api(
    ctx: AppContext, operator: Visit
) -> None:
    (newest,) = (await ctx.reader.feed.page("many", limit=1)).items
    await messages.mark(ctx, operator, subscriber_id="many", message_ids=[newest.id], mark_as=MarkAs.READ)
    changed = await messages.mark_all(ctx, operator, subscriber_id="many", mark_as=MarkAs.READ)
    assert changed == MANY - 1


async def test_more_than_one_call_can_mark_are_all_given_their_state_back(
    ctx: AppContext, operator: Visit, embedded: Any
) -> None:
    number = messages.MOST_AT_ONCE + 150
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id="some"))
    fill_feed(embedded, "some", number)
    newest = (await ctx.reader.feed.page("some", limit=2)).items
    await messages.mark(ctx, operator, subscriber_id="some", message_ids=[newest[0].id], mark_as=MarkAs.READ)
    await messages.mark(ctx, operator, subscriber_id="some", message_ids=[newest[1].id], mark_as=MarkAs.SEEN)
    heard: list[int] = []
    known = await others(ctx.reader, "some", MarkAs.READ, feeds=(), on_found=heard.append)
    assert known is not None
    assert heard == list(range(100, number - 49, 100))  # told page by page
    await messages.mark_all(ctx, operator, subscriber_id="some", mark_as=MarkAs.READ)
    await take_back(ctx, operator, "some", known)
    (unread,) = await ctx.reader.notifications.count("some", [{"read": False}])
    (unseen,) = await ctx.reader.notifications.count("some", [{"seen": False}])
    assert (unread.count, unseen.count) == (number - 1, number - 2)
    restored = next(one for one in await ctx.audit.page() if one.name == "messages.restored")
    assert restored.after == {"restored": {"unread": number - 1, "unseen": number - 2}}


async def test_a_long_text_is_whole_in_the_file_and_so_is_what_lies_deep(
    ctx: AppContext, operator: Visit
) -> None:
    deep: dict[str, Any] = {"bottom": "found"}
    for _ in range(40):
        deep = {"a": deep}
    payload = {"name": "x" * 5000, "deep": deep}
    await ctx.api.events.trigger("inbox-plain", "ada", payload)
    found = orjson.loads((await whole_data(ctx, operator, subscriber_id="ada")).read_bytes())
    assert found["messages"][0]["payload"] == payload
    assert "x" * 5000 in found["messages"][0]["content"]
    assert found["runs"][0]["transactionId"] == found["messages"][0]["transactionId"]
    assert found["about"]["missing"] == []
