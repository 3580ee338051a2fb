"""An import as it was planned: written down row by row, so that it can run, stop and go on."""

from collections.abc import Iterator

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext, Visit
from dashboard.csv_io.incoming.plan import Plan
from dashboard.csv_io.incoming.spool import PlannedRow, Verdict, read_plan
from dashboard.jobs import Kind, NewRow, RowState
from dashboard.jobs import Plan as JobPlan

_STATES = {
    Verdict.CREATE: RowState.WAITING,
    Verdict.CHANGE: RowState.WAITING,
    Verdict.SAME: RowState.SAME,
    Verdict.REFUSED: RowState.REFUSED,
    Verdict.LEFT_OUT: RowState.LEFT_OUT,
}
SAME = "has all of this already"


async def plan_import(ctx: AppContext, visit: Visit, *, plan: Plan, file: str, subject: str) -> str:
    """Write an import down; nothing is sent yet. Returns the job's id.

    Raises NotAllowed where it would write credentials and the role does not include that.
    """
    write = _with_credentials if plan.entries else _without_credentials
    return await write(ctx, visit, plan=plan, file=file, subject=subject, actor=visit.actor)


async def _plan(ctx: AppContext, deed: Deed, *, plan: Plan, file: str, subject: str, actor: str) -> str:
    deed.before = {"file": file, **{verdict.value: count for verdict, count in plan.counts.items()}}
    job = JobPlan(kind=Kind.IMPORT, people=(), subject=subject, actor=actor, value=file)
    job_id = await ctx.jobs.add_import(job, _rows(plan))
    deed.after = {"job": job_id}
    return job_id


_without_credentials = action("import.planned", needs=Permission.WRITE)(_plan)
_with_credentials = action("import.planned_with_credentials", needs=Permission.IMPORT_CREDENTIALS)(_plan)


def _rows(plan: Plan) -> Iterator[NewRow]:
    for row in read_plan(plan.path):
        state = _STATES[row.verdict]
        yield NewRow(
            row.line,
            row.subscriber_id,
            row.name or row.subscriber_id or f"line {row.line:,}",
            state,
            _note(row),
            row.body if state is RowState.WAITING else {},
            row.reach if state is RowState.WAITING else {},
            row.before,
        )


def _note(row: PlannedRow) -> str:
    if row.verdict is Verdict.SAME:
        return SAME
    return f"Line {row.line:,}: {row.reason}" if row.reason else ""
