"""The one way to a change: live session, permission, read-only, a line before, the deed, a line after."""

import asyncio
import functools
import uuid
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from api_client import INTERACTIVE, ApiError, CallOptions, OutcomeUnknown
from dashboard.audit import AuditLog, Event, Outcome
from dashboard.auth import Permission
from dashboard.auth.permissions import ASKS_AGAIN, CHANGES_DATA, TELLS_OR_CHANGES
from dashboard.context import AppContext, Visit
from dashboard.observing import request_ids
from dashboard.refusals import Liftable, Refusal, Then

P = ParamSpec("P")
R = TypeVar("R")


class SignedOut(Refusal):
    """The operator's session is over; what is on the screen is still there."""

    def __init__(self) -> None:
        super().__init__(
            "You are signed out, so nothing was changed. Sign in again in another tab, then repeat."
        )


class NotAllowed(Refusal):
    """The operator's role lacks the permission."""

    def __init__(self, needs: Permission) -> None:
        super().__init__(f"Your role does not include the right to {needs.value}. Ask an administrator.")
        self.needs = needs


class ReadOnly(Refusal):
    """The dashboard was started read-only."""

    def __init__(self) -> None:
        super().__init__("This dashboard is set to read-only (DASHBOARD_READ_ONLY), so nothing was changed.")


class Masked(Refusal):
    """Personal data is masked for this visit, so what is on the screen is not what would be saved."""

    def __init__(self) -> None:
        super().__init__(
            "Personal data is masked, so nothing is changed, revealed or exported. Show it first."
        )


class ProveAgain(Liftable):
    """The session is open, but who sits in front of it may be another one by now."""

    def __init__(self, ask: Callable[[Then], None] | None) -> None:
        super().__init__("Show first that it is still you: sign in again, then repeat.", ask)


class ProductionLocked(Refusal):
    """The environment is production and nobody has unlocked it."""

    def __init__(self) -> None:
        super().__init__(
            "Production is locked, so nothing was changed. Unlock it for 15 minutes in the band at the top."
        )


class Deed:
    """One action under way: its id, and what its audit line is to say."""

    def __init__(self, action_id: str, calls: CallOptions = INTERACTIVE) -> None:
        self.id = action_id
        self._calls = calls
        self.before: object = None
        self.after: object = None
        self.request_ids: deque[str] = deque(maxlen=20)

    def options(self, step: str = "") -> CallOptions:
        """Options for a write of this action. A second write of the same action needs a `step` of its own."""
        return self._calls.keyed(f"{self.id}-{step}" if step else self.id)


def action(
    name: str, *, needs: Permission
) -> Callable[
    [Callable[Concatenate[AppContext, Deed, P], Coroutine[Any, Any, R]]],
    Callable[Concatenate[AppContext, Visit, P], Coroutine[Any, Any, R]],
]:
    """Make `f(ctx, deed, *, subscriber_id, …)` an action, called as `f(ctx, visit, *, subscriber_id, …)`.

    Raises SignedOut, NotAllowed, ProveAgain, Masked, ReadOnly or ProductionLocked before anything is sent,
    each with its line.
    Without a line before there is no deed. The line after is written also when it fails or is cancelled.
    """

    def wrap(
        deed_function: Callable[Concatenate[AppContext, Deed, P], Coroutine[Any, Any, R]],
    ) -> Callable[Concatenate[AppContext, Visit, P], Coroutine[Any, Any, R]]:
        @functools.wraps(deed_function)
        async def guarded(ctx: AppContext, visit: Visit, *args: P.args, **kwargs: P.kwargs) -> R:
            event = await _admitted(ctx, _begun(name, visit, _subject(kwargs)), needs)
            if needs in ASKS_AGAIN and not ctx.proofs.is_fresh(event.actor, event.session_id):
                await _refuse(ctx, event, ProveAgain(ctx.asks))
            deed = Deed(event.action_id, visit.calls)
            heard = replace(ctx, api=ctx.api.heard_by(deed.request_ids.append))
            async with _OnRecord(ctx.audit, event, deed):
                return await deed_function(heard, deed, *args, **kwargs)

        return guarded

    return wrap


async def admit(ctx: AppContext, visit: Visit, name: str, *, needs: Permission) -> None:
    """For looking at what not everybody may see: nothing is written down unless it is refused."""
    await _admitted(ctx, _begun(name, visit, ""), needs)


def _subject(named: Mapping[str, object]) -> str:
    """Whom or what an action is about, by the names that actions give it."""
    return next((str(named[name]) for name in ("subscriber_id", "operator", "job_id") if name in named), "")


def _begun(name: str, visit: Visit, subject: str) -> Event:
    return Event(
        name=name,
        outcome=Outcome.BEGUN,
        action_id=visit.gesture or str(uuid.uuid4()),
        actor=visit.actor,
        role=visit.role.value,
        session_id=visit.session_id,
        subject=subject,
        address=visit.address,
    )


async def _admitted(ctx: AppContext, event: Event, needs: Permission) -> Event:
    """The event in the name of the live session, for the page's own idea of its visitor may be old."""
    session = await ctx.sessions.alive(event.session_id)
    if session is None:
        await _refuse(ctx, event, SignedOut())
    else:
        event = replace(event, actor=session.actor, role=session.role.value)
        policy = await ctx.policies.refresh()
        if not policy.allows(session.role, needs):
            await _refuse(ctx, event, NotAllowed(needs))
        if needs in TELLS_OR_CHANGES and ctx.hides():
            await _refuse(ctx, event, Masked())
        if ctx.settings.read_only and needs in CHANGES_DATA:
            await _refuse(ctx, event, ReadOnly())
        if needs in CHANGES_DATA and await ctx.lock.is_locked():
            await _refuse(ctx, event, ProductionLocked())
    return event


async def _refuse(ctx: AppContext, event: Event, refusal: Refusal) -> None:
    await ctx.audit.append(replace(event, outcome=Outcome.REFUSED, detail=type(refusal).__name__))
    raise refusal


class _OnRecord:
    """Writes the line before and, however the deed ends, the line after."""

    def __init__(self, audit: AuditLog, event: Event, deed: Deed) -> None:
        self._audit = audit
        self._event = event
        self._deed = deed

    async def __aenter__(self) -> None:
        await self._audit.append(self._event)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._audit.append(
            replace(
                self._event,
                outcome=_outcome(error),
                before=self._deed.before,
                after=self._deed.after,
                detail=_detail(error),
                request_id=_request_ids(self._deed, error),
            )
        )


def _request_ids(deed: Deed, error: BaseException | None) -> str:
    """Those of all calls of the deed, the last one first: where it failed, that is the one to ask about.

    A server that gives none was given ours with each call.
    """
    last = [error.request_id] if isinstance(error, ApiError) and error.request_id else []
    return " ".join(dict.fromkeys([*last, *reversed(deed.request_ids)])) or request_ids.current()


def _outcome(error: BaseException | None) -> Outcome:
    if error is None:
        return Outcome.DONE
    if isinstance(error, OutcomeUnknown):
        return Outcome.UNKNOWN
    return Outcome.CANCELLED if isinstance(error, asyncio.CancelledError) else Outcome.FAILED


def _detail(error: BaseException | None) -> str:
    """What happened, in words of our own: other errors' texts may hold anything."""
    if isinstance(error, ApiError):
        return f"{type(error).__name__}: {error.user_text}"
    return "" if error is None else type(error).__name__
