"""Production starts locked: somebody unlocks it for a quarter of an hour, with a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from dashboard.clock import Clock
from dashboard.environment import EnvironmentSign
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import UNLOCKS

FOR = timedelta(minutes=15)
SHORTEST_REASON = 5
LONGEST_REASON = 500


class NoReason(Refusal):
    """Whoever unlocks says why, for the record."""

    def __init__(self) -> None:
        super().__init__("Say in a few words why production is to be changed; it goes on record.")


@dataclass(frozen=True)
class Unlock:
    """Who unlocked, why, and until when."""

    until: datetime
    actor: str
    reason: str


class ProductionLock:
    """One for the environment, kept in the database: all replicas and all operators share it."""

    def __init__(self, database: Database, clock: Clock, sign: EnvironmentSign, *, fingerprint: str) -> None:
        self._database = database
        self._clock = clock
        self._sign = sign
        self._environment = fingerprint
        self._known: Unlock | None = None

    @property
    def guards(self) -> bool:
        """Whether this environment is one that is locked at all; one whose name is not known yet is."""
        return self._sign.current.is_production or not self._sign.is_known

    @property
    def open_until(self) -> datetime | None:
        """Until when changes are allowed, as far as this process has heard; for what is shown."""
        known = self._known
        return known.until if known and known.until > self._clock.now() else None

    @property
    def looks_locked(self) -> bool:
        """For buttons and the band; `is_locked` is what counts."""
        return self.guards and self.open_until is None

    async def is_locked(self) -> bool:
        """Asked before every change."""
        if not self.guards:
            return False
        await self.refresh()
        return self.open_until is None

    async def refresh(self) -> None:
        """Hear what other processes did."""
        wanted = select(UNLOCKS).where(UNLOCKS.c.environment == self._environment)
        row = await self._database.read(lambda connection: connection.execute(wanted).one_or_none())
        self._known = Unlock(row.until, row.actor, row.reason) if row else None

    async def unlock(self, actor: str, reason: str) -> Unlock:
        """Allow changes for fifteen minutes from now. Raises NoReason."""
        reason = " ".join(reason.split())[:LONGEST_REASON]
        if len(reason) < SHORTEST_REASON:
            raise NoReason
        unlock = Unlock(self._clock.now() + FOR, actor, reason)
        await self._database.write(lambda connection: self._keep(connection, unlock))
        self._known = unlock
        return unlock

    async def lock(self) -> None:
        """Lock again before the time is over."""
        await self._database.write(lambda connection: self._keep(connection, None))
        self._known = None

    def _keep(self, connection: Connection, unlock: Unlock | None) -> None:
        connection.execute(delete(UNLOCKS).where(UNLOCKS.c.environment == self._environment))
        if unlock:
            values = {"until": unlock.until, "actor": unlock.actor, "reason": unlock.reason}
            connection.execute(insert(UNLOCKS).values(environment=self._environment, **values))
