"""Take people out to a file: permitted, and on record."""

from collections.abc import Callable

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.csv_io import Exported, ExportPlan, Progress, export


@action("subscribers.exported", needs=Permission.EXPORT)
async def export_people(
    ctx: AppContext,
    deed: Deed,
    *,
    subject: str,
    plan: ExportPlan,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Exported:
    """Write everyone who matches `plan` to a complete file or to none; `subject` words the search."""
    deed.before = {"search": subject, "columns": [column.key for column in plan.columns]}
    done = await export(ctx.reader, plan, folder=ctx.exports.folder, on_progress=on_progress)
    deed.after = {"rows": done.rows, "format": done.format.value}
    return done
