"""A bulk change does what was planned to everyone once, says what came of each, and survives a restart."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from api_client import NewSubscriber, NotFound, SubscriberClient, SubscriberPatch
from api_client.embedded import Faults
from dashboard.actions import NotAllowed, ReadOnly, bulk
from dashboard.audit import Outcome
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.jobs import Job, Jobs, JobState, Kind, Plan, RowState, Target
from dashboard.jobs.fitting import IdsNotKept
from dashboard.storage import Database
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import sign_in

IDS = [f"leftover-{number}" for number in range(12)]
PERSON = "/v2/subscribers/{subscriberId}"


@pytest.fixture
async def people(api: SubscriberClient, wire: WireTap) -> Sequence[str]:
    for subscriber_id in IDS:
        await api.subscribers.create(NewSubscriber(subscriber_id=subscriber_id, locale="de_DE"))
    wire.writes.clear()
    return IDS


async def planned(ctx: AppContext, visit: Visit, kind: Kind, ids: Sequence[str], value: str = "") -> Job:
    plan = Plan(kind, [Target(one, one) for one in ids], "leftovers", visit.actor, value)
    write = bulk.plan_deletion if kind is Kind.DELETE else bulk.plan_change
    job = await ctx.jobs.find(await write(ctx, visit, plan=plan))
    assert job
    return job


async def finished(ctx: AppContext, visit: Visit, job: Job, *, again: bool = False) -> Job:
    await bulk.begin(ctx, visit, job, again=again)
    await ctx.jobs.here.join()
    after = await ctx.jobs.find(job.id)
    assert after
    return after


async def test_everyone_planned_is_deleted_and_nobody_else(
    ctx: AppContext, api: SubscriberClient, operator: Visit, people: Sequence[str]
) -> None:
    job = await finished(ctx, operator, await planned(ctx, operator, Kind.DELETE, people[:5]))
    assert (job.state, job.counts) == (JobState.DONE, {RowState.DONE: 5})
    for gone in people[:5]:
        with pytest.raises(NotFound):
            await api.subscribers.get(gone)
    assert (await api.subscribers.get(people[5])).subscriber_id == people[5]


async def test_each_person_has_audit_lines_of_their_own(
    ctx: AppContext, operator: Visit, people: Sequence[str]
) -> None:
    await finished(ctx, operator, await planned(ctx, operator, Kind.DELETE, people[:3]))
    lines = await ctx.audit.page()
    deleted = [line for line in lines if line.name == "subscriber.deleted" and line.outcome is Outcome.DONE]
    assert {line.subject for line in deleted} == set(people[:3])
    assert {"bulk.deletion_planned", "bulk.begun"} <= {line.name for line in lines}


async def test_who_is_gone_already_counts_as_deleted(
    ctx: AppContext, api: SubscriberClient, operator: Visit, people: Sequence[str]
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people[:2])
    await api.subscribers.delete(people[0])
    after = await finished(ctx, operator, job)
    assert after.counts == {RowState.DONE: 2}
    assert (await ctx.jobs.rows(job.id))[0].note == "was gone already"


async def test_a_failure_is_told_with_its_reason_and_can_be_tried_again(
    ctx: AppContext, operator: Visit, people: Sequence[str], faults: Faults
) -> None:
    job = await planned(ctx, operator, Kind.LOCALE, people[:1], "fr_FR")
    faults.next(1, route=f"PATCH {PERSON}", status=422)
    after = await finished(ctx, operator, job)
    assert (after.state, after.failed) == (JobState.DONE, 1)
    (row,) = await ctx.jobs.rows(job.id, states=[RowState.FAILED])
    assert row.note
    again = await finished(ctx, operator, after, again=True)
    assert again.counts == {RowState.DONE: 1}
    assert (await ctx.jobs.rows(job.id))[0].note == "de_DE → fr_FR"


async def test_who_has_the_value_already_is_left_alone(
    ctx: AppContext, api: SubscriberClient, operator: Visit, people: Sequence[str], wire: WireTap
) -> None:
    await api.subscribers.patch(people[0], SubscriberPatch(locale="fr_FR"))
    wire.writes.clear()
    job = await finished(ctx, operator, await planned(ctx, operator, Kind.LOCALE, people[:2], "fr_FR"))
    assert job.counts == {RowState.SAME: 1, RowState.DONE: 1}
    assert [write.path for write in wire.writes] == [f"/v2/subscribers/{people[1]}"]


async def test_an_api_that_is_down_pauses_the_job_instead_of_failing_everyone(
    ctx: AppContext, operator: Visit, people: Sequence[str], faults: Faults
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    faults.next(99, route=f"GET {PERSON}", status=401)
    after = await finished(ctx, operator, job)
    assert after.state is JobState.PAUSED
    assert after.reason
    assert after.counts == {RowState.WAITING: len(people)}
    faults.clear()
    assert (await finished(ctx, operator, after)).counts == {RowState.DONE: len(people)}


async def test_signing_out_stops_it(ctx: AppContext, operator: Visit, people: Sequence[str]) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    await bulk.begin(ctx, operator, job)
    await ctx.sessions.end(operator.session_id)
    await ctx.jobs.here.join()
    after = await ctx.jobs.find(job.id)
    assert after
    assert after.state is JobState.PAUSED
    assert "signed out" in after.reason
    assert after.counts.get(RowState.FAILED, 0) == 0


async def test_after_a_crash_the_rest_is_done_and_nothing_twice(
    ctx: AppContext,
    operator: Visit,
    people: Sequence[str],
    wire: WireTap,
    database: Database,
    clock: SetClock,
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    arrived = asyncio.Event()

    async def crash() -> None:
        arrived.set()
        await asyncio.Event().wait()

    wire.meanwhile = crash
    await bulk.begin(ctx, operator, job)
    await arrived.wait()
    await ctx.jobs.here.stop()

    reborn = replace(ctx, jobs=Jobs(database, clock, fingerprint="test"))
    await reborn.jobs.recover()
    paused = await reborn.jobs.find(job.id)
    assert paused
    assert paused.state is JobState.PAUSED
    assert 0 < paused.counts[RowState.WAITING] <= len(people)
    after = await finished(reborn, operator, paused)
    assert after.counts == {RowState.DONE: len(people)}
    sent = Counter(write.path for write in wire.writes if write.method == "DELETE")
    assert set(sent) == {f"/v2/subscribers/{one}" for one in people}
    # Only those in flight when it died are asked again; deleting twice is harmless: they count as gone.
    assert sum(sent.values()) <= len(people) + bulk.AT_ONCE


async def test_a_pause_begins_nobody_new_and_going_on_finishes(
    ctx: AppContext, operator: Visit, people: Sequence[str]
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    await bulk.begin(ctx, operator, job)
    await bulk.halt(ctx, operator, job_id=job.id, state=JobState.PAUSED)
    await ctx.jobs.here.join()
    paused = await ctx.jobs.find(job.id)
    assert paused
    assert paused.state is JobState.PAUSED
    assert paused.counts.get(RowState.DOING, 0) == 0
    assert (await finished(ctx, operator, paused)).counts == {RowState.DONE: len(people)}


async def test_a_cancelled_job_cannot_be_begun_again(
    ctx: AppContext, operator: Visit, people: Sequence[str]
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    await bulk.halt(ctx, operator, job_id=job.id, state=JobState.CANCELLED)
    with pytest.raises(bulk.NothingToDo):
        await bulk.begin(ctx, operator, job)


async def test_a_job_that_runs_is_not_begun_a_second_time(
    ctx: AppContext, operator: Visit, people: Sequence[str]
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    await bulk.begin(ctx, operator, job)
    with pytest.raises(bulk.NothingToDo):
        await bulk.begin(ctx, operator, job)
    await ctx.jobs.here.join()


async def test_a_viewer_cannot_plan_and_read_only_holds(
    ctx: AppContext, read_only: AppContext, viewer: Visit, people: Sequence[str]
) -> None:
    with pytest.raises(NotAllowed):
        await planned(ctx, viewer, Kind.DELETE, people)
    with pytest.raises(ReadOnly):
        await planned(read_only, await sign_in(read_only, Role.ADMIN), Kind.READ, people)
    assert await ctx.jobs.latest() == []


async def test_another_key_sees_no_job_of_this_environment(
    ctx: AppContext, operator: Visit, people: Sequence[str], database: Database, clock: SetClock
) -> None:
    job = await planned(ctx, operator, Kind.DELETE, people)
    elsewhere = Jobs(database, clock, fingerprint="another key")
    assert await elsewhere.find(job.id) is None
    assert await elsewhere.latest() == []


@pytest.mark.parametrize("subscriber_id", ["x" * 1001, "nul-\0", "half-\ud800"])
async def test_an_id_that_a_job_cannot_hold_is_refused_in_words_and_nothing_is_kept(
    ctx: AppContext, operator: Visit, subscriber_id: str
) -> None:
    with pytest.raises(IdsNotKept, match="Nothing was planned"):
        await planned(ctx, operator, Kind.DELETE, ["fine", subscriber_id])
    assert await ctx.jobs.latest() == []
    assert await planned(ctx, operator, Kind.DELETE, ["fine", "x" * 1000])


async def test_names_and_notes_are_kept_as_well_as_a_database_can(ctx: AppContext, operator: Visit) -> None:
    odd = Plan(Kind.DELETE, [Target("fine", "Nul\0 and half\ud800")], "name: \0", operator.actor)
    job_id = await bulk.plan_deletion(ctx, operator, plan=odd)
    await ctx.jobs.halt(job_id, JobState.PAUSED, "the server said \0")
    (row,) = await ctx.jobs.rows(job_id)
    job = await ctx.jobs.find(job_id)
    assert job
    assert (row.name, job.subject, job.reason) == ("Nul� and half?", "name: �", "the server said �")
