"""Start a workflow for one person, to see whether it arrives."""

from collections.abc import Mapping
from typing import Any

from api_client import TriggerOutcome
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext


@action("workflow.triggered", needs=Permission.WRITE)
async def trigger(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, workflow: str, payload: Mapping[str, Any]
) -> TriggerOutcome:
    """Send a real message: accepted is not yet delivered. The log names the workflow, not the payload."""
    deed.after = {"workflow": workflow, "payloadKeys": sorted(payload)}
    outcome = await ctx.api.events.trigger(workflow, subscriber_id, payload, options=deed.options())
    ctx.unseen.forget([subscriber_id])
    deed.after = {"workflow": workflow, "payloadKeys": sorted(payload), "transaction": outcome.transaction_id}
    return outcome
