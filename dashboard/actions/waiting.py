"""Waits of a job: seen on its page, and cut short when it is paused or cancelled."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from dashboard.context import AppContext

SLICE_S = 0.4  # a wait is looked at this often: cancelling takes less than a second
BUSY_S = 5.0  # where the server does not say how long
Sleep = Callable[[float], Awaitable[None]]


async def wait_running(ctx: AppContext, job_id: str, seconds: float, *, sleep: Sleep = asyncio.sleep) -> bool:
    """Wait for all to see. False as soon as the job does not run here any more."""
    ctx.jobs.waits[job_id] = ctx.clock.now() + timedelta(seconds=seconds)
    try:
        while seconds > 0:
            await sleep(min(SLICE_S, seconds))
            seconds -= SLICE_S
            if not await ctx.jobs.leases.is_running(job_id):
                return False
    finally:
        ctx.jobs.waits.pop(job_id, None)
    return True
