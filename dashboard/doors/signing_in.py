"""Sign in by link, or by name and password: throttled, on record, the same No for everybody."""

import uuid

from starlette.types import Scope

from dashboard.audit import Event, Outcome
from dashboard.auth import Operator, Role, Session
from dashboard.auth.checking import checked
from dashboard.auth.cookies import cookie_of
from dashboard.auth.links import LOCAL_ACTOR, LinkRefused
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

    async def by_password(self, scope: Scope, name: str, password: str) -> str:
        """Raises WrongPassword, TooManyTries or TooBusy."""
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
            await self._record(scope, "operator.sign_in_refused", Outcome.REFUSED, subject=subject)
            raise
        token = await self.open_for(scope, operator, how="password")
        self._ctx.proofs.note(token_id(token))
        return token

    async def by_link(self, scope: Scope, token: str) -> str:
        """Raises LinkRefused, also when somebody has an account by now, or comes by single sign-on."""
        if self._ctx.settings.oidc_issuer is not None or await self._ctx.operators.any():
            raise LinkRefused
        session = await self._ctx.links.redeem(token)
        await self._end_former(scope)
        who = {"actor": LOCAL_ACTOR, "role": Role.ADMIN.value}
        await self._record(scope, "operator.signed_in", Outcome.DONE, **who, detail="one-time link")
        return session

    async def refused(self, scope: Scope, reason: str) -> None:
        """Somebody came from the identity provider and was not let in."""
        await self._record(scope, "operator.sign_in_refused", Outcome.REFUSED, detail=reason)

    async def open_for(self, scope: Scope, operator: Operator, *, how: str) -> str:
        """A session for somebody who has shown who they are.

        Raises WrongPassword when the account was locked or changed while that took its time.
        """
        who = {"actor": operator.name, "role": operator.role.value}
        token = await self._ctx.sessions.create(operator.name, operator.role)
        if not await self._ctx.operators.is_unchanged(operator):
            await self._ctx.sessions.end(token_id(token))
            await self._record(scope, "operator.sign_in_refused", Outcome.REFUSED, subject=operator.name)
            raise WrongPassword
        await self._end_former(scope)
        await self._record(scope, "operator.signed_in", Outcome.DONE, **who, detail=how)
        return token

    async def out(self, scope: Scope, session: Session) -> None:
        """End the session, in every open tab."""
        await self._ctx.sessions.end(session.id)
        await self._record(
            scope, "operator.signed_out", Outcome.DONE, actor=session.actor, role=session.role.value
        )

    async def _end_former(self, scope: Scope) -> None:
        """Whoever signs in anew gives up the session that this browser held until now."""
        token = cookie_of(scope)
        former = await self._ctx.sessions.find(token, counts_as_use=False) if token else None
        if former:
            await self.out(scope, former)

    async def _record(self, scope: Scope, name: str, outcome: Outcome, **values: str) -> None:
        """What was typed as a name is written down only if it is one: it may be a misplaced password."""
        told = {"actor": "", "role": "", "session_id": "", **values}
        event = Event(
            name=name, outcome=outcome, action_id=str(uuid.uuid4()), address=address_of(scope), **told
        )
        await self._ctx.audit.append(event)
