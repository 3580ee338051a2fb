"""Joining and leaving a topic: what changes, what is refused, and what the log says."""

import pytest

from api_client import NewSubscriber
from dashboard.actions import topics
from dashboard.audit import Outcome
from dashboard.context import AppContext, Visit
from tests.dashboard.actions.wire import WireTap


@pytest.fixture(autouse=True)
async def person(ctx: AppContext) -> None:
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id="u"))


async def of(ctx: AppContext) -> list[str]:
    return [one.topic.key for one in (await ctx.api.topics.of("u")).items if one.topic]


async def test_a_topic_is_joined_and_left_and_both_are_on_record(ctx: AppContext, operator: Visit) -> None:
    await topics.join(ctx, operator, subscriber_id="u", topic="news:eu")
    assert await of(ctx) == ["news:eu"]
    assert (await ctx.audit.page(limit=1))[0].after == {"topic": "news:eu"}
    await topics.leave(ctx, operator, subscriber_id="u", topic="news:eu")
    assert await of(ctx) == []
    assert (await ctx.audit.page(limit=1))[0].before == {"topic": "news:eu"}


async def test_joining_twice_is_refused_for_taking_it_back_would_throw_the_person_out(
    ctx: AppContext, operator: Visit, wire: WireTap
) -> None:
    await topics.join(ctx, operator, subscriber_id="u", topic="news")
    wire.writes.clear()
    with pytest.raises(topics.AlreadyThere):
        await topics.join(ctx, operator, subscriber_id="u", topic="news")
    assert wire.writes == []


async def test_a_refusal_inside_a_good_answer_is_no_success(ctx: AppContext, operator: Visit) -> None:
    with pytest.raises(topics.TopicRefused):
        await topics.leave(ctx, operator, subscriber_id="nobody", topic="news")
    assert (await ctx.audit.page(limit=1))[0].outcome is Outcome.FAILED
