"""Whatever breaks under a job, it can be resumed; one run of it at a time, and nobody waits for ever."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from api_client import NewSubscriber, SubscriberClient
from api_client.embedded import Faults
from dashboard.actions import bulk
from dashboard.actions.import_calls import ONCE
from dashboard.actions.takeover import watch_jobs
from dashboard.actions.waiting import SLICE_S
from dashboard.context import AppContext, Visit
from dashboard.jobs import Job, Jobs, JobState, Kind, Plan, RowState, Target
from dashboard.jobs.leases import LEASE
from dashboard.jobs.running import StillFinishing
from dashboard.jobs.store import BROKEN_OFF, RESTARTED
from dashboard.storage import Database
from tests.dashboard.actions import importing
from tests.dashboard.actions.importing import Naps, PickyWire, in_chunks
from tests.dashboard.clocks import SetClock
from tests.dashboard.imports.files import csv_of

IDS = [f"leftover-{number}" for number in range(12)]
FILE = csv_of("subscriberId,firstName", *(f"{one},Name" for one in IDS))
T = TypeVar("T")


class Unsteady(Database):
    """Refuses some of the writes that come."""

    def __init__(self, steady: Database) -> None:
        self._steady, self.refuses = steady, 0

    @property
    def is_shared(self) -> bool:
        return self._steady.is_shared

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._steady.read(work)

    async def write(self, work: Callable[[Connection], T]) -> T:
        if self.refuses:
            self.refuses -= 1
            raise OperationalError("UPDATE", {}, Exception("the disk is full"))
        return await self._steady.write(work)


@pytest.fixture
def unsteady(database: Database) -> Unsteady:
    return Unsteady(database)


@pytest.fixture
def shaky(ctx: AppContext, unsteady: Unsteady, clock: SetClock) -> AppContext:
    """A dashboard whose jobs are in a database that can go down; sessions and log are elsewhere."""
    return in_chunks(replace(ctx, jobs=Jobs(unsteady, clock, fingerprint="test")), 2)


@pytest.fixture
async def people(api: SubscriberClient, wire: PickyWire) -> Sequence[str]:
    for subscriber_id in IDS:
        await api.subscribers.create(NewSubscriber(subscriber_id=subscriber_id))
    wire.writes.clear()
    return IDS


@pytest.fixture
async def deletion(shaky: AppContext, operator: Visit, people: Sequence[str]) -> Job:
    plan = Plan(Kind.DELETE, [Target(one, one) for one in people], "leftovers", operator.actor)
    return await found(shaky, await bulk.plan_deletion(shaky, operator, plan=plan))


async def found(ctx: AppContext, job_id: str) -> Job:
    job = await ctx.jobs.find(job_id)
    assert job
    return job


@pytest.fixture
def breaks_off(
    shaky: AppContext, operator: Visit, wire: PickyWire, unsteady: Unsteady
) -> Callable[[Job, int], Awaitable[None]]:
    """Runs a job until its first call, from where so many writes are refused."""

    async def run(job: Job, refused: int) -> None:
        async def go_down() -> None:
            unsteady.refuses = refused

        wire.meanwhile = go_down
        await bulk.begin(shaky, operator, job)
        with pytest.raises((ExceptionGroup, OperationalError)):
            await shaky.jobs.here.join()
        unsteady.refuses = 0

    return run


async def resumed(ctx: AppContext, visit: Visit, job: Job) -> Job:
    await bulk.begin(ctx, visit, await found(ctx, job.id))
    await ctx.jobs.here.join()
    return await found(ctx, job.id)


@pytest.fixture(params=[Kind.DELETE, Kind.IMPORT])
async def either(
    request: pytest.FixtureRequest, shaky: AppContext, operator: Visit, deletion: Job, tmp_path: Path
) -> Job:
    """Once a deletion, once an import."""
    if request.param is Kind.DELETE:
        return deletion
    return await importing.planned(shaky, operator, tmp_path, FILE)


async def test_a_database_that_fails_for_a_moment_pauses_a_job_and_resuming_finishes_it(
    shaky: AppContext, operator: Visit, either: Job, breaks_off: Callable[[Job, int], Awaitable[None]]
) -> None:
    await breaks_off(either, 1)
    paused = await found(shaky, either.id)
    assert (paused.state, paused.reason) == (JobState.PAUSED, BROKEN_OFF)
    assert RowState.DOING not in paused.counts
    assert (await resumed(shaky, operator, either)).counts == {RowState.DONE: len(IDS)}


async def test_a_job_whose_end_could_not_be_written_down_either_is_given_up_after_its_lease(
    shaky: AppContext,
    operator: Visit,
    either: Job,
    breaks_off: Callable[[Job, int], Awaitable[None]],
    clock: SetClock,
) -> None:
    await breaks_off(either, 99)
    assert (await found(shaky, either.id)).state is JobState.RUNNING
    clock.forward(seconds=LEASE.total_seconds())
    await watch_jobs(shaky)
    assert (await found(shaky, either.id)).state is JobState.PAUSED
    assert (await resumed(shaky, operator, either)).counts == {RowState.DONE: len(IDS)}


async def test_rows_that_were_left_in_flight_wait_again_when_a_job_is_begun(
    shaky: AppContext, operator: Visit, tmp_path: Path
) -> None:
    job = await importing.planned(shaky, operator, tmp_path, FILE)
    assert await shaky.jobs.begin(job.id)
    await shaky.jobs.calls.cut(job.id, most_rows=2)
    assert await shaky.jobs.calls.take(job.id)
    await shaky.jobs.halt(job.id, JobState.PAUSED)
    after = await resumed(shaky, operator, job)
    assert after.counts == {RowState.DONE: len(IDS)}


async def test_a_job_that_was_begun_and_got_no_task_is_taken_up_by_somebody(
    shaky: AppContext, operator: Visit, deletion: Job, clock: SetClock
) -> None:
    assert await shaky.jobs.begin(deletion.id)  # and here the page went away, or the log failed
    clock.forward(seconds=LEASE.total_seconds())
    await shaky.jobs.renew()
    assert [one.job_id for one in await shaky.jobs.leases.orphans()] == [deletion.id]


async def test_an_import_that_went_to_another_replica_is_written_by_that_one_only(
    shaky: AppContext, operator: Visit, clock: SetClock, database: Database, tmp_path: Path
) -> None:
    job = await importing.planned(shaky, operator, tmp_path, FILE)
    asleep, heir = shaky.jobs, Jobs(database, clock, fingerprint="test")
    assert await asleep.begin(job.id)
    await asleep.calls.cut(job.id, most_rows=2)
    lost = await asleep.calls.take(job.id)
    assert lost
    clock.forward(seconds=LEASE.total_seconds())
    assert await heir.leases.orphans()
    assert await heir.begin(job.id)
    assert await heir.calls.take(job.id) == lost
    numbers = [row.number for row in lost.rows]
    await asleep.calls.stored(job.id, [(number, RowState.FAILED, "too late") for number in numbers], [])
    await asleep.calls.settle(job.id, [(number, RowState.FAILED, "too late") for number in numbers])
    await asleep.calls.release(job.id, lost)
    await asleep.calls.over(job.id, lost.number + 1)
    await asleep.calls.split(job.id, lost.number + 1, [], [])
    await asleep.pause_run(job.id, "the server is down, it says")
    assert await asleep.calls.take(job.id) is None
    after = await found(shaky, job.id)
    assert (after.state, after.counts[RowState.DOING]) == (JobState.RUNNING, len(numbers))
    following = await heir.calls.take(job.id)
    assert following
    assert following.number == lost.number + 1, "neither given back nor over"


async def test_a_long_import_is_cut_into_calls_bit_by_bit(
    shaky: AppContext, operator: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.jobs.import_calls._AT_ONCE", 5)
    job = await importing.planned(shaky, operator, tmp_path, FILE)
    assert await shaky.jobs.begin(job.id)
    await shaky.jobs.calls.cut(job.id, most_rows=4)
    calls: list[list[str]] = []
    while chunk := await shaky.jobs.calls.take(job.id):
        calls.append([row.subscriber_id for row in chunk.rows])
    assert [len(one) for one in calls] == [4, 1, 4, 1, 2]
    assert [one for call in calls for one in call] == IDS


class Slow:
    """Calls that stay out until they are let go."""

    def __init__(self, wire: PickyWire, calls: int) -> None:
        self._wire, self._calls = wire, calls
        self._arrived, self.goes_on = asyncio.Semaphore(0), asyncio.Event()
        wire.meanwhile = self._hold

    async def _hold(self) -> None:
        self._wire.meanwhile = self._hold
        self._arrived.release()
        await self.goes_on.wait()

    async def all_out(self) -> None:
        for _ in range(self._calls):
            await self._arrived.acquire()
        self._wire.meanwhile = None


async def test_going_on_waits_for_the_calls_that_are_out_so_that_nobody_is_called_twice(
    shaky: AppContext, operator: Visit, deletion: Job, wire: PickyWire
) -> None:
    slow = Slow(wire, bulk.AT_ONCE)
    await bulk.begin(shaky, operator, deletion)
    await slow.all_out()
    await bulk.halt(shaky, operator, job_id=deletion.id, state=JobState.PAUSED)
    going_on = asyncio.ensure_future(bulk.begin(shaky, operator, deletion))
    await asyncio.wait([going_on], timeout=0.05)
    assert not going_on.done()
    slow.goes_on.set()
    await going_on
    await shaky.jobs.here.join()
    after = await found(shaky, deletion.id)
    assert (after.state, after.counts) == (JobState.DONE, {RowState.DONE: len(IDS)})
    assert len([one for one in wire.writes if one.method == "DELETE"]) == len(IDS)


async def test_calls_that_do_not_come_back_are_not_waited_for_for_ever(
    shaky: AppContext, operator: Visit, deletion: Job, wire: PickyWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.jobs.running.PATIENCE_S", 0.01)
    slow = Slow(wire, bulk.AT_ONCE)
    await bulk.begin(shaky, operator, deletion)
    await slow.all_out()
    await bulk.halt(shaky, operator, job_id=deletion.id, state=JobState.PAUSED)
    with pytest.raises(StillFinishing):
        await bulk.begin(shaky, operator, deletion)
    slow.goes_on.set()
    await shaky.jobs.here.join()
    assert (await resumed(shaky, operator, deletion)).counts == {RowState.DONE: len(IDS)}


async def test_starting_a_second_dashboard_leaves_alone_what_another_process_runs(
    shaky: AppContext, operator: Visit, deletion: Job, database: Database, clock: SetClock
) -> None:
    assert await shaky.jobs.begin(deletion.id)
    starting = Jobs(database, clock, fingerprint="test")
    await starting.recover()
    assert (await found(shaky, deletion.id)).state is JobState.RUNNING
    clock.forward(seconds=LEASE.total_seconds())
    await starting.recover()
    after = await found(shaky, deletion.id)
    assert (after.state, after.reason) == (JobState.PAUSED, RESTARTED)


async def test_asking_for_one_orphan_pauses_no_other_job(
    shaky: AppContext, operator: Visit, deletion: Job, clock: SetClock, tmp_path: Path
) -> None:
    other = await importing.planned(shaky, operator, tmp_path, FILE)
    for job in (deletion, other):
        assert await shaky.jobs.begin(job.id)
    clock.forward(seconds=LEASE.total_seconds())
    assert [one.job_id for one in await shaky.jobs.leases.orphans(other.id)] == [other.id]
    assert (await found(shaky, deletion.id)).state is JobState.RUNNING


async def test_a_rate_limit_of_minutes_is_waited_for_in_slices_so_that_a_pause_takes_hold_at_once(
    shaky: AppContext, operator: Visit, deletion: Job, wire: PickyWire, faults: Faults
) -> None:
    faults.next(99, route="DELETE /v2/subscribers/{subscriberId}", status=429)
    naps, before = Naps(), []

    async def pause() -> None:
        await shaky.jobs.halt(deletion.id, JobState.PAUSED)
        before.append(len(naps.slept))

    naps.during = pause
    assert await shaky.jobs.begin(deletion.id)
    await bulk.Running(shaky, replace(operator, calls=ONCE), deletion, sleep=naps).run()
    assert max(naps.slept) <= SLICE_S
    assert len(naps.slept) - before[0] <= bulk.AT_ONCE, "each worker looks again after one slice"
    assert (await found(shaky, deletion.id)).counts == {RowState.WAITING: len(IDS)}


@pytest.mark.parametrize("status", [403, 404])
async def test_a_server_that_takes_no_import_at_all_pauses_it_instead_of_failing_every_row(
    shaky: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path, status: int
) -> None:
    wire.verdict = lambda _: httpx.Response(status, json={"message": "not here"})
    paused = await importing.run(shaky, operator, await importing.planned(shaky, operator, tmp_path, FILE))
    assert (paused.state, paused.counts) == (JobState.PAUSED, {RowState.WAITING: len(IDS)})
    assert paused.reason
    wire.verdict = None
    assert (await resumed(shaky, operator, paused)).counts == {RowState.DONE: len(IDS)}


async def test_the_rate_limit_is_waited_for_while_rows_are_read_back(
    ctx: AppContext, operator: Visit, wire: PickyWire, api: SubscriberClient, faults: Faults, tmp_path: Path
) -> None:
    for one in IDS:
        await api.subscribers.create(NewSubscriber(subscriber_id=one, first_name="Name"))
    nameless = {
        "created": [],
        "updated": [{"subscriberId": one} for one in IDS],
        "failed": [{"message": "?"}],
    }
    wire.verdict = lambda _: httpx.Response(201, json={"data": nameless})
    job = await importing.planned(ctx, operator, tmp_path, FILE)
    naps = Naps()
    faults.next(1, route="GET /v2/subscribers/{subscriberId}", status=429)
    after = await importing.run(ctx, operator, job, naps)
    assert naps.slept
    assert after.counts == {RowState.DONE: len(IDS)}
