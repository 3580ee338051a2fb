"""Wrong sign-ins make the next one wait, longer each time: for a name, an address, and both together.

Both together are strict; a name by itself is lenient, so that nobody can lock somebody else out by guessing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import TRIES

LONGEST_WAIT_S = 900
FORGOTTEN_AFTER = timedelta(hours=1)


class TooManyTries(Refusal):
    """Wait; not even the right password is looked at before."""

    def __init__(self, wait_s: int) -> None:
        when = f"{wait_s} s" if wait_s < 120 else f"{-(-wait_s // 60)} minutes"
        super().__init__(f"Too many wrong tries. Try again in {when}.")
        self.wait_s = wait_s


@dataclass(frozen=True)
class Counted:
    """What is counted, and how many wrong tries are free."""

    key: str
    free: int


def wait_s(failures: int, free: int) -> int:
    """Seconds to wait after so many wrong tries: none while they are free, then 1, 2, 4 … at most 900."""
    over = failures - free
    return 0 if over < 0 else min(2 ** min(over, 20), LONGEST_WAIT_S)


class Throttle:
    """Counts wrong tries in the database, so that replicas and restarts change nothing.

    `of` tells tries of one thing from those of another with the same names; an address has one count for all.
    """

    def __init__(self, database: Database, clock: Clock, *, of: str = "") -> None:
        self._database = database
        self._clock = clock
        self._of = of

    async def try_now(self, name: str, address: str) -> int:
        """0: the try may be looked at, and counts as a wrong one until `succeeded`. Else the seconds to wait.

        Counted before the password is looked at: tries that come all at once are as many as one by one.
        """
        now = self._clock.now()
        return await self._database.write(
            lambda connection: _admit(connection, self._counted(name, address), now)
        )

    async def succeeded(self, name: str, address: str) -> None:
        """It was the right password: forget this try, and the others of this name at this address."""
        both, *shared = self._counted(name, address)

        def right(connection: Connection) -> None:
            connection.execute(delete(TRIES).where(TRIES.c.key == both.key))
            _take_back(connection, shared, self._clock.now())

        await self._database.write(right)

    async def not_looked_at(self, name: str, address: str) -> None:
        """The try was turned away before its password was looked at: it does not count."""
        counted, now = self._counted(name, address), self._clock.now()
        await self._database.write(lambda connection: _take_back(connection, counted, now))

    def _counted(self, name: str, address: str) -> tuple[Counted, ...]:
        """The fifth wrong try is the last free one."""
        return (
            Counted(_key(f"{self._of}both", name, address), free=5),
            Counted(_key("address", address), free=30),
            Counted(_key(f"{self._of}name", name), free=100),
        )


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _admit(connection: Connection, counted: tuple[Counted, ...], now: datetime) -> int:
    latest = select(func.max(TRIES.c.waits_until)).where(TRIES.c.key.in_([one.key for one in counted]))
    until = connection.execute(latest).scalar()
    if until is not None and until > now:
        return max(1, round((until - now).total_seconds()))
    _count(connection, counted, now)
    return 0


def _take_back(connection: Connection, counted: Sequence[Counted], now: datetime) -> None:
    these = TRIES.c.key.in_([one.key for one in counted])
    one_less = update(TRIES).where(these, TRIES.c.failures > 0)
    connection.execute(one_less.values(failures=TRIES.c.failures - 1, waits_until=now))


def _count(connection: Connection, counted: tuple[Counted, ...], now: datetime) -> None:
    connection.execute(delete(TRIES).where(TRIES.c.last_at < now - FORGOTTEN_AFTER))
    for one in counted:
        row: Row[Any] | None = connection.execute(select(TRIES).where(TRIES.c.key == one.key)).one_or_none()
        failures = (row.failures if row else 0) + 1
        values = {
            "failures": failures,
            "waits_until": now + timedelta(seconds=wait_s(failures, one.free)),
            "last_at": now,
        }
        if row:
            connection.execute(update(TRIES).where(TRIES.c.key == one.key).values(values))
        else:
            connection.execute(insert(TRIES).values(key=one.key, **values))
