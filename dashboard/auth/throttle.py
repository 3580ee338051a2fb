"""Wrong sign-ins make the next one wait, longer each time: for a name, an address, and both together.

Both together are strict; a name by itself is lenient, so that nobody can lock somebody else out by guessing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from dashboard.clock import Clock
from dashboard.storage import Database
from dashboard.storage.tables import TRIES

LONGEST_WAIT_S = 900
FORGOTTEN_AFTER = timedelta(hours=1)


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
    """Counts wrong tries in the database, so that replicas and restarts change nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def wait(self, name: str, address: str) -> int:
        """Seconds until the next try is looked at; 0: now."""
        keys, now = [one.key for one in _counted(name, address)], self._clock.now()
        latest = select(func.max(TRIES.c.waits_until)).where(TRIES.c.key.in_(keys))
        until = await self._database.read(lambda connection: connection.execute(latest).scalar())
        return 0 if until is None or until <= now else max(1, round((until - now).total_seconds()))

    async def failed(self, name: str, address: str) -> None:
        """Count a wrong try."""
        now = self._clock.now()
        await self._database.write(lambda connection: _count(connection, _counted(name, address), now))

    async def succeeded(self, name: str, address: str) -> None:
        """Forget what was counted for this name at this address."""
        key = _counted(name, address)[0].key
        await self._database.write(
            lambda connection: connection.execute(delete(TRIES).where(TRIES.c.key == key))
        )


def _counted(name: str, address: str) -> tuple[Counted, ...]:
    """The fifth wrong try is the last free one."""
    return (
        Counted(_key("both", name, address), free=5),
        Counted(_key("address", address), free=30),
        Counted(_key("name", name), free=100),
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


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
