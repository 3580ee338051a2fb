"""The step after the password: a code where there is a second factor, or setting one up; on record."""

import uuid
from dataclasses import replace

from starlette.types import Scope

from dashboard.audit import Outcome
from dashboard.auth import Operator
from dashboard.auth.halfway import Halfway, Halfways, NotHalfway, Then, mark_of
from dashboard.auth.one_time_codes import new_key
from dashboard.auth.passwords import WrongPassword
from dashboard.auth.requests import address_of
from dashboard.auth.second_factors import SecondFactor, WrongCode
from dashboard.auth.throttle import TooManyTries
from dashboard.context import AppContext
from dashboard.doors.signing_in import SigningIn
from dashboard.doors.turned_away import TurnedAway
from dashboard.refusals import Refusal


class SecondStep:
    """Whoever is halfway has no session; each way returns the token of one, or what is asked next."""

    def __init__(
        self, ctx: AppContext, signing_in: SigningIn, turned_away: TurnedAway, *, secret: str
    ) -> None:
        self._ctx, self._signing_in, self._turned_away = ctx, signing_in, turned_away
        self._halfways = Halfways(secret, ctx.clock)

    def kept(self, half: Halfway) -> str:
        """What the browser keeps meanwhile."""
        return self._halfways.sealed(half)

    async def read(self, kept: str) -> Halfway:
        """Raises NotHalfway, also when the account is not as it was at the password."""
        half = self._halfways.read(kept)
        await self._account(half)
        return half

    async def by_code(self, scope: Scope, half: Halfway, code: str) -> str | Halfway:
        """Raises TooManyTries, WrongCode, KeyLost or NotHalfway."""
        operator, _ = await self._account(half)
        is_recovery = await self._checked(scope, half.name, code)
        if half.then is Then.SET_UP:
            return replace(half, key=new_key())
        if half.then is Then.TURN_OFF and not self._ctx.settings.require_second_factor:
            await self._turn_off(scope, operator)
        how = "recovery code" if is_recovery else "code"
        return await self._enter(scope, half, operator, how)

    async def set_up(self, scope: Scope, half: Halfway, code: str) -> tuple[str, Halfway]:
        """The token of a session, and what the browser keeps to show the recovery codes.

        Raises WrongCode or NotHalfway.
        """
        operator, former = await self._account(half)
        about = _about(operator)
        instead_of = former.mark if former else ""
        await self._signing_in.record(scope, "own.second_factor_turned_on", Outcome.BEGUN, **about)
        try:
            codes = await self._ctx.second_factors.turn_on(half.name, half.key, code, instead_of=instead_of)
        except WrongCode:
            await self._signing_in.record(
                scope, "own.second_factor_turned_on", Outcome.FAILED, **about, detail="WrongCode"
            )
            raise
        await self._signing_in.record(scope, "own.second_factor_turned_on", Outcome.DONE, **about)
        token = await self._enter(scope, half, operator, "code")
        mark = mark_of(operator, await self._ctx.second_factors.of(half.name))
        return token, replace(half, mark=mark, key="", codes=codes)

    async def _enter(self, scope: Scope, half: Halfway, operator: Operator, how: str) -> str:
        try:
            return await self._signing_in.enter(scope, operator, how=f"password and {how}")
        except WrongPassword:  # locked or changed in this very moment
            raise NotHalfway(half.wanted) from None

    async def _turn_off(self, scope: Scope, operator: Operator) -> None:
        about = _about(operator)
        await self._signing_in.record(scope, "own.second_factor_turned_off", Outcome.BEGUN, **about)
        await self._ctx.second_factors.turn_off(operator.name)
        await self._signing_in.record(scope, "own.second_factor_turned_off", Outcome.DONE, **about)

    async def _checked(self, scope: Scope, name: str, code: str) -> bool:
        """Whether it was a recovery code; each use of one is on record, and each refusal."""
        try:
            is_recovery = await self._ctx.second_factors.use(name, address_of(scope), code)
        except TooManyTries:
            await self._turned_away(scope, "too many wrong codes")
            raise
        except Refusal as refusal:
            reason = type(refusal).__name__
            await self._signing_in.record(
                scope, "operator.code_refused", Outcome.REFUSED, subject=name, detail=reason
            )
            raise
        if is_recovery:
            await self._signing_in.record(scope, "operator.recovery_code_used", Outcome.DONE, subject=name)
        return is_recovery

    async def _account(self, half: Halfway) -> tuple[Operator, SecondFactor | None]:
        """As it stands; raises NotHalfway when it is not as it was at the password."""
        operator = await self._ctx.operators.get(half.name)
        factor = await self._ctx.second_factors.of(half.name)
        if operator is None or mark_of(operator, factor) != half.mark:
            raise NotHalfway(half.wanted)
        return operator, factor


async def end_weaker_sessions(ctx: AppContext) -> None:
    """From when on a second factor is required, nobody stays in without one. Call at the start."""
    if not ctx.settings.require_second_factor:
        return
    having = await ctx.second_factors.all()
    for one in await ctx.operators.all():
        if not one.is_federated and one.name not in having:
            await ctx.sessions.end_all_of(one.name)


def _about(operator: Operator) -> dict[str, str]:
    """The lines of one deed belong together."""
    return {"action_id": str(uuid.uuid4()), "actor": operator.name, "role": operator.role.value}
