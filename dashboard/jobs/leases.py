"""Who runs a job: a lease that its replica renews; when that replica is gone, another one takes over."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, select, update

from dashboard.clock import Clock
from dashboard.jobs.shapes import JobState, RowState
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_CHUNKS, JOB_ROWS, JOBS

LEASE = timedelta(seconds=15)
BEAT_S = 3.0  # between two renewals: four may be missed
GONE = "The replica that ran this is gone, and whoever began it is signed out. Resume it."


@dataclass(frozen=True)
class Name:
    """In whose name a job runs: a session, and the address it came from."""

    session_id: str = ""
    address: str = ""


NOBODY = Name()


@dataclass(frozen=True)
class Orphan:
    """A job whose replica is gone, and in whose name it was begun."""

    job_id: str
    name: Name


class Leases:
    """The leases of this process on the jobs of one environment.

    The clocks of the replicas may differ by a few seconds. A replica that was only asleep finds its lease
    gone and writes nothing more about the job; what it had in flight is repeated elsewhere under the same
    keys, which does no harm.
    """

    def __init__(self, database: Database, clock: Clock, *, environment: str) -> None:
        self._database = database
        self._clock = clock
        self._environment = environment
        self._owner = secrets.token_hex(8)

    def claim(self, connection: Connection, job_id: str, name: Name) -> None:
        """This process runs the job from now on, and another may go on with it in the same name.

        Part of the transaction that sets it running. What an earlier run left in flight waits again.
        """
        mine = update(JOBS).where(JOBS.c.id == job_id).values(owner=self._owner, session_id=name.session_id)
        connection.execute(mine.values(address=name.address, lease_until=self._clock.now() + LEASE))
        wait_again(connection, job_id)

    def is_mine(self, connection: Connection, job_id: str) -> bool:
        owner = select(JOBS.c.owner).where(JOBS.c.id == job_id)
        return connection.execute(owner).scalar_one_or_none() == self._owner

    def works_here(self) -> ColumnElement[bool]:
        """The condition that a job runs, and here."""
        return (JOBS.c.state == JobState.RUNNING.value) & (JOBS.c.owner == self._owner)

    async def is_running(self, job_id: str) -> bool:
        """Whether the job runs, and here; asked often, so nothing is counted."""
        wanted = select(JOBS.c.id).where(JOBS.c.id == job_id, self.works_here())
        return await self._database.read(lambda c: c.execute(wanted).first()) is not None

    async def write(self, job_id: str, work: Callable[[Connection], object]) -> None:
        """Write down what came of a job's rows; whoever lost the job to another replica writes nothing."""

        def write(connection: Connection) -> None:
            if self.is_mine(connection, job_id):
                work(connection)

        await self._database.write(write)

    def hand_over(self, connection: Connection, job_id: str) -> None:
        """Leave it running for whoever comes next: this process is going."""
        connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(lease_until=self._clock.now()))

    async def renew(self, job_ids: Collection[str]) -> None:
        """Say that this process still works on these jobs."""
        if job_ids:
            mine = update(JOBS).where(JOBS.c.id.in_(job_ids), self.works_here())
            change = mine.values(lease_until=self._clock.now() + LEASE)
            await self._database.write(lambda connection: connection.execute(change))

    async def orphans(self, job_id: str | None = None) -> Sequence[Orphan]:
        """Pause the jobs whose replica is gone and hand each to one caller, on whatever replica.

        With a `job_id` only that one is looked at.
        """
        gone = select(JOBS.c.id, JOBS.c.session_id, JOBS.c.address).where(
            JOBS.c.environment == self._environment,
            JOBS.c.state == JobState.RUNNING.value,
            JOBS.c.lease_until <= self._clock.now(),
            JOBS.c.id == (JOBS.c.id if job_id is None else job_id),
        )
        if not await self._database.read(lambda connection: connection.execute(gone).first()):
            return ()

        def write(connection: Connection) -> Sequence[Orphan]:
            found = [Orphan(row.id, Name(row.session_id, row.address)) for row in connection.execute(gone)]
            for one in found:
                pause(connection, one.job_id, GONE)
            return found

        return await self._database.write(write)


def pause(connection: Connection, job_id: str, reason: str) -> None:
    """Nobody works on it any more; it can be resumed."""
    connection.execute(
        update(JOBS).where(JOBS.c.id == job_id).values(state=JobState.PAUSED.value, reason=reason)
    )
    wait_again(connection, job_id)


def wait_again(connection: Connection, job_id: str) -> None:
    """What was in flight is sent once more, under the same key."""
    doing = update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.state == RowState.DOING.value)
    connection.execute(doing.values(state=RowState.WAITING.value))
    connection.execute(update(IMPORT_CHUNKS).where(IMPORT_CHUNKS.c.job_id == job_id).values(is_taken=False))
