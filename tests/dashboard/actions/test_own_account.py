"""One's own account: shown again before secrets and accounts, its password changed, its sessions ended."""

from dataclasses import replace

import pytest

from dashboard.actions import operators
from dashboard.actions.credentials import reveal
from dashboard.actions.entries import Target
from dashboard.actions.gate import ProveAgain
from dashboard.actions.own_account import change_password, prove, sign_out_everywhere
from dashboard.audit import AuditFilter, Outcome
from dashboard.auth import Operators, Role
from dashboard.auth.links import LOCAL_ACTOR
from dashboard.auth.passwords import Passwords, TooBusy, WeakPassword, WrongPassword
from dashboard.auth.throttle import TooManyTries
from dashboard.context import AppContext, Visit
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock

PASSWORD = "a sentence that nobody guesses"
FCM = Target("fcm", "fcm-main")


@pytest.fixture
async def admin(ctx: AppContext) -> Visit:
    """Signed in a while ago."""
    await ctx.operators.add("grace", Role.ADMIN, PASSWORD)
    session = await ctx.sessions.find(await ctx.sessions.create("grace", Role.ADMIN))
    assert session
    return Visit("grace", session.id, Role.ADMIN, address="10.0.0.1")


async def test_secrets_and_accounts_ask_again_and_each_try_without_is_on_record(
    ctx: AppContext, admin: Visit
) -> None:
    for deed in (
        reveal(ctx, admin, subscriber_id="u", target=FCM),
        operators.set_role(ctx, admin, operator="grace", role=Role.VIEWER),
    ):
        with pytest.raises(ProveAgain):
            await deed
    lines = await ctx.audit.page(AuditFilter(outcome=Outcome.REFUSED))
    assert [line.detail for line in lines] == ["ProveAgain", "ProveAgain"]


async def test_the_right_password_counts_for_five_minutes_of_this_session(
    ctx: AppContext, admin: Visit, clock: SetClock
) -> None:
    await prove(ctx, admin, password=PASSWORD)
    await operators.end_sessions(ctx, admin, operator="nobody")
    other = await ctx.sessions.find(await ctx.sessions.create("grace", Role.ADMIN))
    assert other
    with pytest.raises(ProveAgain):
        await operators.end_sessions(ctx, Visit("grace", other.id, Role.ADMIN), operator="nobody")
    clock.forward(minutes=5)
    with pytest.raises(ProveAgain):
        await operators.end_sessions(ctx, admin, operator="nobody")


async def test_who_comes_to_a_full_queue_has_not_tried(
    ctx: AppContext, admin: Visit, database: Database
) -> None:
    full = Operators(database, ctx.sessions, Passwords(most_waiting=0), ctx.clock)
    for _ in range(8):
        with pytest.raises(TooBusy):
            await prove(replace(ctx, operators=full), admin, password=PASSWORD)
    await prove(ctx, admin, password=PASSWORD)


async def test_a_wrong_password_proves_nothing_and_is_throttled_like_a_sign_in(
    ctx: AppContext, admin: Visit
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            await prove(ctx, admin, password="wrong but long enough")
    with pytest.raises(TooManyTries):
        await prove(ctx, admin, password=PASSWORD)
    with pytest.raises(ProveAgain):
        await operators.end_sessions(ctx, admin, operator="nobody")


async def test_whoever_came_by_the_one_time_link_has_nothing_to_show(ctx: AppContext) -> None:
    session = await ctx.sessions.find(await ctx.sessions.create(LOCAL_ACTOR, Role.ADMIN))
    assert session
    await operators.end_sessions(ctx, Visit(LOCAL_ACTOR, session.id, Role.ADMIN), operator="nobody")


async def test_a_new_password_needs_the_old_one_and_ends_every_session(ctx: AppContext, admin: Visit) -> None:
    new = "another sentence nobody guesses"
    with pytest.raises(WrongPassword):
        await change_password(ctx, admin, current="wrong but long enough", new=new)
    with pytest.raises(WeakPassword):
        await change_password(ctx, admin, current=PASSWORD, new="password1234")
    assert await ctx.sessions.alive(admin.session_id)
    await change_password(ctx, admin, current=PASSWORD, new=new)
    assert await ctx.sessions.alive(admin.session_id) is None
    assert await ctx.operators.check("grace", PASSWORD) is None
    assert await ctx.operators.check("grace", new)
    log = str(await ctx.audit.page())
    assert new not in log
    assert PASSWORD not in log


async def test_one_can_sign_out_everywhere(ctx: AppContext, admin: Visit) -> None:
    await ctx.sessions.create("grace", Role.ADMIN)
    await sign_out_everywhere(ctx, admin)
    assert "grace" not in await ctx.sessions.open_now()
    assert (await ctx.audit.page())[0].after == {"ended": 2}
