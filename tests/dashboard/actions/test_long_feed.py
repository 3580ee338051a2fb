"""A feed of ten thousand messages: as quick as a short one, marked with the API's number, and taken back."""

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
async def test_ten_thousand_are_marked_and_every_one_is_given_its_state_back(
    ctx: AppContext, operator: Visit
) -> None:
    newest = (await ctx.reader.feed.page("many", limit=2)).items
    await messages.mark(ctx, operator, subscriber_id="many", message_ids=[newest[0].id], mark_as=MarkAs.READ)
    await messages.mark(ctx, operator, subscriber_id="many", message_ids=[newest[1].id], mark_as=MarkAs.SEEN)
    heard: list[int] = []
    known = await others(ctx.reader, "many", MarkAs.READ, feeds=(), on_found=heard.append)
    assert known is not None
    assert heard[-1] == MANY - 100  # heard page by page, the last one not
    changed = await messages.mark_all(ctx, operator, subscriber_id="many", mark_as=MarkAs.READ)
    assert changed == MANY - 1
    await take_back(ctx, operator, "many", known)
    (unread,) = await ctx.reader.notifications.count("many", [{"read": False}])
    (unseen,) = await ctx.reader.notifications.count("many", [{"seen": False}])
    assert (unread.count, unseen.count) == (MANY - 1, MANY - 2)
    restored = next(one for one in await ctx.audit.page() if one.name == "messages.restored")
    assert restored.after == {"restored": {"unread": MANY - 1, "unseen": MANY - 2}}


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
