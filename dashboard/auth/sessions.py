"""Sessions live in the database: they end everywhere at once; a browser holds nothing but an opaque id."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from dashboard.auth.permissions import Role
from dashboard.auth.tokens import TokenMaker, new_token, token_id
from dashboard.clock import Clock
from dashboard.storage import Database
from dashboard.storage.tables import SESSIONS

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
REMEMBERED = timedelta(days=7)
_TOUCH_AFTER = timedelta(minutes=1)  # a click a second is not a write a second


@dataclass(frozen=True)
class Session:
    """A live session. `id` is the hash of the token in the browser and opens nothing by itself."""

    id: str
    actor: str
    role: Role
    began_at: datetime
    seen_at: datetime

    @property
    def until(self) -> datetime:
        """When time ends it, unless it is used before."""
        return min(self.seen_at + IDLE, self.began_at + ABSOLUTE)


@dataclass(frozen=True)
class OpenSessions:
    """How many live sessions somebody has, and when the last thing was done in one of them."""

    number: int
    seen_at: datetime


class Sessions:
    """Create, find, end and expire sessions; idle for 30 minutes or 12 hours old is over."""

    def __init__(self, database: Database, clock: Clock, *, make_token: TokenMaker = new_token) -> None:
        self._database = database
        self._clock = clock
        self._make_token = make_token
        self.on_ended: Callable[[], Awaitable[None]] | None = None
        """Called after sessions were ended here; open tabs need not wait for the next look."""

    async def create(self, actor: str, role: Role) -> str:
        """Begin a session and return the token for the browser; it is shown nowhere again."""
        token, now = self._make_token(), self._clock.now()
        row = {"id": token_id(token), "actor": actor, "role": role.value, "began_at": now, "seen_at": now}
        await self._database.write(lambda connection: connection.execute(insert(SESSIONS).values(row)))
        return token

    async def find(self, token: str, *, counts_as_use: bool = True) -> Session | None:
        """The live session of the browser that holds `token`, or None when there is none (any more)."""
        return await self.alive(token_id(token), counts_as_use=counts_as_use)

    async def alive(self, session_id: str, *, counts_as_use: bool = True) -> Session | None:
        """The session with this id if it is still alive; asked again before every action.

        A timer passes `counts_as_use=False`: a tab that refreshes itself must not keep its session alive.
        """
        now = self._clock.now()
        row = await self._database.read(lambda connection: _live_row(connection, session_id, now))
        if row is None:
            return None
        if counts_as_use and now - row.seen_at >= _TOUCH_AFTER:
            await self._database.write(lambda connection: _touch(connection, session_id, now))
        return _session(row)

    async def alive_among(self, session_ids: Collection[str]) -> Mapping[str, Session]:
        """Those of `session_ids` that are still alive; does not count as use."""
        now = self._clock.now()
        wanted = select(SESSIONS).where(SESSIONS.c.id.in_(session_ids), _is_live(now))
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return {row.id: _session(row) for row in rows}

    async def used(self, session_ids: Collection[str]) -> None:
        """Count as use what happened on open pages; those that are over stay over."""
        now = self._clock.now()
        seen = update(SESSIONS).where(SESSIONS.c.id.in_(session_ids), _is_live(now)).values(seen_at=now)
        await self._database.write(lambda connection: connection.execute(seen))

    async def open_now(self) -> dict[str, OpenSessions]:
        """Who has live sessions: how many, and when one of them was last used."""
        wanted = (
            select(SESSIONS.c.actor, func.count(), func.max(SESSIONS.c.seen_at).label("seen_at"))
            .where(_is_live(self._clock.now()))
            .group_by(SESSIONS.c.actor)
        )
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return {actor: OpenSessions(number, seen_at) for actor, number, seen_at in rows}

    async def owner(self, token: str) -> str:
        """Whose session this is or was, for the record; empty when there never was one."""
        wanted = select(SESSIONS.c.actor).where(SESSIONS.c.id == token_id(token))
        found = await self._database.read(lambda connection: connection.execute(wanted).scalar_one_or_none())
        return found or ""

    async def end(self, session_id: str) -> None:
        """End one session, in every open tab. Ending it again changes nothing."""
        await self._end_where(SESSIONS.c.id == session_id)

    async def end_all_of(self, actor: str) -> None:
        """End every session of one person: locked out, or their role changed."""
        await self._end_where(SESSIONS.c.actor == actor)

    async def expire(self) -> int:
        """Forget sessions that began over a week ago; how many. Until then the record knows whose one was."""
        over = delete(SESSIONS).where(SESSIONS.c.began_at < self._clock.now() - REMEMBERED)
        return await self._database.write(lambda connection: connection.execute(over).rowcount)

    async def _end_where(self, condition: ColumnElement[bool]) -> None:
        still_open = update(SESSIONS).where(condition, SESSIONS.c.ended_at.is_(None))
        change = still_open.values(ended_at=self._clock.now())
        await self._database.write(lambda connection: connection.execute(change))
        if self.on_ended:
            await self.on_ended()


def _is_live(now: datetime) -> ColumnElement[bool]:
    return and_(
        SESSIONS.c.ended_at.is_(None),
        SESSIONS.c.seen_at > now - IDLE,
        SESSIONS.c.began_at > now - ABSOLUTE,
    )


def _session(row: Row[Any]) -> Session:
    return Session(row.id, row.actor, Role(row.role), row.began_at, row.seen_at)


def _live_row(connection: Connection, session_id: str, now: datetime) -> Row[Any] | None:
    wanted = select(SESSIONS).where(SESSIONS.c.id == session_id, _is_live(now))
    return connection.execute(wanted).one_or_none()


def _touch(connection: Connection, session_id: str, now: datetime) -> None:
    connection.execute(update(SESSIONS).where(SESSIONS.c.id == session_id, _is_live(now)).values(seen_at=now))
