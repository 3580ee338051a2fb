"""Nobody changes anything without a session, the right and a line in the log, which says how it ended."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from api_client import (
    ActionStatus,
    MarkAs,
    NewSubscriber,
    NotFound,
    PreferencePatch,
    ServerFault,
    SubscriberPatch,
)
from api_client.embedded import Faults
from dashboard.actions import (
    NotAllowed,
    ReadOnly,
    SignedOut,
    credentials,
    messages,
    preferences,
    subscribers,
    topics,
)
from dashboard.actions.entries import Target
from dashboard.actions.moving import move_tokens
from dashboard.actions.removing import remove_provider, restore_provider
from dashboard.actions.unlisted import save_unlisted
from dashboard.audit import NotRecorded, Outcome, Record
from dashboard.auth import Permission, Role
from dashboard.auth.permissions import CHANGES_DATA
from dashboard.context import AppContext, Visit
from dashboard.storage import Database
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.clocks import SetClock

FCM = Target("fcm", "fcm-main")
Call = Callable[[AppContext, Visit], Awaitable[Any]]

ACTIONS: dict[str, tuple[Permission, Call]] = {
    "credentials.saved": (
        Permission.WRITE,
        lambda c, v: credentials.save(c, v, subscriber_id="u", target=FCM, wanted={}, expected=None),
    ),
    "credentials.tokens_added": (
        Permission.WRITE,
        lambda c, v: credentials.add_tokens(c, v, subscriber_id="u", target=FCM, tokens=["t"]),
    ),
    "credentials.token_removed": (
        Permission.WRITE,
        lambda c, v: credentials.remove_token(c, v, subscriber_id="u", target=FCM, token="t"),
    ),
    "credentials.cleared": (
        Permission.WRITE,
        lambda c, v: credentials.clear(c, v, subscriber_id="u", target=FCM, expected=None),
    ),
    "credentials.provider_removed": (
        Permission.DELETE,
        lambda c, v: remove_provider(c, v, subscriber_id="u", provider_id="fcm"),
    ),
    "credentials.provider_restored": (
        Permission.WRITE,
        lambda c, v: restore_provider(c, v, subscriber_id="u", entries=()),
    ),
    "credentials.tokens_moved": (
        Permission.WRITE,
        lambda c, v: move_tokens(c, v, subscriber_id="u", source=FCM, destination=FCM, tokens=["t"]),
    ),
    "credentials.undone": (
        Permission.WRITE,
        lambda c, v: credentials.undo(c, v, subscriber_id="u", target=FCM, before=None, after=None),
    ),
    "credentials.saved_unlisted": (
        Permission.WRITE,
        lambda c, v: save_unlisted(c, v, subscriber_id="u", provider_id="fcm", identifier="", wanted={}),
    ),
    "credentials.revealed": (
        Permission.REVEAL,
        lambda c, v: credentials.reveal(c, v, subscriber_id="u", target=FCM),
    ),
    "messages.marked": (
        Permission.WRITE,
        lambda c, v: messages.mark(c, v, subscriber_id="u", message_ids=["0" * 24], mark_as=MarkAs.READ),
    ),
    "messages.all_marked": (
        Permission.WRITE,
        lambda c, v: messages.mark_all(c, v, subscriber_id="u", mark_as=MarkAs.SEEN),
    ),
    "messages.restored": (
        Permission.WRITE,
        lambda c, v: messages.restore(c, v, subscriber_id="u", steps=[(MarkAs.UNREAD, ["0" * 24])]),
    ),
    "messages.archived": (
        Permission.WRITE,
        lambda c, v: messages.archive(c, v, subscriber_id="u", message_id="0" * 24, is_archived=True),
    ),
    "messages.snoozed": (
        Permission.WRITE,
        lambda c, v: messages.snooze(
            c, v, subscriber_id="u", message_id="0" * 24, until=datetime(2030, 1, 1, tzinfo=UTC)
        ),
    ),
    "messages.deleted": (
        Permission.DELETE,
        lambda c, v: messages.delete(c, v, subscriber_id="u", message_id="0" * 24),
    ),
    "messages.action_set": (
        Permission.WRITE,
        lambda c, v: messages.complete_action(
            c, v, subscriber_id="u", message_id="0" * 24, button="primary", status=ActionStatus.DONE
        ),
    ),
    "preferences.changed": (
        Permission.WRITE,
        lambda c, v: preferences.patch(
            c, v, subscriber_id="u", change=PreferencePatch(channels={"email": False})
        ),
    ),
    "preferences.changed_in_bulk": (
        Permission.WRITE,
        lambda c, v: preferences.patch_bulk(c, v, subscriber_id="u", changes={"w": {"email": False}}),
    ),
    "topics.joined": (
        Permission.WRITE,
        lambda c, v: topics.join(c, v, subscriber_id="u", topic="news"),
    ),
    "topics.left": (
        Permission.WRITE,
        lambda c, v: topics.leave(c, v, subscriber_id="u", topic="news"),
    ),
    "subscriber.created": (
        Permission.WRITE,
        lambda c, v: subscribers.create(c, v, subscriber_id="u", new=NewSubscriber(subscriber_id="u")),
    ),
    "subscriber.changed": (
        Permission.WRITE,
        lambda c, v: subscribers.patch(c, v, subscriber_id="u", change=SubscriberPatch(first_name="Ada")),
    ),
    "subscriber.deleted": (Permission.DELETE, lambda c, v: subscribers.delete(c, v, subscriber_id="u")),
    "subscriber.online_set": (
        Permission.WRITE,
        lambda c, v: subscribers.set_online(c, v, subscriber_id="u", is_online=True),
    ),
}
each = pytest.mark.parametrize(("name", "needs", "call"), [(name, *row) for name, row in ACTIONS.items()])


async def lines(ctx: AppContext) -> list[tuple[str, Outcome]]:
    return [(line.name, line.outcome) for line in reversed(await ctx.audit.page())]


async def last(ctx: AppContext) -> Record:
    return (await ctx.audit.page(limit=1))[0]


async def add_person(ctx: AppContext) -> None:
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id="u", email="ada@example.com"))


@each
async def test_a_signed_out_page_changes_nothing(
    name: str, needs: Permission, call: Call, ctx: AppContext, operator: Visit, wire: WireTap
) -> None:
    await ctx.sessions.end(operator.session_id)
    with pytest.raises(SignedOut):
        await call(ctx, operator)
    assert wire.writes == []
    assert await lines(ctx) == [(name, Outcome.REFUSED)]


@each
async def test_a_viewer_changes_and_reveals_nothing(
    name: str, needs: Permission, call: Call, ctx: AppContext, viewer: Visit, wire: WireTap
) -> None:
    with pytest.raises(NotAllowed) as refused:
        await call(ctx, viewer)
    assert refused.value.needs is needs
    assert wire.writes == []
    assert await lines(ctx) == [(name, Outcome.REFUSED)]


@each
async def test_read_only_refuses_every_change(
    name: str, needs: Permission, call: Call, read_only: AppContext, operator: Visit, wire: WireTap
) -> None:
    await add_person(read_only)
    wire.writes.clear()
    if needs in CHANGES_DATA:
        with pytest.raises(ReadOnly):
            await call(read_only, operator)
        assert await lines(read_only) == [(name, Outcome.REFUSED)]
    else:
        await call(read_only, operator)
    assert wire.writes == []


async def test_a_page_that_still_thinks_itself_admin_is_not_believed(ctx: AppContext, viewer: Visit) -> None:
    pretender = replace(viewer, actor="root", role=Role.ADMIN)
    with pytest.raises(NotAllowed):
        await subscribers.delete(ctx, pretender, subscriber_id="u")
    assert (await last(ctx)).actor == "ada"


async def test_a_change_has_a_line_before_and_one_after(ctx: AppContext, operator: Visit) -> None:
    await add_person(ctx)
    await subscribers.patch(ctx, operator, subscriber_id="u", change=SubscriberPatch(email="a@example.org"))
    assert await lines(ctx) == [("subscriber.changed", Outcome.BEGUN), ("subscriber.changed", Outcome.DONE)]
    done = await last(ctx)
    assert (done.subject, done.actor, done.role) == ("u", "ada", "operator")
    assert (done.before, done.after) == ({"email": "ada@example.com"}, {"email": "a@example.org"})


async def test_the_key_on_the_wire_is_the_action_in_the_log(
    ctx: AppContext, operator: Visit, wire: WireTap
) -> None:
    await add_person(ctx)
    await subscribers.set_online(ctx, operator, subscriber_id="u", is_online=True)
    assert wire.writes[-1].key == (await last(ctx)).action_id


async def test_two_actions_of_one_gesture_carry_one_key(
    ctx: AppContext, operator: Visit, wire: WireTap
) -> None:
    await add_person(ctx)
    gesture = replace(operator, gesture="form-7")
    for _ in range(2):
        await subscribers.set_online(ctx, gesture, subscriber_id="u", is_online=True)
    assert [write.key for write in wire.writes[-2:]] == ["form-7", "form-7"]


async def test_a_refusal_of_the_api_is_on_record(ctx: AppContext, operator: Visit) -> None:
    with pytest.raises(NotFound):
        await subscribers.delete(ctx, operator, subscriber_id="nobody")
    failed = await last(ctx)
    assert failed.outcome is Outcome.FAILED
    assert failed.detail.startswith("NotFound: ")


async def test_an_outage_is_on_record_and_raised(ctx: AppContext, operator: Visit, faults: Faults) -> None:
    faults.next(9, route="GET /v2/subscribers/{subscriberId}", status=500)
    with pytest.raises(ServerFault):
        await subscribers.delete(ctx, operator, subscriber_id="u")
    assert (await last(ctx)).outcome is Outcome.FAILED


async def test_a_cancelled_action_is_on_record(ctx: AppContext, operator: Visit, wire: WireTap) -> None:
    async def cancel() -> None:
        task.cancel()
        await asyncio.sleep(0)

    await add_person(ctx)
    wire.meanwhile = cancel
    task = asyncio.get_running_loop().create_task(subscribers.delete(ctx, operator, subscriber_id="u"))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await last(ctx)).outcome is Outcome.CANCELLED


async def test_without_a_line_in_the_log_there_is_no_deed(
    ctx: AppContext, operator: Visit, wire: WireTap, database: Database
) -> None:
    await add_person(ctx)
    wire.writes.clear()
    await database.write(lambda connection: connection.execute(text("DROP TABLE audit_events")))
    with pytest.raises(NotRecorded):
        await subscribers.delete(ctx, operator, subscriber_id="u")
    assert wire.writes == []


async def test_work_keeps_a_session_alive(ctx: AppContext, operator: Visit, clock: SetClock) -> None:
    await add_person(ctx)
    for _ in range(3):
        clock.forward(minutes=25)
        await subscribers.set_online(ctx, operator, subscriber_id="u", is_online=True)


async def test_the_line_holds_the_request_ids_of_the_api(
    ctx: AppContext, operator: Visit, wire: WireTap
) -> None:
    await add_person(ctx)
    wire.answers_with = {"X-Request-Id": "req-4711"}
    await subscribers.set_online(ctx, operator, subscriber_id="u", is_online=True)
    assert (await last(ctx)).request_id == "req-4711"
    with pytest.raises(NotFound):
        await subscribers.delete(ctx, operator, subscriber_id="nobody")
    assert (await last(ctx)).request_id == "req-4711"
