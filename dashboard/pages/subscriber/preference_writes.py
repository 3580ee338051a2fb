"""Changes of preferences that take several calls: the choices of many workflows, and the way back."""

from collections.abc import Mapping, Sequence

from api_client import PreferencePatch, Preferences
from dashboard.actions import preferences as actions
from dashboard.channels import ChannelKind
from dashboard.context import AppContext, Visit
from dashboard.pages.subscriber.matrix import back_to

AT_ONCE = 50
"""Workflows in one bulk change: what the oldest servers with that call take."""


async def choose(
    ctx: AppContext, visit: Visit, subscriber_id: str, choices: Mapping[str, Mapping[str, bool]]
) -> None:
    """Workflow → channels, in as few calls as the API allows."""
    chosen = list(choices.items())
    for start in range(0, len(chosen), AT_ONCE):
        part = dict(chosen[start : start + AT_ONCE])
        await actions.patch_bulk(ctx, visit, subscriber_id=subscriber_id, changes=part)


async def take_back(
    ctx: AppContext,
    visit: Visit,
    subscriber_id: str,
    *,
    old: Preferences,
    channels: Sequence[ChannelKind],
    workflow: str | None,
) -> None:
    """The old values again; after a global change also the choices per workflow that it dropped."""
    overall, own = back_to(old, tuple(channels))
    if workflow is None:
        change = PreferencePatch.model_validate({"channels": overall})
    else:
        entry = next(one for one in old.workflows if one.workflow.identifier == workflow)
        values = {channel: entry.channels.get(channel) for channel in channels}
        change = PreferencePatch.model_validate({"channels": values, "workflow_id": workflow})
    await actions.patch(ctx, visit, subscriber_id=subscriber_id, change=change)
    if workflow is None:
        await choose(ctx, visit, subscriber_id, own)
