"""What jobs keep of people goes away: names with the people, everything else after a month."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from api_client import NewSubscriber, SubscriberClient
from dashboard.actions import bulk
from dashboard.context import AppContext, Visit
from dashboard.csv_io.incoming.existing import Known
from dashboard.jobs import JobState, Kind, Plan, RowState, Target
from dashboard.jobs.forgetting import EXPIRED, KEPT
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_ROWS, JOB_ROWS
from tests.dashboard.actions.importing import PickyWire, planned, results, run
from tests.dashboard.clocks import SetClock
from tests.dashboard.imports.files import csv_of

FILE = csv_of("subscriberId,firstName,email", "1,Secretname,", "2,Bob,wrong-mail-of-bob")
KNOWN = {"1": Known({"subscriberId": "1", "firstName": "Formername"})}
SECRETS = ("Secretname", "Formername", "wrong-mail")


async def kept(database: Database) -> str:
    """All that the tables of jobs hold."""
    return await database.read(
        lambda c: "".join(str(row) for one in (JOB_ROWS, IMPORT_ROWS) for row in c.execute(select(one)))
    )


@pytest.mark.parametrize("state", [JobState.READY, JobState.PAUSED, JobState.CANCELLED, JobState.DONE])
async def test_after_a_month_nothing_is_left_of_an_import_but_ids_and_outcomes(
    ctx: AppContext, operator: Visit, database: Database, clock: SetClock, tmp_path: Path, state: JobState
) -> None:
    job = await planned(ctx, operator, tmp_path, FILE, known=KNOWN)
    if state is JobState.DONE:
        await run(ctx, operator, job)
    else:
        await ctx.jobs.halt(job.id, state)
    clock.forward(days=KEPT.days - 1)
    await ctx.jobs.forget_old()
    assert "Formername" in await kept(database)
    clock.forward(days=1)
    await ctx.jobs.forget_old()
    assert not [one for one in SECRETS if one in await kept(database)]
    assert (await results(ctx, job))["2"].state is RowState.REFUSED


async def test_an_import_that_waited_for_a_month_is_cancelled_and_says_why(
    ctx: AppContext, operator: Visit, clock: SetClock, tmp_path: Path
) -> None:
    job = await planned(ctx, operator, tmp_path, FILE, known=KNOWN)
    clock.forward(days=KEPT.days)
    assert not await ctx.jobs.begin(job.id), "not even before it was forgotten"
    await ctx.jobs.forget_old()
    after = await ctx.jobs.find(job.id)
    assert after
    assert (after.state, after.reason) == (JobState.CANCELLED, EXPIRED)


async def test_failed_rows_of_a_forgotten_import_are_not_tried_again_empty(
    ctx: AppContext, operator: Visit, clock: SetClock, wire: PickyWire, tmp_path: Path
) -> None:
    failed = {"created": [], "updated": [], "failed": [{"subscriberId": "1", "message": "no room"}]}
    wire.verdict = lambda _: httpx.Response(201, json={"data": failed})
    job = await run(ctx, operator, await planned(ctx, operator, tmp_path, FILE, known=KNOWN))
    assert job.failed == 1
    clock.forward(days=KEPT.days)
    assert not await ctx.jobs.begin(job.id, again=True)


async def test_what_runs_is_left_alone(
    ctx: AppContext, operator: Visit, clock: SetClock, database: Database, tmp_path: Path
) -> None:
    job = await planned(ctx, operator, tmp_path, FILE, known=KNOWN)
    assert await ctx.jobs.begin(job.id)
    clock.forward(days=KEPT.days)
    await ctx.jobs.forget_old()
    assert "Secretname" in await kept(database)


async def test_the_name_of_who_was_deleted_goes_with_them(
    ctx: AppContext, api: SubscriberClient, operator: Visit, database: Database
) -> None:
    await api.subscribers.create(NewSubscriber(subscriber_id="gone", first_name="Secretname"))
    plan = Plan(Kind.DELETE, [Target("gone", "Secretname")], "leftovers", operator.actor)
    job = await ctx.jobs.find(await bulk.plan_deletion(ctx, operator, plan=plan))
    assert job
    assert (await ctx.jobs.rows(job.id))[0].name == "Secretname"
    await bulk.begin(ctx, operator, job)
    await ctx.jobs.here.join()
    assert "Secretname" not in await kept(database)
    assert (await ctx.jobs.rows(job.id))[0].name == "gone"
