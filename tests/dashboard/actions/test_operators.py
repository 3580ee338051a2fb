"""Administrators manage accounts and decide what everybody may see; each step works at once, on record."""

from dataclasses import replace

import pytest

from api_client import NewSubscriber
from dashboard.actions import NotAllowed, credentials, operators, subscribers
from dashboard.actions.audit import export_audit
from dashboard.actions.entries import Target
from dashboard.actions.gate import Masked, admit
from dashboard.audit import AuditFilter, Outcome
from dashboard.auth import Permission, Policy, Reveals, Role
from dashboard.auth.one_time_codes import new_key
from dashboard.auth.operators import FirstIsAdmin, LastAdmin
from dashboard.auth.second_factors import NoSecondFactor
from dashboard.context import AppContext, Visit
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.authenticator import code_of
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import sign_in

PASSWORD = "a sentence that nobody guesses"
FCM = Target("fcm", "fcm-main")


@pytest.fixture
async def admin(ctx: AppContext) -> Visit:
    return await sign_in(ctx, Role.ADMIN)


async def test_the_first_account_is_an_administrators(ctx: AppContext, admin: Visit) -> None:
    with pytest.raises(FirstIsAdmin):
        await operators.add(ctx, admin, operator="vic", role=Role.VIEWER, password=PASSWORD)
    await operators.add(ctx, admin, operator="root", role=Role.ADMIN, password=PASSWORD)
    await operators.add(ctx, admin, operator="vic", role=Role.VIEWER, password=PASSWORD)
    assert [one.name for one in await ctx.operators.all()] == ["root", "vic"]


async def test_what_was_done_to_an_account_is_on_record_without_the_password(
    ctx: AppContext, admin: Visit
) -> None:
    await operators.add(ctx, admin, operator="root", role=Role.ADMIN, password=PASSWORD)
    await operators.add(ctx, admin, operator="otto", role=Role.VIEWER, password=PASSWORD)
    await operators.set_role(ctx, admin, operator="otto", role=Role.OPERATOR)
    await operators.set_password(ctx, admin, operator="otto", password=PASSWORD + "!")
    await operators.lock(ctx, admin, operator="otto")
    await operators.unlock(ctx, admin, operator="otto")
    done = await ctx.audit.page(AuditFilter(name="operator.", outcome=Outcome.DONE))
    told = [(line.name, line.subject, line.before, line.after) for line in reversed(done)]
    assert told[1:] == [
        ("operator.added", "otto", None, {"role": "viewer"}),
        ("operator.role_set", "otto", {"role": "viewer"}, {"role": "operator"}),
        ("operator.password_set", "otto", None, {"sessionsEnded": True}),
        ("operator.locked", "otto", {"locked": False}, {"locked": True}),
        ("operator.unlocked", "otto", {"locked": True}, {"locked": False}),
    ]
    assert PASSWORD not in repr(done)


async def turn_on(ctx: AppContext, clock: SetClock, name: str) -> None:
    key = new_key()
    await ctx.second_factors.turn_on(name, key, code_of(key, clock.now()), instead_of="")


async def test_a_second_factor_is_reset_with_a_reason_and_signs_out(
    ctx: AppContext, admin: Visit, clock: SetClock
) -> None:
    await turn_on(ctx, clock, "otto")
    token = await ctx.sessions.create("otto", Role.OPERATOR)
    for reason in ("", "  "):
        with pytest.raises(operators.NoReason):
            await operators.reset_second_factor(ctx, admin, operator="otto", reason=reason, by=admin)
    assert await ctx.sessions.find(token)
    told = " lost the phone; called back "
    await operators.reset_second_factor(ctx, admin, operator="otto", reason=told, by=admin)
    assert await ctx.second_factors.of("otto") is None
    assert await ctx.sessions.find(token) is None
    (line,) = await ctx.audit.page(AuditFilter(name="operator.second_factor_reset", outcome=Outcome.DONE))
    assert (line.subject, line.after) == ("otto", {"reason": told.strip(), "sessionsEnded": True})
    with pytest.raises(NoSecondFactor):
        await operators.reset_second_factor(ctx, admin, operator="otto", reason=told, by=admin)


async def test_nobody_takes_off_the_second_factor_of_the_account_that_is_open(
    ctx: AppContext, admin: Visit, clock: SetClock
) -> None:
    await turn_on(ctx, clock, admin.actor)
    again = await sign_in(ctx, Role.ADMIN)
    with pytest.raises(operators.NotOnesOwn):
        await operators.reset_second_factor(ctx, again, operator=admin.actor, reason="lost", by=again)
    assert await ctx.second_factors.of(admin.actor)


