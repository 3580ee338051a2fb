"""Let people in, change what they may do, throw them out: permitted, and on record by their name."""

from dashboard.actions.gate import Deed, action
from dashboard.auth import Operator, Permission, Policy, Role
from dashboard.auth.operators import FirstIsAdmin, NoSuchOperator
from dashboard.context import AppContext, Visit
from dashboard.refusals import Refusal

LONGEST_REASON = 500


class NoReason(Refusal):
    """Why somebody's second factor is taken off is a part of the record."""

    def __init__(self) -> None:
        super().__init__("Say briefly why, and how you know that it is them; it goes on record.")


class NotOnesOwn(Refusal):
    """With the password alone nobody takes off the second factor of the account that is open."""

    def __init__(self) -> None:
        super().__init__("Turn off your own second factor under your account, where a code is asked for.")


@action("operator.added", needs=Permission.OPERATORS)
async def add(ctx: AppContext, deed: Deed, *, operator: str, role: Role, password: str) -> None:
    """Raises BadName, NameTaken, WeakPassword, or FirstIsAdmin."""
    if role is not Role.ADMIN and not await ctx.operators.any():
        raise FirstIsAdmin
    await ctx.operators.add(operator, role, password)
    deed.after = {"role": role.value}


@action("operator.role_set", needs=Permission.OPERATORS)
async def set_role(ctx: AppContext, deed: Deed, *, operator: str, role: Role) -> None:
    """Ends that person's sessions. Raises NoSuchOperator, LastAdmin."""
    deed.before = {"role": (await _known(ctx, operator)).role.value}
    await ctx.operators.set_role(operator, role)
    deed.after = {"role": role.value}


@action("operator.password_set", needs=Permission.OPERATORS)
async def set_password(ctx: AppContext, deed: Deed, *, operator: str, password: str) -> None:
    """Ends that person's sessions; the log says nothing about the password. Raises WeakPassword."""
    await ctx.operators.set_password(operator, password)
    deed.after = {"sessionsEnded": True}


@action("operator.second_factor_reset", needs=Permission.OPERATORS)
async def reset_second_factor(ctx: AppContext, deed: Deed, *, operator: str, reason: str, by: Visit) -> None:
    """Ends that person's sessions. Raises NoSecondFactor, NoReason, or NotOnesOwn."""
    if operator == by.actor:
        raise NotOnesOwn
    if not reason.strip():
        raise NoReason
    await ctx.second_factors.turn_off(operator)
    deed.after = {"reason": reason.strip()[:LONGEST_REASON], "sessionsEnded": True}


@action("operator.locked", needs=Permission.OPERATORS)
async def lock(ctx: AppContext, deed: Deed, *, operator: str) -> None:
    """Out at once, and not in again. Raises NoSuchOperator, LastAdmin."""
    deed.before = {"locked": (await _known(ctx, operator)).is_locked}
    await ctx.operators.lock(operator)
    deed.after = {"locked": True}


@action("operator.unlocked", needs=Permission.OPERATORS)
async def unlock(ctx: AppContext, deed: Deed, *, operator: str) -> None:
    """Raises NoSuchOperator."""
    deed.before = {"locked": (await _known(ctx, operator)).is_locked}
    await ctx.operators.unlock(operator)
    deed.after = {"locked": False}


@action("operator.sessions_ended", needs=Permission.OPERATORS)
async def end_sessions(ctx: AppContext, deed: Deed, *, operator: str) -> None:
    """Out at once, in every open tab; signing in again is allowed."""
    found = (await ctx.sessions.open_now()).get(operator)
    await ctx.sessions.end_all_of(operator)
    deed.after = {"ended": found.number if found else 0}


@action("operator.policy_set", needs=Permission.OPERATORS)
async def decide(ctx: AppContext, deed: Deed, *, policy: Policy) -> None:
    """Who may reveal secrets, and whether viewers see personal data; holds at once, for everybody."""
    deed.before = _told(await ctx.policies.refresh())
    await ctx.policies.decide(policy)
    deed.after = _told(policy)


def _told(policy: Policy) -> dict[str, str | bool]:
    return {"reveals": policy.reveals.value, "masksForViewers": policy.masks_for_viewers}


async def _known(ctx: AppContext, name: str) -> Operator:
    found = next((one for one in await ctx.operators.all() if one.name == name), None)
    if found is None:
        raise NoSuchOperator
    return found
