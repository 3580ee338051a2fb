"""What came of each row of an import is told truly: by line, read back, with credentials, on record."""

from pathlib import Path

import httpx
import pytest

from api_client import ChannelCredentials, NewSubscriber, NotFound, SubscriberClient
from dashboard.actions import NotAllowed, bulk
from dashboard.audit import Outcome
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.csv_io.incoming.existing import find_existing
from dashboard.jobs import JobState, RowState
from tests.dashboard.actions.arranged import arrange, stored
from tests.dashboard.actions.importing import (
    FILE,
    IDS,
    PickyWire,
    planned,
    results,
    run,
)
from tests.dashboard.imports.files import csv_of
from tests.dashboard.joined import sign_in


async def test_who_is_changed_left_alone_refused_or_left_out_is_said_by_line(
    ctx: AppContext, operator: Visit, api: SubscriberClient, tmp_path: Path
) -> None:
    await api.subscribers.create(NewSubscriber(subscriber_id="ada", first_name="Ada"))
    known = await find_existing(api, ["ada", "bob"])
    file = csv_of("subscriberId,firstName,email", "bob,Bob,", "bad,x,no mail", "ada,Ida,", "bob,Rob,")
    job = await run(ctx, operator, await planned(ctx, operator, tmp_path, file, known=known))
    rows = {row.line: row for row in await ctx.jobs.imports.results(job.id)}
    assert [rows[line].state for line in (2, 3, 4, 5)] == [
        RowState.LEFT_OUT, RowState.REFUSED, RowState.DONE, RowState.DONE,
    ]  # fmt: skip
    assert rows[3].note.startswith("Line 3: email: this is not an e-mail address")
    assert (rows[4].note, rows[4].before) == ("changed: firstName", '{"firstName": "Ada"}')
    assert (await api.subscribers.get("bob")).first_name == "Rob"


async def test_what_is_read_back_differently_is_said_and_stops_the_import(
    ctx: AppContext, operator: Visit, wire: PickyWire, api: SubscriberClient, tmp_path: Path
) -> None:
    def swallow(ids: list[str]) -> httpx.Response:
        told = {"created": [{"subscriberId": one} for one in ids], "updated": [], "failed": []}
        return httpx.Response(201, json={"data": told})

    wire.verdict = swallow
    job = await run(ctx, operator, await planned(ctx, operator, tmp_path, FILE))
    assert job.state is not JobState.RUNNING
    assert job.counts == {RowState.DONE: len(IDS) - 1, RowState.FAILED: 1}
    assert "read back it holds something else" in (await results(ctx, job))[IDS[11]].note


async def test_an_answer_of_created_updated_and_failed_is_told_row_by_row(
    ctx: AppContext, operator: Visit, wire: PickyWire, api: SubscriberClient, tmp_path: Path
) -> None:
    for one in IDS:
        await api.subscribers.create(NewSubscriber(subscriber_id=one, first_name=f"Name {one}"))
    told = {
        "created": [{"subscriberId": IDS[0]}],
        "updated": [{"subscriberId": one} for one in IDS[1:22]],
        "failed": [{"subscriberId": IDS[22], "message": "no room"}],
    }
    wire.verdict = lambda ids: httpx.Response(201, json={"data": told})
    rows = await results(ctx, await run(ctx, operator, await planned(ctx, operator, tmp_path, FILE)))
    assert [rows[IDS[at]].note for at in (0, 1, 22)] == ["created", "changed", "Line 24: no room"]
    assert rows[IDS[22]].state is RowState.FAILED


async def test_failures_without_a_name_are_found_by_reading_everyone_back(
    ctx: AppContext, operator: Visit, wire: PickyWire, api: SubscriberClient, tmp_path: Path
) -> None:
    await api.subscribers.create(NewSubscriber(subscriber_id=IDS[0], first_name=f"Name {IDS[0]}"))
    told = {
        "created": [],
        "updated": [{"subscriberId": one} for one in IDS],
        "failed": [{"message": "E11000"}],
    }
    wire.verdict = lambda ids: httpx.Response(201, json={"data": told})
    job = await run(ctx, operator, await planned(ctx, operator, tmp_path, FILE))
    assert job.counts == {RowState.DONE: 1, RowState.FAILED: len(IDS) - 1}
    assert (await results(ctx, job))[IDS[1]].note == "Line 3: E11000"


TOKENS = csv_of("subscriberId,firstName,push.fcm.deviceTokens", '"user/1 ü",Ada,"new-1,new-2"')


async def test_tokens_come_on_top_of_those_that_are_stored(
    ctx: AppContext, wire: PickyWire, tmp_path: Path
) -> None:
    admin = await sign_in(ctx, Role.ADMIN)
    targets = await arrange(ctx)
    newest = [one for one in await ctx.api.integrations.list() if one.provider_id == "fcm" and one.active]
    target = targets[max(newest, key=lambda one: str(one.created_at)).identifier]
    await ctx.api.credentials.append(
        "user/1 ü", "fcm", ChannelCredentials(device_tokens=("old",)), integration=target.integration
    )
    job = await run(ctx, admin, await planned(ctx, admin, tmp_path, TOKENS))
    assert job.counts == {RowState.DONE: 1}
    assert (await stored(ctx, target))["deviceTokens"] == ["old", "new-1", "new-2"]
    assert await ctx.jobs.imports.has_credentials(job.id) is False


async def test_credentials_are_imported_only_by_those_who_may(
    ctx: AppContext, operator: Visit, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        await planned(ctx, operator, tmp_path, TOKENS)
    assert await ctx.jobs.latest() == []


async def test_a_provider_that_is_not_joined_fails_the_row_and_not_its_person(
    ctx: AppContext, api: SubscriberClient, tmp_path: Path
) -> None:
    admin = await sign_in(ctx, Role.ADMIN)
    file = csv_of("subscriberId,firstName,push.fcm[nowhere].deviceTokens", "eve,Eve,token-1")
    job = await run(ctx, admin, await planned(ctx, admin, tmp_path, file))
    assert "no active integration for fcm[nowhere]" in (await results(ctx, job))["eve"].note
    assert job.failed == 1
    assert (await api.subscribers.get("eve")).first_name == "Eve"


async def test_a_cancelled_import_keeps_nothing_that_it_would_have_sent(
    ctx: AppContext, tmp_path: Path, api: SubscriberClient
) -> None:
    admin = await sign_in(ctx, Role.ADMIN)
    job = await planned(ctx, admin, tmp_path, TOKENS)
    assert await ctx.jobs.imports.has_credentials(job.id)
    await bulk.halt(ctx, admin, job_id=job.id, state=JobState.CANCELLED)
    assert not await ctx.jobs.imports.has_credentials(job.id)
    with pytest.raises(NotFound):
        await api.subscribers.get("user/1 ü")


async def test_plan_and_calls_are_on_record_with_their_counts(
    small: AppContext, operator: Visit, tmp_path: Path
) -> None:
    job = await run(small, operator, await planned(small, operator, tmp_path, FILE))
    lines = [line for line in await small.audit.page() if line.outcome is Outcome.DONE]
    calls = [line for line in lines if line.name == "people.imported"]
    assert sorted(line.action_id for line in calls) == [f"{job.id}-{number}" for number in (1, 2, 3)]
    assert {str(line.after) for line in calls} <= {
        str({"created": number, "updated": 0, "failed": 0}) for number in (10, 3)
    }
    (plan,) = [line for line in lines if line.name == "import.planned"]
    assert plan.before == {"file": "people.csv", "create": len(IDS)}
