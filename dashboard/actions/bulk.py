"""The same change for many people: planned, begun, paused, resumed; one by one through the usual actions.

Every person is an action of its own, with its audit lines and its key (`<job>-<number>-<try>`), so nothing
happens twice: a key that was used is replayed by the server, and a person who is gone counts as deleted.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from api_client import (
    BATCH,
    ApiError,
    Forbidden,
    KeyRejected,
    MarkAs,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    StillRunning,
    SubscriberPatch,
    Unreachable,
)
from dashboard.actions import messages, subscribers
from dashboard.actions.gate import Deed, action
from dashboard.actions.import_run import ImportRun
from dashboard.actions.waiting import BUSY_S, Sleep, wait_running
from dashboard.auth import Permission
from dashboard.context import AppContext, Visit
from dashboard.jobs import Job, JobRow, JobState, Kind, Plan, RowState
from dashboard.jobs.leases import Name
from dashboard.refusals import Refusal

AT_ONCE = 4
Result = tuple[RowState, str]


class NothingToDo(Refusal):
    """The job is running already, over, or forgotten."""

    def __init__(self) -> None:
        super().__init__(
            "This job is running already, has come to its end, or is too old to go on. "
            "Reload to see how it stands."
        )


async def _plan(ctx: AppContext, deed: Deed, *, plan: Plan) -> str:
    """Write a job down; nothing is changed yet. Returns its id."""
    deed.before = {"search": plan.subject, "people": len(plan.people)}
    job_id = await ctx.jobs.add(plan)
    deed.after = {"job": job_id, "kind": plan.kind.value, "value": plan.value}
    return job_id


plan_deletion = action("bulk.deletion_planned", needs=Permission.DELETE)(_plan)
plan_change = action("bulk.change_planned", needs=Permission.WRITE)(_plan)


@action("bulk.begun", needs=Permission.WRITE)
async def _begin(ctx: AppContext, deed: Deed, *, job_id: str, again: bool, name: Name) -> None:
    deed.after = {"job": job_id, "again": again}
    if not await ctx.jobs.begin(job_id, again=again, name=name):
        raise NothingToDo


async def begin(ctx: AppContext, visit: Visit, job: Job, *, again: bool = False) -> None:
    """Start or resume a job in the background; `again` also takes up those who failed.

    Raises NothingToDo, and StillFinishing shortly after a pause.
    """
    work = ImportRun if job.kind is Kind.IMPORT else Running
    running = work(ctx, replace(visit, calls=BATCH), job)
    async with ctx.jobs.here.beginning:
        name = Name(visit.session_id, visit.address)
        await _begin(ctx, visit, job_id=job.id, again=again, name=name)
        ctx.jobs.here.start(job.id, running.run())


@action("bulk.halted", needs=Permission.WRITE)
async def halt(ctx: AppContext, deed: Deed, *, job_id: str, state: JobState) -> None:
    """Pause or cancel; the people in flight are finished. Raises NothingToDo when it is over."""
    deed.after = {"job": job_id, "state": state.value}
    if not await ctx.jobs.halt(job_id, state, "Paused by hand." if state is JobState.PAUSED else ""):
        raise NothingToDo
    if state is JobState.CANCELLED:
        await ctx.jobs.imports.forget(job_id)


class Running:
    """One job at work: a few people at once, until there is nobody left or the job does not run any more."""

    def __init__(self, ctx: AppContext, visit: Visit, job: Job, sleep: Sleep = asyncio.sleep) -> None:
        self.ctx, self.visit, self.job, self.sleep = ctx, visit, job, sleep

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(self._work())
        finally:
            await self.ctx.jobs.end_run(self.job.id)

    async def _work(self) -> None:
        while (row := await self.ctx.jobs.take(self.job.id)) is not None:
            state, note = await self._outcome(row)
            is_deleted = self.job.kind is Kind.DELETE and state is RowState.DONE
            await self.ctx.jobs.settle(self.job.id, row.number, state, note, is_deleted=is_deleted)

    async def _outcome(self, row: JobRow) -> Result:
        """What came of one person. What stands in the way of all of them pauses the job instead."""
        gesture = f"{self.job.id}-{row.number}-{row.tries}"
        try:
            return await DEEDS[self.job.kind](
                self.ctx, replace(self.visit, gesture=gesture), row, self.job.value
            )
        except (RateLimited, StillRunning) as busy:
            await wait_running(self.ctx, self.job.id, busy.retry_after or BUSY_S, sleep=self.sleep)
            return RowState.WAITING, ""
        except (Refusal, Unreachable, KeyRejected, Forbidden) as obstacle:
            await self.ctx.jobs.pause_run(self.job.id, obstacle.user_text)
            return RowState.WAITING, ""
        except OutcomeUnknown:
            return RowState.FAILED, "No answer: it may have happened or not. Trying again is safe."
        except ApiError as error:
            return RowState.FAILED, error.user_text


async def _delete(ctx: AppContext, visit: Visit, row: JobRow, _: str) -> Result:
    try:
        await subscribers.delete(ctx, visit, subscriber_id=row.subscriber_id)
    except NotFound:
        return RowState.DONE, "was gone already"
    return RowState.DONE, "deleted"


async def _mark_read(ctx: AppContext, visit: Visit, row: JobRow, _: str) -> Result:
    changed = await messages.mark_all(ctx, visit, subscriber_id=row.subscriber_id, mark_as=MarkAs.READ)
    ctx.unseen.forget([row.subscriber_id])
    return (RowState.DONE, f"{changed:,} marked read") if changed else (RowState.SAME, "nothing was unread")


async def _set_field(ctx: AppContext, visit: Visit, row: JobRow, *, name: str, value: str) -> Result:
    before = getattr(await ctx.reader.subscribers.get(row.subscriber_id, options=BATCH), name)
    if before == value:
        return RowState.SAME, "had it already"
    change = SubscriberPatch.model_validate({name: value})
    await subscribers.patch(ctx, visit, subscriber_id=row.subscriber_id, change=change)
    return RowState.DONE, f"{before or 'nothing'} → {value}"


async def _set_locale(ctx: AppContext, visit: Visit, row: JobRow, value: str) -> Result:
    return await _set_field(ctx, visit, row, name="locale", value=value)


async def _set_timezone(ctx: AppContext, visit: Visit, row: JobRow, value: str) -> Result:
    return await _set_field(ctx, visit, row, name="timezone", value=value)


DEEDS: Mapping[Kind, Callable[[AppContext, Visit, JobRow, str], Awaitable[Result]]] = {
    Kind.DELETE: _delete,
    Kind.READ: _mark_read,
    Kind.LOCALE: _set_locale,
    Kind.TIMEZONE: _set_timezone,
}