async def test_sessions_that_are_ended_are_over_in_every_tab(ctx: AppContext, admin: Visit) -> None:
    tokens = [await ctx.sessions.create("otto", Role.OPERATOR) for _ in range(2)]
    assert (await ctx.sessions.open_now())["otto"].number == 2
    await operators.end_sessions(ctx, admin, operator="otto")
    assert [await ctx.sessions.find(token) for token in tokens] == [None, None]
    assert "otto" not in await ctx.sessions.open_now()


async def test_the_last_administrator_cannot_be_locked_out_by_a_slip(ctx: AppContext, admin: Visit) -> None:
    await operators.add(ctx, admin, operator="root", role=Role.ADMIN, password=PASSWORD)
    with pytest.raises(LastAdmin):
        await operators.lock(ctx, admin, operator="root")
    with pytest.raises(LastAdmin):
        await operators.set_role(ctx, admin, operator="root", role=Role.VIEWER)
    assert (await ctx.audit.page(limit=1))[0].outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("reveals", "operator_may", "admin_may"),
    [(Reveals.OPERATORS, True, True), (Reveals.ADMINS, False, True), (Reveals.NOBODY, False, False)],
)
async def test_the_reveal_policy_holds_at_once_for_everybody(
    ctx: AppContext, admin: Visit, operator: Visit, reveals: Reveals, operator_may: bool, admin_may: bool
) -> None:
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id="u"))
    await operators.decide(ctx, admin, policy=Policy(reveals=reveals))
    for visit, may in ((operator, operator_may), (admin, admin_may)):
        if may:
            await credentials.reveal(ctx, visit, subscriber_id="u", target=FCM)
            continue
        with pytest.raises(NotAllowed):
            await credentials.reveal(ctx, visit, subscriber_id="u", target=FCM)
        assert (await ctx.audit.page(limit=1))[0].outcome is Outcome.REFUSED


async def test_a_policy_that_another_replica_decided_is_heard_before_the_next_action(
    ctx: AppContext, operator: Visit
) -> None:
    other = type(ctx.policies)(ctx.policies._database)
    await other.decide(Policy(reveals=Reveals.NOBODY, masks_for_viewers=True))
    with pytest.raises(NotAllowed):
        await credentials.reveal(ctx, operator, subscriber_id="u", target=FCM)
    assert ctx.policies.current.masks(Role.VIEWER)
    assert not ctx.policies.current.masks(Role.OPERATOR)


async def test_while_personal_data_is_masked_nothing_is_changed_revealed_or_exported(
    ctx: AppContext, admin: Visit, wire: WireTap
) -> None:
    masked = replace(ctx, hides=lambda: True)
    for attempt in (
        subscribers.delete(masked, admin, subscriber_id="u"),
        credentials.reveal(masked, admin, subscriber_id="u", target=FCM),
        export_audit(masked, admin, wanted=AuditFilter(), described="everything"),
    ):
        with pytest.raises(Masked):
            await attempt
    assert wire.writes == []


async def test_looking_is_written_down_only_when_it_is_refused(
    ctx: AppContext, admin: Visit, operator: Visit
) -> None:
    await admit(ctx, admin, "audit.read", needs=Permission.AUDIT)
    assert await ctx.audit.page() == ()
    with pytest.raises(NotAllowed):
        await admit(ctx, operator, "audit.read", needs=Permission.AUDIT)
    assert [(line.name, line.outcome) for line in await ctx.audit.page()] == [("audit.read", Outcome.REFUSED)]


async def test_the_log_as_a_file_is_complete_and_harmless_in_a_spreadsheet(
    ctx: AppContext, admin: Visit
) -> None:
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id="=1+1"))
    await subscribers.set_online(ctx, admin, subscriber_id="=1+1", is_online=True)
    done = await export_audit(ctx, admin, wanted=AuditFilter(), described="everything")
    text = done.path.read_text("utf-8")
    assert done.rows == 3  # the two lines of the change, and the begin of the export itself
    assert ",'=1+1," in text
    assert '""isOnline"": true' in text
    assert done.path.stat().st_mode & 0o077 == 0


async def test_an_erased_person_leaves_marks_and_no_copy(ctx: AppContext, admin: Visit) -> None:
    told = {
        "first_name": "Ada",
        "email": "ada@example.com",
        "phone": "+15550000042",
        "data": {"card": "visa-4711"},
    }
    new = NewSubscriber(subscriber_id="u", **told)  # type: ignore[arg-type]  # fields by name
    await ctx.api.subscribers.create(new)
    await subscribers.delete(ctx, admin, subscriber_id="u")
    (line,) = await ctx.audit.page(AuditFilter(subject="u", outcome=Outcome.DONE))
    assert isinstance(line.before, dict)
    assert line.before["subscriberId"] == "u"
    assert str(line.before["email"]).startswith("#")
    assert not any(word in repr(line) for word in ("Ada", "ada@", "+1555", "visa"))
    assert line.before["email"] == ctx.audit.forgotten({"email": "ada@example.com"})["email"]
