"""Sign in by link, or by name and password: throttled, on record, the same No for everybody."""

import uuid

from starlette.types import Scope

from dashboard import paths
from dashboard.audit import Event, Outcome
from dashboard.auth import Operator, Role, Session
from dashboard.auth.checking import checked
from dashboard.auth.cookies import cookie_of
from dashboard.auth.halfway import Halfway, Then, mark_of
from dashboard.auth.links import LOCAL_ACTOR, LinkRefused
from dashboard.auth.one_time_codes import new_key
from dashboard.auth.passwords import TooBusy, WrongPassword
from dashboard.auth.requests import address_of
from dashboard.auth.throttle import TooManyTries
from dashboard.auth.tokens import token_id
from dashboard.context import AppContext
from dashboard.doors.turned_away import TurnedAway


class SigningIn:
    """Each way returns the token of a new session for the browser, or raises a Refusal."""

    def __init__(self, ctx: AppContext, turned_away: TurnedAway) -> None:
        self._ctx = ctx
        self._turned_away = turned_away

    async def by_password(
        self, scope: Scope, name: str, password: str, *, then: Then = Then.ENTER, wanted: str = paths.HOME
    ) -> str | Halfway:
        """Halfway, where a second factor is asked for or to be set up.

        Raises WrongPassword, TooManyTries or TooBusy.
        """
        operators, address = self._ctx.operators, address_of(scope)
        try:
            operator = await checked(
                operators, self._ctx.throttle, name=name, address=address, password=password
            )
        except TooManyTries:
            await self._turned_away(scope, "too many wrong sign-ins")
            raise
        except TooBusy:
            await self._turned_away(scope, "too many sign-ins at once")
            raise
        except WrongPassword:
            subject = name if await operators.has(name) else ""
            await self.record(scope, "operator.sign_in_refused", Outcome.REFUSED, subject=subject)
            raise
        half = await self._halfway(operator, then, wanted)
        return half or await self.enter(scope, operator, how="password")

    async def by_link(self, scope: Scope, token: str) -> str:
        """Raises LinkRefused, also when somebody has an account by now, or comes by single sign-on."""
        if self._ctx.settings.oidc_issuer is not None or await self._ctx.operators.any():
            raise LinkRefused
        session = await self._ctx.links.redeem(token)
        await self._end_former(scope)
        who = {"actor": LOCAL_ACTOR, "role": Role.ADMIN.value}
        await self.record(scope, "operator.signed_in", Outcome.DONE, **who, detail="one-time link")
        return session

    async def refused(self, scope: Scope, reason: str) -> None:
        """Somebody came from the identity provider and was not let in."""
        await self.record(scope, "operator.sign_in_refused", Outcome.REFUSED, detail=reason)

    async def enter(self, scope: Scope, operator: Operator, *, how: str) -> str:
        """A session for somebody who has just shown all that is asked here. Raises WrongPassword."""
        token = await self.open_for(scope, operator, how=how)
        self._ctx.proofs.note(token_id(token))
        return token

    async def open_for(self, scope: Scope, operator: Operator, *, how: str) -> str:
        """A session for somebody who has shown who they are.

        Raises WrongPassword when the account was locked or changed while that took its time.
        """
        who = {"actor": operator.name, "role": operator.role.value}
        token = await self._ctx.sessions.create(operator.name, operator.role)
        if not await self._ctx.operators.is_unchanged(operator):
            await self._ctx.sessions.end(token_id(token))
            await self.record(scope, "operator.sign_in_refused", Outcome.REFUSED, subject=operator.name)
            raise WrongPassword
        await self._end_former(scope)
        await self.record(scope, "operator.signed_in", Outcome.DONE, **who, detail=how)
        return token

    async def out(self, scope: Scope, session: Session) -> None:
        """End the session, in every open tab."""
        await self._ctx.sessions.end(session.id)
        await self.record(
            scope, "operator.signed_out", Outcome.DONE, actor=session.actor, role=session.role.value
        )

    async def _end_former(self, scope: Scope) -> None:
        """Whoever signs in anew gives up the session that this browser held until now."""
        token = cookie_of(scope)
        former = await self._ctx.sessions.find(token, counts_as_use=False) if token else None
        if former:
            await self.out(scope, former)

    async def record(self, scope: Scope, name: str, outcome: Outcome, **values: str) -> None:
        """What was typed as a name is written down only if it is one: it may be a misplaced password."""
        told = {"action_id": str(uuid.uuid4()), "actor": "", "role": "", "session_id": "", **values}
        await self._ctx.audit.append(Event(name=name, outcome=outcome, address=address_of(scope), **told))

    async def _halfway(self, operator: Operator, then: Then, wanted: str) -> Halfway | None:
        """What comes after the password, if anything does."""
        factor = await self._ctx.second_factors.of(operator.name)
        if factor is None and then is not Then.SET_UP and not self._ctx.settings.require_second_factor:
            return None
        key = "" if factor else new_key()
        return Halfway(operator.name, mark_of(operator, factor), then, wanted, key)
