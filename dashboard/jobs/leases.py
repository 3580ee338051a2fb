"""Who runs a job: a lease that its replica renews; when that replica is gone, another one takes over."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, select, update

from dashboard.clock import Clock
from dashboard.jobs.shapes import JobState, RowState
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_CHUNKS, JOB_ROWS, JOBS

LEASE = timedelta(seconds=15)
BEAT_S = 3.0  # between two renewals: four may be missed
GONE = "The replica that ran this is gone, and whoever began it is signed out. Resume it."


@dataclass(frozen=True)
class Orphan:
    """A job whose replica is gone, and the session in whose name it was begun."""

    job_id: str
    session_id: str
    address: str


class Leases:
    """The leases of this process on the jobs of one environment.

    The clocks of the replicas may differ by a few seconds. A replica that was only asleep finds its lease
    gone; what it had in flight is repeated elsewhere under the same keys, which does no harm.
    """

    def __init__(self, database: Database, clock: Clock, *, environment: str) -> None:
        self._database = database
        self._clock = clock
        self._environment = environment
        self._owner = secrets.token_hex(8)

    def claim(self, connection: Connection, job_id: str) -> None:
        """This process runs the job from now on; part of the transaction that sets it running."""
        values = {"owner": self._owner, "lease_until": self._clock.now() + LEASE, "session_id": ""}
        connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(values))

    async def name(self, job_id: str, *, session_id: str, address: str) -> None:
        """In whose name another replica may go on with it."""
        mine = update(JOBS).where(JOBS.c.id == job_id, JOBS.c.owner == self._owner)
        change = mine.values(session_id=session_id, address=address)
        await self._database.write(lambda connection: connection.execute(change))

    def is_mine(self, connection: Connection, job_id: str) -> bool:
        owner = select(JOBS.c.owner).where(JOBS.c.id == job_id)
        return connection.execute(owner).scalar_one_or_none() == self._owner

    def hand_over(self, connection: Connection, job_id: str) -> None:
        """Leave it running for whoever comes next: this process is going."""
        connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(lease_until=self._clock.now()))

    async def renew(self) -> None:
        """Say that this process is still there."""
        mine = update(JOBS).where(JOBS.c.owner == self._owner, JOBS.c.state == JobState.RUNNING.value)
        change = mine.values(lease_until=self._clock.now() + LEASE)
        await self._database.write(lambda connection: connection.execute(change))

    async def orphans(self) -> Sequence[Orphan]:
        """Pause the jobs whose replica is gone and hand each to one caller, on whatever replica."""
        gone = select(JOBS.c.id, JOBS.c.session_id, JOBS.c.address).where(
            JOBS.c.environment == self._environment,
            JOBS.c.state == JobState.RUNNING.value,
            JOBS.c.lease_until <= self._clock.now(),
        )
        if not await self._database.read(lambda connection: connection.execute(gone).first()):
            return ()

        def write(connection: Connection) -> Sequence[Orphan]:
            found = [Orphan(row.id, row.session_id, row.address) for row in connection.execute(gone)]
            for one in found:
                pause(connection, one.job_id, GONE)
            return found

        return await self._database.write(write)


def pause(connection: Connection, job_id: str, reason: str) -> None:
    """What was in flight waits again, to be sent once more under the same key."""
    connection.execute(
        update(JOBS).where(JOBS.c.id == job_id).values(state=JobState.PAUSED.value, reason=reason)
    )
    doing = update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.state == RowState.DOING.value)
    connection.execute(doing.values(state=RowState.WAITING.value))
    connection.execute(update(IMPORT_CHUNKS).where(IMPORT_CHUNKS.c.job_id == job_id).values(is_taken=False))
