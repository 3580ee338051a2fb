"""Jobs whose replica is gone go on here, in the name of whoever began them, while that session lives."""

from dashboard.actions import bulk
from dashboard.context import AppContext, Visit
from dashboard.jobs.leases import Orphan
from dashboard.refusals import Refusal


async def watch_jobs(ctx: AppContext) -> None:
    """Called every few seconds. Without replicas, what nobody renews waits until somebody resumes it."""
    if ctx.jobs.is_shared:
        await take_over(ctx)
    else:
        await ctx.jobs.renew()
        await ctx.jobs.recover()


async def take_over(ctx: AppContext) -> None:
    """Renew our own leases and go on with what nobody renews."""
    await ctx.jobs.renew()
    for orphan in await ctx.jobs.leases.orphans():
        await _go_on(ctx, orphan)


async def _go_on(ctx: AppContext, orphan: Orphan) -> None:
    """Through the same gate as by hand; refused there, it stays paused and says why."""
    session = await ctx.sessions.alive(orphan.name.session_id, counts_as_use=False)
    job = await ctx.jobs.find(orphan.job_id)
    if session is None or job is None:
        return
    visit = Visit(session.actor, session.id, session.role, address=orphan.name.address)
    try:
        await bulk.begin(ctx, visit, job)
    except bulk.NothingToDo:
        return  # somebody else was quicker
    except Refusal as refusal:
        await ctx.jobs.explain(job.id, refusal.user_text)
