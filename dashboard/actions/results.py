"""Download the result of a bulk job: it names people, so it is permitted and audited like any export."""

from collections.abc import Awaitable, Callable

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.exports import ExportFile


@action("bulk.result_exported", needs=Permission.EXPORT)
async def take_result(
    ctx: AppContext,  # noqa: ARG001 - every action has it
    deed: Deed,
    *,
    job_id: str,  # noqa: ARG001 - names the job in the log
    write: Callable[[], Awaitable[ExportFile]],
) -> ExportFile:
    """`write` makes the file."""
    done = await write()
    deed.after = {"file": done.name}
    return done
