"""An import sends every row once, says what came of each, waits, splits, stops and goes on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api_client import SubscriberClient
from api_client.embedded import Faults
from dashboard.actions import NotAllowed, ReadOnly, bulk
from dashboard.actions.import_run import AT_ONCE, ImportRun
from dashboard.actions.waiting import SLICE_S
from dashboard.context import AppContext, Visit
from dashboard.jobs import Jobs, JobState, Kind, NewRow, RowState
from dashboard.jobs import Plan as JobPlan
from dashboard.jobs.import_calls import groups
from dashboard.jobs.leases import LEASE
from dashboard.storage import Database
from tests.dashboard.actions.importing import (
    BULK,
    FILE,
    IDS,
    Naps,
    PickyWire,
    planned,
    results,
    run,
)
from tests.dashboard.clocks import SetClock

ROUTE = f"POST {BULK}"


async def test_every_row_is_sent_once_and_is_there(
    small: AppContext, operator: Visit, api: SubscriberClient, wire: PickyWire, tmp_path: Path
) -> None:
    job = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert (job.state, job.counts) == (JobState.DONE, {RowState.DONE: len(IDS)})
    assert Counter(one for call in wire.sent for one in call.ids) == Counter(IDS)
    assert {call.key for call in wire.sent} == {f"{job.id}-{number}" for number in (1, 2, 3)}
    assert (await api.subscribers.get(IDS[22])).first_name == "Name sheet-22"
    assert (await results(small, job))[IDS[0]].note == "created"
    assert await small.jobs.imports.has_credentials(job.id) is False


@pytest.mark.parametrize(
    ("rows", "calls"),
    [
        (0, []),
        (1, [1]),
        (499, [499]),
        (500, [500]),
        (501, [500, 1]),
        (1000, [500, 500]),
        (1001, [500, 500, 1]),
    ],
)
def test_calls_hold_at_most_five_hundred(rows: int, calls: list[int]) -> None:
    found = list(groups([(number, 10) for number in range(rows)], most_rows=500))
    assert [len(group) for group in found] == calls
    assert [number for group in found for number in group] == list(range(rows))


def test_calls_hold_no_more_bytes_than_a_server_takes() -> None:
    by_bytes = list(groups([(number, 40_000) for number in range(5)], most_rows=500))
    assert [len(group) for group in by_bytes] == [2, 2, 1]


async def test_a_call_that_is_too_large_is_halved(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    wire.verdict = lambda ids: httpx.Response(413) if len(ids) > 5 else None
    job = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert job.counts == {RowState.DONE: len(IDS)}
    assert Counter(one for call in wire.sent for one in call.ids) == Counter(IDS)
    assert max(len(call.ids) for call in wire.sent) <= 5


async def test_a_refused_call_is_split_until_the_guilty_rows_are_alone(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    guilty = {IDS[3], IDS[17]}
    wire.verdict = lambda ids: httpx.Response(422, json={"message": "no"}) if guilty & set(ids) else None
    job = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert job.counts == {RowState.DONE: len(IDS) - 2, RowState.REFUSED: 2}
    rows = await results(small, job)
    assert {one for one, row in rows.items() if row.state is RowState.REFUSED} == guilty
    assert rows[IDS[3]].note == "Line 5: the server refused it: no"
    assert Counter(one for call in wire.sent for one in call.ids) == Counter(set(IDS) - guilty)


async def test_a_row_that_the_server_names_is_taken_out_at_once(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    def verdict(ids: list[str]) -> httpx.Response | None:
        told = [f"subscribers.{at}.email must be an email" for at, one in enumerate(ids) if one == IDS[3]]
        return httpx.Response(422, json={"errors": {"general": {"messages": told}}}) if told else None

    wire.verdict = verdict
    job = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert job.counts == {RowState.DONE: len(IDS) - 1, RowState.REFUSED: 1}
    assert (await results(small, job))[IDS[3]].note == "Line 5: the server refused it: email must be an email"
    assert len(wire.sent) == 3


async def test_the_rate_limit_is_waited_for_with_a_countdown(
    small: AppContext, operator: Visit, clock: SetClock, faults: Faults, tmp_path: Path
) -> None:
    job = await planned(small, operator, tmp_path, FILE)
    faults.next(1, route=ROUTE, status=429)
    naps, seen = Naps(), []

    async def look() -> None:
        seen.append((small.jobs.waits[job.id] - clock.now()).total_seconds())

    naps.during = look
    after = await run(small, operator, job, naps)
    assert after.counts == {RowState.DONE: len(IDS)}
    assert seen == [5.0]
    assert job.id not in small.jobs.waits


async def test_cancelling_during_a_wait_takes_less_than_a_second_and_sends_no_more(
    small: AppContext, operator: Visit, faults: Faults, wire: PickyWire, tmp_path: Path
) -> None:
    job = await planned(small, operator, tmp_path, FILE)
    faults.next(9, route=ROUTE, status=429)
    naps, before = Naps(), []

    async def cancel() -> None:
        await small.jobs.halt(job.id, JobState.CANCELLED)
        before.append(len(naps.slept))

    naps.during = cancel
    after = await run(small, operator, job, naps)
    assert after.state is JobState.CANCELLED
    assert after.counts == {RowState.WAITING: len(IDS)}
    assert SLICE_S < 1
    assert len(naps.slept) - before[0] <= AT_ONCE, "each worker looks again after one slice"


async def test_an_answer_that_is_lost_is_asked_for_again_under_the_same_key(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    wire.lost_answers = 1
    job = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert job.counts == {RowState.DONE: len(IDS)}
    assert len(wire.sent) == 4
    assert len({(call.key, call.ids) for call in wire.sent}) == 3


async def test_a_server_that_is_down_pauses_and_going_on_finishes(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    def refuse(_: list[str]) -> httpx.Response | None:
        raise httpx.ConnectError("refused")

    wire.verdict = refuse
    paused = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert (paused.state, paused.counts) == (JobState.PAUSED, {RowState.WAITING: len(IDS)})
    assert "cannot be reached" in paused.reason
    wire.verdict = None
    after = await run(small, operator, paused)
    assert after.counts == {RowState.DONE: len(IDS)}
    assert {call.key for call in wire.sent} == {f"{job}-{n}" for n in (1, 2, 3) for job in [paused.id]}


async def test_a_call_over_which_the_server_keeps_failing_is_given_up_the_second_time(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    wire.verdict = lambda ids: httpx.Response(500) if IDS[0] in ids else None
    paused = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    assert paused.state is JobState.PAUSED
    after = await run(small, operator, paused)
    assert after.counts == {RowState.FAILED: 10, RowState.DONE: 13}
    assert "Trying again is safe" in (await results(small, after))[IDS[0]].note
    wire.verdict = None
    assert await small.jobs.begin(after.id, again=True)
    await ImportRun(small, operator, after, sleep=Naps()).run()
    last = await small.jobs.find(after.id)
    assert last
    assert last.counts == {RowState.DONE: len(IDS)}


async def test_signing_out_stops_it(
    small: AppContext, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    job = await planned(small, operator, tmp_path, FILE)
    await small.sessions.end(operator.session_id)
    after = await run(small, operator, job)
    assert after.state is JobState.PAUSED
    assert "signed out" in after.reason
    assert wire.sent == []


async def test_a_crash_sends_what_was_in_flight_again_as_it_was(
    small: AppContext, operator: Visit, wire: PickyWire, database: Database, clock: SetClock, tmp_path: Path
) -> None:
    job = await planned(small, operator, tmp_path, FILE)
    assert await small.jobs.begin(job.id)
    await small.jobs.calls.cut(job.id, most_rows=10)
    lost = await small.jobs.calls.take(job.id)
    assert lost
    clock.forward(seconds=LEASE.total_seconds())
    reborn = replace(small, jobs=Jobs(database, clock, fingerprint="test"))
    await reborn.jobs.recover()
    paused = await reborn.jobs.find(job.id)
    assert paused
    assert paused.counts == {RowState.WAITING: len(IDS)}
    after = await run(reborn, operator, paused)
    assert after.counts == {RowState.DONE: len(IDS)}
    assert (f"{job.id}-1", tuple(IDS[:10])) in {(call.key, call.ids) for call in wire.sent}
    assert len(wire.sent) == 3


async def test_a_viewer_cannot_import_and_read_only_holds(
    ctx: AppContext, read_only: AppContext, viewer: Visit, operator: Visit, wire: PickyWire, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        await planned(ctx, viewer, tmp_path, FILE)
    with pytest.raises(ReadOnly):
        await planned(read_only, operator, tmp_path, FILE)
    job = await planned(ctx, operator, tmp_path, FILE)
    paused = await run(read_only, operator, job)
    assert (paused.state, paused.counts) == (JobState.PAUSED, {RowState.WAITING: len(IDS)})
    assert "read-only" in paused.reason
    assert wire.sent == []


async def test_an_import_that_was_not_written_down_to_its_end_cannot_be_begun(
    ctx: AppContext, operator: Visit
) -> None:
    def rows() -> Iterator[NewRow]:
        yield NewRow(2, "ada", "Ada", RowState.WAITING, "", {"subscriberId": "ada"}, {}, {})
        raise OSError("disk full")

    plan = JobPlan(Kind.IMPORT, (), "a test", "ada", "people.csv")
    with pytest.raises(OSError, match="disk full"):
        await ctx.jobs.add_import(plan, rows())
    (job,) = await ctx.jobs.latest()
    assert job.state is JobState.CANCELLED
    assert "not written down to its end" in job.reason
    with pytest.raises(bulk.NothingToDo):
        await bulk.begin(ctx, operator, job)
