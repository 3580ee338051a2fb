"""Export people to a file: permitted, and audited."""

from collections.abc import Callable

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext, Visit
from dashboard.csv_io import Exported, ExportPlan, Progress, export, forget_old

OnProgress = Callable[[Progress], None]


async def export_people(
    ctx: AppContext,
    visit: Visit,
    *,
    subject: str,
    plan: ExportPlan,
    on_progress: OnProgress = lambda _: None,
) -> Exported:
    """Write everyone who matches `plan` to a complete file or to none; `subject` words the search.

    A column that holds secrets needs the right to reveal them, and has a name of its own in the log.
    """
    has_secrets = any(column.is_secret for column in plan.columns)
    write = _export_with_secrets if has_secrets else _export_masked
    return await write(ctx, visit, subject=subject, plan=plan, on_progress=on_progress)


async def _export(
    ctx: AppContext, deed: Deed, *, subject: str, plan: ExportPlan, on_progress: OnProgress
) -> Exported:
    deed.before = {"search": subject, "columns": [column.key for column in plan.columns]}
    forget_old(ctx.exports.folder, ctx.clock.now())
    done = await export(ctx.reader, plan, folder=ctx.exports.folder, on_progress=on_progress)
    deed.after = {"rows": done.rows, "format": done.format.value}
    return done


_export_masked = action("subscribers.exported", needs=Permission.EXPORT)(_export)
_export_with_secrets = action("subscribers.exported_with_secrets", needs=Permission.REVEAL)(_export)
