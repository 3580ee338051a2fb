"""What everybody may do about their own account: show who they are, change the password, end the sessions."""

from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.auth.checking import checked
from dashboard.auth.proofs import FOR
from dashboard.context import AppContext, Visit


async def prove(ctx: AppContext, visit: Visit, *, password: str) -> None:
    """Good for five minutes of secrets and accounts. Raises WrongPassword, TooManyTries or TooBusy."""
    await _prove(ctx, visit, operator=visit.actor, by=visit, password=password)


async def change_password(ctx: AppContext, visit: Visit, *, current: str, new: str) -> None:
    """Ends all sessions of this operator, the present one too.

    Raises WrongPassword, TooManyTries, TooBusy, WeakPassword or SignsInElsewhere.
    """
    await _change_password(ctx, visit, operator=visit.actor, by=visit, current=current, new=new)


async def sign_out_everywhere(ctx: AppContext, visit: Visit) -> None:
    """Ends all sessions of this operator, the present one too."""
    await _end_sessions(ctx, visit, operator=visit.actor)


@action("own.proved", needs=Permission.READ)
async def _prove(ctx: AppContext, deed: Deed, *, operator: str, by: Visit, password: str) -> None:
    await _check(ctx, operator, by.address, password)
    ctx.proofs.note(by.session_id)
    deed.after = {"minutes": FOR.seconds // 60}


@action("own.password_changed", needs=Permission.READ)
async def _change_password(
    ctx: AppContext, deed: Deed, *, operator: str, by: Visit, current: str, new: str
) -> None:
    await _check(ctx, operator, by.address, current)
    await ctx.operators.set_password(operator, new)
    deed.after = {"sessionsEnded": True}


@action("own.sessions_ended", needs=Permission.READ)
async def _end_sessions(ctx: AppContext, deed: Deed, *, operator: str) -> None:
    found = (await ctx.sessions.open_now()).get(operator)
    await ctx.sessions.end_all_of(operator)
    deed.after = {"ended": found.number if found else 0}


async def _check(ctx: AppContext, operator: str, address: str, password: str) -> None:
    """Throttled like a sign-in: an open page is no way around the waiting."""
    await checked(ctx.operators, ctx.throttle, name=operator, address=address, password=password)
