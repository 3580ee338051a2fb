"""A job whose replica is gone is finished by another one, once; nobody takes what is worked on."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from api_client import NewSubscriber, SubscriberClient
from dashboard.actions import bulk
from dashboard.actions.gate import ReadOnly
from dashboard.actions.takeover import take_over
from dashboard.audit import AuditFilter, Outcome
from dashboard.context import AppContext, Visit
from dashboard.jobs import Job, Jobs, JobState, Kind, Plan, RowState, Target
from dashboard.jobs.leases import GONE, LEASE
from dashboard.storage import Database
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.clocks import SetClock

IDS = [f"leftover-{number}" for number in range(12)]


@pytest.fixture
async def people(api: SubscriberClient) -> Sequence[str]:
    for subscriber_id in IDS:
        await api.subscribers.create(NewSubscriber(subscriber_id=subscriber_id))
    return IDS


@pytest.fixture
def wakes() -> asyncio.Event:
    """Until it is set, the first replica and its calls are asleep."""
    return asyncio.Event()


@pytest.fixture
async def stuck(
    ctx: AppContext, operator: Visit, people: Sequence[str], wire: WireTap, wakes: asyncio.Event
) -> Job:
    """A deletion that a replica has begun; its first calls are still out."""
    wire.writes.clear()
    plan = Plan(Kind.DELETE, [Target(one, one) for one in people], "leftovers", operator.actor)
    job_id = await bulk.plan_deletion(ctx, operator, plan=plan)
    job, arrived = await ctx.jobs.find(job_id), asyncio.Semaphore(0)
    assert job

    async def hang() -> None:
        wire.meanwhile = hang
        arrived.release()
        await wakes.wait()

    wire.meanwhile = hang
    await bulk.begin(ctx, operator, job)
    for _ in range(bulk.AT_ONCE):
        await arrived.acquire()
    wire.meanwhile = None
    return job


@pytest.fixture
def heir(ctx: AppContext, database: Database, clock: SetClock) -> AppContext:
    """Another replica on the same database."""
    return replace(ctx, jobs=Jobs(database, clock, fingerprint="test"))


async def test_a_replica_that_wakes_up_after_a_takeover_touches_nothing_any_more(
    ctx: AppContext, heir: AppContext, stuck: Job, clock: SetClock, wire: WireTap, wakes: asyncio.Event
) -> None:
    clock.forward(seconds=LEASE.total_seconds())
    heir_at_work, heir_goes_on = asyncio.Semaphore(0), asyncio.Event()

    async def hold_the_heir() -> None:
        wire.meanwhile = hold_the_heir
        heir_at_work.release()
        await heir_goes_on.wait()

    wire.meanwhile = hold_the_heir
    await take_over(heir)
    for _ in range(bulk.AT_ONCE):
        await heir_at_work.acquire()
    wire.meanwhile = None
    wire.writes.clear()
    wakes.set()
    await ctx.jobs.here.join()
    during = await heir.jobs.find(stuck.id)
    assert during
    assert (during.state, during.settled) == (JobState.RUNNING, 0), "only the heir says what came of anyone"
    assert wire.writes == [], "nobody new is begun"
    heir_goes_on.set()
    await heir.jobs.here.join()
    after = await heir.jobs.find(stuck.id)
    assert after
    assert (after.state, after.counts) == (JobState.DONE, {RowState.DONE: len(IDS)})


async def test_a_job_taken_over_finishes_once(
    ctx: AppContext, heir: AppContext, stuck: Job, clock: SetClock, api: SubscriberClient
) -> None:
    clock.forward(seconds=LEASE.total_seconds())
    await take_over(heir)
    await heir.jobs.here.join()
    await ctx.jobs.here.stop()  # the first one was only asleep: waking up it changes nothing any more
    after = await heir.jobs.find(stuck.id)
    assert after
    assert (after.state, after.counts) == (JobState.DONE, {RowState.DONE: len(IDS)})
    done = await ctx.audit.page(AuditFilter(name="subscriber.deleted", outcome=Outcome.DONE), limit=500)
    assert sorted(line.subject for line in done) == sorted(IDS)
    assert [line.actor for line in await ctx.audit.page(AuditFilter(name="bulk.begun"))] == ["ada"] * 4
    assert (await api.subscribers.list()).items == ()


async def test_nobody_takes_over_while_the_lease_is_renewed(
    ctx: AppContext, heir: AppContext, stuck: Job, clock: SetClock
) -> None:
    for _ in range(5):
        clock.forward(seconds=LEASE.total_seconds() - 1)
        await take_over(ctx)
        await take_over(heir)
    running = await heir.jobs.find(stuck.id)
    assert running
    assert running.state is JobState.RUNNING
    assert await ctx.audit.page(AuditFilter(name="bulk.begun", outcome=Outcome.DONE))
    await ctx.jobs.here.stop()


async def test_of_two_replicas_one_takes_over(
    ctx: AppContext, heir: AppContext, stuck: Job, clock: SetClock, database: Database
) -> None:
    second = replace(ctx, jobs=Jobs(database, clock, fingerprint="test"))
    clock.forward(seconds=LEASE.total_seconds())
    found = await asyncio.gather(heir.jobs.leases.orphans(), second.jobs.leases.orphans())
    assert sorted(len(one) for one in found) == [0, 1]
    await ctx.jobs.here.stop()


async def test_without_the_session_of_who_began_it_the_job_waits_for_somebody(
    ctx: AppContext, heir: AppContext, stuck: Job, clock: SetClock, operator: Visit
) -> None:
    await ctx.sessions.end(operator.session_id)
    clock.forward(seconds=LEASE.total_seconds())
    await take_over(heir)
    waiting = await heir.jobs.find(stuck.id)
    assert waiting
    assert (waiting.state, waiting.reason) == (JobState.PAUSED, GONE)
    assert waiting.counts[RowState.WAITING] == len(IDS)
    await ctx.jobs.here.stop()


async def test_a_job_that_may_not_go_on_says_why(
    ctx: AppContext, heir: AppContext, stuck: Job, clock: SetClock
) -> None:
    clock.forward(seconds=LEASE.total_seconds())
    await take_over(replace(heir, settings=heir.settings.model_copy(update={"read_only": True})))
    waiting = await heir.jobs.find(stuck.id)
    assert waiting
    assert (waiting.state, waiting.reason) == (JobState.PAUSED, ReadOnly().user_text)
    await ctx.jobs.here.stop()
