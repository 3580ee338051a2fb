"""What is done to a person: not over another's change, on record, and the whole data in one complete file."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from api_client import MarkAs, NewSubscriber, PreferencePatch, ServerFault, SubscriberPatch
from api_client.embedded import Faults
from dashboard.actions import messages, preferences, subscribers
from dashboard.actions.gate import NotAllowed
from dashboard.actions.preferences import HoursChanged
from dashboard.actions.subscribers import PersonChanged
from dashboard.actions.triggers import trigger
from dashboard.actions.whole import whole_data
from dashboard.context import AppContext, Visit

WHO = "ada"


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.fixture
async def ada(ctx: AppContext) -> Any:
    new = NewSubscriber(subscriber_id=WHO, first_name="Ada", last_name="L", email="ada@example.com")
    return await ctx.api.subscribers.create(new)


async def test_a_field_that_was_changed_elsewhere_is_not_overwritten(
    ctx: AppContext, operator: Visit, ada: Any
) -> None:
    await ctx.api.subscribers.patch(WHO, SubscriberPatch(last_name="Theirs"))
    with pytest.raises(PersonChanged) as caught:
        await subscribers.patch(
            ctx, operator, subscriber_id=WHO, change=SubscriberPatch(last_name="Mine"), expected=ada
        )
    assert caught.value.now.last_name == "Theirs"
    assert (await ctx.api.subscribers.get(WHO)).last_name == "Theirs"


async def test_a_change_elsewhere_of_another_field_does_not_stand_in_the_way(
    ctx: AppContext, operator: Visit, ada: Any
) -> None:
    await ctx.api.subscribers.patch(WHO, SubscriberPatch(last_name="Theirs"))
    now = await subscribers.patch(
        ctx, operator, subscriber_id=WHO, change=SubscriberPatch(first_name="Mine"), expected=ada
    )
    assert (now.first_name, now.last_name) == ("Mine", "Theirs")


async def test_a_viewer_can_trigger_nothing(ctx: AppContext, viewer: Visit, ada: Any) -> None:
    with pytest.raises(NotAllowed):
        await trigger(ctx, viewer, subscriber_id=WHO, workflow="inbox-plain", payload={})
    assert not (await ctx.api.feed.page(WHO)).items


async def test_mark_all_tells_the_number_of_the_api(ctx: AppContext, operator: Visit, ada: Any) -> None:
    for _ in range(3):
        await trigger(ctx, operator, subscriber_id=WHO, workflow="inbox-plain", payload={"name": "x"})
    changed = await messages.mark_all(ctx, operator, subscriber_id=WHO, mark_as=MarkAs.READ)
    again = await messages.mark_all(ctx, operator, subscriber_id=WHO, mark_as=MarkAs.READ)
    assert (changed, again) == (3, 0)


async def test_a_message_is_archived_and_taken_out_again(ctx: AppContext, operator: Visit, ada: Any) -> None:
    await trigger(ctx, operator, subscriber_id=WHO, workflow="inbox-plain", payload={})
    message_id = (await ctx.api.feed.page(WHO)).items[0].id
    for is_archived in (True, False):
        await messages.archive(
            ctx, operator, subscriber_id=WHO, message_id=message_id, is_archived=is_archived
        )
        assert (await ctx.api.feed.page(WHO)).items[0].archived is is_archived


async def test_the_payload_of_a_test_message_stays_out_of_the_log(
    ctx: AppContext, operator: Visit, ada: Any
) -> None:
    await trigger(ctx, operator, subscriber_id=WHO, workflow="inbox-plain", payload={"name": "private-word"})
    lines = await ctx.audit.page()
    assert any(one.name == "workflow.triggered" for one in lines)
    assert "private-word" not in repr(lines)


async def test_the_whole_data_is_one_complete_file(ctx: AppContext, operator: Visit, ada: Any) -> None:
    for _ in range(101):  # more than one page
        await ctx.api.events.trigger("inbox-plain", WHO, {"name": "x"})
    found = orjson.loads((await whole_data(ctx, operator, subscriber_id=WHO)).read_bytes())
    assert found["profile"]["email"] == "ada@example.com"
    assert len({one["id"] for one in found["messages"]}) == 101
    assert found["about"]["missing"] == []


async def test_a_feed_that_breaks_off_leaves_no_file(
    ctx: AppContext, operator: Visit, ada: Any, faults: Faults
) -> None:
    faults.next(9, route="GET /v1/subscribers/{id}/notifications/feed", status=500)
    with pytest.raises(ServerFault):
        await whole_data(ctx, operator, subscriber_id=WHO)
    assert not files_in(ctx.exports.folder)


async def test_quiet_hours_that_were_changed_elsewhere_are_not_overwritten(
    ctx: AppContext, operator: Visit, ada: Any
) -> None:
    who = ada.subscriber_id
    seen = await ctx.api.preferences.get(who, criticality="all")
    elsewhere = {"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": False}}}
    await ctx.api.preferences.patch(who, PreferencePatch(schedule=elsewhere))
    mine = PreferencePatch(schedule={"isEnabled": False})
    with pytest.raises(HoursChanged):
        await preferences.patch(ctx, operator, subscriber_id=who, change=mine, expected=seen)
    now = await ctx.api.preferences.get(who)
    assert now.global_.schedule == elsewhere
    back = await preferences.patch(ctx, operator, subscriber_id=who, change=mine, expected=now)
    assert back.global_.schedule is not None
    assert not back.global_.schedule["isEnabled"]
