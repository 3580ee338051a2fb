"""Show again that it is really you: throttled like a sign-in, and on record."""

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.auth.passwords import WrongPassword
from dashboard.auth.proofs import FOR
from dashboard.auth.throttle import TooManyTries
from dashboard.context import AppContext, Visit


async def prove(ctx: AppContext, visit: Visit, *, password: str) -> None:
    """Good for five minutes of secrets and accounts. Raises WrongPassword, TooManyTries or TooBusy."""
    await _prove(ctx, visit, operator=visit.actor, by=visit, password=password)


@action("own.proved", needs=Permission.READ)
async def _prove(ctx: AppContext, deed: Deed, *, operator: str, by: Visit, password: str) -> None:
    wait = await ctx.throttle.try_now(operator, by.address)
    if wait:
        raise TooManyTries(wait)
    if await ctx.operators.check(operator, password) is None:
        raise WrongPassword
    await ctx.throttle.succeeded(operator, by.address)
    ctx.proofs.note(by.session_id)
    deed.after = {"minutes": FOR.seconds // 60}
