"""Everyone who was turned away is on record, but nobody can fill the log by knocking."""

import uuid
from collections import OrderedDict
from datetime import datetime, timedelta

from starlette.types import Scope

from dashboard.audit import AuditLog, Event, NotRecorded, Outcome
from dashboard.auth.cookies import cookie_of
from dashboard.auth.requests import address_of
from dashboard.auth.sessions import Sessions
from dashboard.clock import Clock
from dashboard.doors.pages import session_of

MOST_A_MINUTE = 30  # of one address; more are turned away all the same, without a line each
MOST_ADDRESSES = 1000


class TurnedAway:
    """Writes the line. Called as `await turned_away(scope, reason)`; never raises."""

    def __init__(
        self, audit: AuditLog, sessions: Sessions, clock: Clock, *, most_a_minute: int = MOST_A_MINUTE
    ) -> None:
        self._audit, self._sessions, self._clock = audit, sessions, clock
        self._most = most_a_minute
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    async def __call__(self, scope: Scope, reason: str) -> None:
        address = address_of(scope)
        if not self._has_room(address):
            return
        session = session_of(scope)
        actor = session.actor if session else await self._sessions.owner(cookie_of(scope) or "")
        event = Event(
            name="door.refused",
            outcome=Outcome.REFUSED,
            action_id=str(uuid.uuid4()),
            actor=actor,
            role=session.role.value if session else "",
            session_id=session.id if session else "",
            subject=f"{scope.get('method', scope['type']).upper()} {scope['path']}",
            detail=reason,
            address=address,
        )
        try:
            await self._audit.append(event)
        except NotRecorded:
            return  # the door stays closed; whoever is inside hears of a broken log at the next deed

    def _has_room(self, address: str) -> bool:
        now = self._clock.now()
        since, count = self._counts.pop(address, (now, 0))
        if now - since >= timedelta(minutes=1):
            since, count = now, 0
        self._counts[address] = (since, count + 1)
        if len(self._counts) > MOST_ADDRESSES:
            self._counts.popitem(last=False)
        return count < self._most
