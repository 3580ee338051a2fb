"""Unlock production for a quarter of an hour, and lock it again: permitted, and on record with the reason."""

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.lock import Unlock


@action("production.unlocked", needs=Permission.UNLOCK)
async def unlock(ctx: AppContext, deed: Deed, *, actor: str, reason: str) -> Unlock:
    """Raises NoReason."""
    deed.before = {"reason": reason}
    done = await ctx.lock.unlock(actor, reason)
    deed.after = {"reason": done.reason, "until": done.until.isoformat()}
    return done


@action("production.locked", needs=Permission.UNLOCK)
async def lock(ctx: AppContext, deed: Deed) -> None:
    """Before the time is over."""
    await ctx.lock.lock()
    deed.after = {"locked": True}
