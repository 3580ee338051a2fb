"""Taking people out needs the right to, secrets in full a second one; either is on record under its name."""

import pytest

from api_client import ChannelCredentials, NewSubscriber, SubscriberClient
from dashboard.actions import NotAllowed
from dashboard.actions.exports import export_people
from dashboard.audit import Outcome
from dashboard.auth import Permission, Policy, Reveals
from dashboard.auth.permissions import PERMISSIONS
from dashboard.context import AppContext, Visit
from dashboard.csv_io import COLUMNS, DEFAULT_COLUMNS, ExportPlan

IN_FULL = ExportPlan(columns=(*DEFAULT_COLUMNS, COLUMNS["credentialsInFull"]))


async def written(ctx: AppContext, visit: Visit, plan: ExportPlan) -> str:
    return (await export_people(ctx, visit, subject="everyone", plan=plan)).path.read_text("utf-8")


@pytest.fixture(autouse=True)
async def ada(api: SubscriberClient) -> None:
    await api.subscribers.create(NewSubscriber(subscriber_id="ada"))
    await api.credentials.replace("ada", "fcm", ChannelCredentials(device_tokens=("a-secret-token",)))


async def test_a_viewer_takes_nothing_out(ctx: AppContext, viewer: Visit) -> None:
    with pytest.raises(NotAllowed):
        await written(ctx, viewer, ExportPlan())
    assert list(ctx.exports.folder.iterdir()) == []


async def test_an_export_holds_no_secret_unless_it_was_asked_for(ctx: AppContext, operator: Visit) -> None:
    assert "a-secret-token" not in await written(ctx, operator, ExportPlan(columns=DEFAULT_COLUMNS))
    assert "a-secret-token" in await written(ctx, operator, IN_FULL)
    names = [line.name for line in await ctx.audit.page() if line.outcome is Outcome.DONE]
    assert sorted(names) == ["subscribers.exported", "subscribers.exported_with_secrets"]


async def test_who_may_not_reveal_may_not_export_secrets(ctx: AppContext, operator: Visit) -> None:
    await ctx.policies.decide(Policy(reveals=Reveals.NOBODY))
    assert await written(ctx, operator, ExportPlan(columns=DEFAULT_COLUMNS))
    with pytest.raises(NotAllowed):
        await written(ctx, operator, IN_FULL)


def test_whoever_may_reveal_may_export() -> None:
    assert all(Permission.EXPORT in rights for rights in PERMISSIONS.values() if Permission.REVEAL in rights)
