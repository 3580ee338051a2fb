"""Change what a person wants to be told, on their behalf."""

from collections.abc import Mapping

from api_client import ChangedPreference, PreferencePatch, Preferences
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.refusals import Refusal

Channels = Mapping[str, bool]
"""Channel (`in_app`, `email`, `sms`, `chat`, `push`) → wanted."""


class HoursChanged(Refusal):
    """The quiet hours are not those that were being changed."""

    def __init__(self) -> None:
        super().__init__(
            "The quiet hours were changed elsewhere meanwhile, so nothing was sent. "
            "What is stored now is shown on the page; do it again to put yours in its place."
        )


@action("preferences.changed", needs=Permission.WRITE)
async def patch(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    change: PreferencePatch,
    expected: Preferences | None = None,
) -> Preferences:
    """Change some channels, overall or for one workflow; returns all preferences as they are afterwards.

    A schedule is stored as a whole: raises HoursChanged where it is no longer as in `expected`.
    An overall change of channels also drops the choices per workflow.
    """
    before = await ctx.api.preferences.get(subscriber_id, criticality="all")
    if change.schedule is not None and expected and expected.global_.schedule != before.global_.schedule:
        raise HoursChanged
    deed.before = _stored(before, change)
    await ctx.api.preferences.patch(subscriber_id, change, options=deed.options())
    now = await ctx.api.preferences.get(subscriber_id, criticality="all")
    deed.after = _stored(now, change)
    return now


@action("preferences.changed_in_bulk", needs=Permission.WRITE)
async def patch_bulk(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, changes: Mapping[str, Channels]
) -> tuple[ChangedPreference, ...]:
    """Change up to 100 workflows at once: workflow identifier → channels."""
    deed.after = {workflow: dict(channels) for workflow, channels in changes.items()}
    return await ctx.api.preferences.patch_bulk(subscriber_id, changes, options=deed.options())


def _stored(preferences: Preferences, change: PreferencePatch) -> object:
    """What a change is about: the schedule, a workflow's channels, or all of them."""
    if change.schedule is not None:
        return {"schedule": preferences.global_.schedule}
    by_workflow = {one.workflow.identifier: dict(one.channels) for one in preferences.workflows}
    if change.workflow_id in by_workflow:
        return {change.workflow_id: by_workflow[change.workflow_id]}
    return {"global": dict(preferences.global_.channels), "workflows": by_workflow}
