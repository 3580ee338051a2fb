"""Jobs whose replica is gone go on here, in the name of whoever began them, while that session lives."""

from dashboard.actions import bulk
from dashboard.context import AppContext, Visit
from dashboard.jobs.leases import Orphan
from dashboard.refusals import Refusal


async def take_over(ctx: AppContext) -> None:
    """Renew our own leases and go on with what nobody renews; called every few seconds."""
    await ctx.jobs.leases.renew()
    for orphan in await ctx.jobs.leases.orphans():
        await _go_on(ctx, orphan)


async def _go_on(ctx: AppContext, orphan: Orphan) -> None:
    """Through the same gate as by hand; refused there, it stays paused and says why."""
    session = await ctx.sessions.alive(orphan.session_id, counts_as_use=False)
    job = await ctx.jobs.find(orphan.job_id)
    if session is None or job is None:
        return
    visit = Visit(session.actor, session.id, session.role, address=orphan.address)
    try:
        await bulk.begin(ctx, visit, job)
    except Refusal:
        return
