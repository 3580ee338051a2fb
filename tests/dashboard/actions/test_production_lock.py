"""Production is locked until somebody unlocks it with a reason, and locks itself again."""

import pytest

from api_client import NewSubscriber
from dashboard.actions import NotAllowed, production, subscribers
from dashboard.actions.gate import ProductionLocked
from dashboard.audit import Outcome
from dashboard.context import AppContext, Visit
from dashboard.environment import Environment
from dashboard.lock import NoReason
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.clocks import SetClock


@pytest.fixture
async def live(ctx: AppContext, wire: WireTap) -> AppContext:
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id="u"))
    wire.writes.clear()
    ctx.sign.current = Environment("Production EU", "eu.api.novu.co", "#9f1d17")
    return ctx


async def go_online(ctx: AppContext, visit: Visit) -> None:
    await subscribers.set_online(ctx, visit, subscriber_id="u", is_online=True)


async def test_production_starts_locked_and_the_refusal_is_on_record(
    live: AppContext, operator: Visit, wire: WireTap
) -> None:
    with pytest.raises(ProductionLocked):
        await go_online(live, operator)
    assert wire.writes == []
    (line,) = await live.audit.page()
    assert (line.outcome, line.detail) == (Outcome.REFUSED, "ProductionLocked")


async def test_it_opens_for_a_quarter_of_an_hour_with_a_reason_on_record(
    live: AppContext, operator: Visit, clock: SetClock
) -> None:
    await production.unlock(live, operator, actor=operator.actor, reason="  ticket 4711,\n wrong token ")
    (line, _) = await live.audit.page()
    assert (line.name, line.actor) == ("production.unlocked", "ada")
    assert "ticket 4711, wrong token" in str(line.after)
    clock.forward(minutes=14)
    await go_online(live, operator)
    clock.forward(minutes=2)
    assert live.lock.looks_locked
    with pytest.raises(ProductionLocked):
        await go_online(live, operator)


@pytest.mark.parametrize("reason", ["", "   ", "abc"])
async def test_without_a_reason_it_stays_locked(live: AppContext, operator: Visit, reason: str) -> None:
    with pytest.raises(NoReason):
        await production.unlock(live, operator, actor=operator.actor, reason=reason)
    assert await live.lock.is_locked()


async def test_a_viewer_cannot_unlock(live: AppContext, viewer: Visit) -> None:
    with pytest.raises(NotAllowed):
        await production.unlock(live, viewer, actor=viewer.actor, reason="just because")
    assert await live.lock.is_locked()


async def test_it_can_be_locked_before_the_time_is_over(live: AppContext, operator: Visit) -> None:
    await production.unlock(live, operator, actor=operator.actor, reason="ticket 4711")
    await production.lock(live, operator)
    with pytest.raises(ProductionLocked):
        await go_online(live, operator)


async def test_other_environments_are_not_locked(ctx: AppContext) -> None:
    assert not await ctx.lock.is_locked()
