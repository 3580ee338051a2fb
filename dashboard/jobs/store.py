"""Bulk changes in the database: what is to be done to whom, what came of it. Nothing is done twice."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, tuple_, update

from dashboard.clock import Clock
from dashboard.jobs.fitting import check_ids
from dashboard.jobs.forgetting import forget_old, is_forgotten
from dashboard.jobs.import_calls import ImportCalls
from dashboard.jobs.import_rows import ImportRows
from dashboard.jobs.import_shapes import NewRow
from dashboard.jobs.leases import NOBODY, Leases, Name, pause
from dashboard.jobs.queries import job_row, jobs_of
from dashboard.jobs.running import RunningHere
from dashboard.jobs.shapes import Job, JobRow, JobState, Plan, RowState, Target
from dashboard.storage import Database
from dashboard.storage.tables import JOB_ROWS, JOBS

RESTARTED = "The dashboard was stopped while this was running."
UNFINISHED = "It was not written down to its end, so nothing of it was sent. Import the file again."
BROKEN_OFF = "It stopped on an error of the dashboard itself; the log says which."


class Jobs:
    """The jobs of one environment (`fingerprint`): with another key they can be neither seen nor resumed."""

    def __init__(self, database: Database, clock: Clock, *, fingerprint: str) -> None:
        self._database = database
        self._clock = clock
        self._environment = fingerprint
        self.leases = Leases(database, clock, environment=fingerprint)
        self.imports = ImportRows(database)
        self.calls = ImportCalls(database, self.leases)
        self.here = RunningHere()
        self.waits: dict[str, datetime] = {}
        """Until when a job waits for the rate limit, while it does."""

    async def add(self, plan: Plan) -> str:
        """Write down what is to be done; returns the job's id. Each person once. Raises IdsNotKept."""
        check_ids(plan.people)
        job_id = secrets.token_hex(6)
        job = self._new_job(job_id, plan)
        once = {one.subscriber_id: one for one in plan.people}
        rows = [_new_row(job_id, number, one) for number, one in enumerate(once.values())]

        def write(connection: Connection) -> None:
            connection.execute(insert(JOBS).values(job))
            connection.execute(insert(JOB_ROWS), rows)

        await self._database.write(write)
        return job_id

    async def add_import(self, plan: Plan, rows: Iterable[NewRow]) -> str:
        """Write an import down, row by row; it can be begun only once all of it is there."""
        job_id = secrets.token_hex(6)
        job = self._new_job(job_id, plan) | {"state": JobState.CANCELLED.value, "reason": UNFINISHED}
        await self._database.write(lambda connection: connection.execute(insert(JOBS).values(job)))
        await self.imports.add(job_id, rows)
        await self._database.write(lambda c: _move(c, job_id, [JobState.CANCELLED], JobState.READY))
        return job_id

    async def find(self, job_id: str) -> Job | None:
        wanted = select(JOBS).where(JOBS.c.environment == self._environment, JOBS.c.id == job_id)
        return next(iter(await self._database.read(lambda c: jobs_of(c, wanted))), None)

    async def latest(self, limit: int = 100, *, before: str = "") -> Sequence[Job]:
        """The newest first; those older than the job `before`, if there is such a job."""
        wanted = select(JOBS).where(JOBS.c.environment == self._environment)
        newest = wanted.order_by(JOBS.c.created_at.desc(), JOBS.c.id.desc()).limit(limit)
        if mark := await self.find(before):
            newest = newest.where(tuple_(JOBS.c.created_at, JOBS.c.id) < (mark.created_at, mark.id))
        return await self._database.read(lambda connection: jobs_of(connection, newest))

    async def states(self) -> Mapping[str, int]:
        """How many jobs are in which state, all states named."""
        wanted = select(JOBS.c.state, func.count()).where(JOBS.c.environment == self._environment)
        wanted = wanted.group_by(JOBS.c.state)
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return {state.value: 0 for state in JobState} | {str(state): int(count) for state, count in rows}

    async def rows(
        self, job_id: str, *, states: Sequence[RowState] = tuple(RowState), after: int = -1, limit: int = 100
    ) -> Sequence[JobRow]:
        """People of a job in the order in which they were planned."""
        wanted = (
            select(JOB_ROWS)
            .where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.number > after)
            .where(JOB_ROWS.c.state.in_([one.value for one in states]))
            .order_by(JOB_ROWS.c.number)
            .limit(limit)
        )
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return [job_row(one) for one in rows]

    @property
    def is_shared(self) -> bool:
        """Whether other replicas may be running jobs right now."""
        return self._database.is_shared

    async def begin(self, job_id: str, *, again: bool = False, name: Name = NOBODY) -> bool:
        """Set a job running; false when it runs, is at its end or forgotten. `again` takes up failed rows.

        Another replica may go on with it in the same `name`. Raises StillFinishing.
        """
        if not await self.leases.is_running(job_id):
            await self.here.drain(job_id)
        startable = [JobState.READY, JobState.PAUSED, *([JobState.DONE] if again else [])]

        def write(connection: Connection) -> bool:
            if is_forgotten(connection, job_id, self._clock.now()):
                return False
            is_begun = _move(connection, job_id, startable, JobState.RUNNING)
            if is_begun:
                self.leases.claim(connection, job_id, name)
            if is_begun and again:
                connection.execute(_rows_in(job_id, RowState.FAILED).values(_TRY_AGAIN))
            return is_begun

        return await self._database.write(write)

    async def halt(self, job_id: str, state: JobState, reason: str = "") -> bool:
        """Pause or cancel: nobody new is begun, who is in flight is finished. False when it is over."""
        live = [JobState.READY, JobState.RUNNING, JobState.PAUSED]
        return await self._database.write(lambda c: _move(c, job_id, live, state, reason))

    async def explain(self, job_id: str, reason: str) -> None:
        """Why a job that rests does not go on."""
        resting = [JobState.PAUSED]
        await self._database.write(lambda c: _move(c, job_id, resting, JobState.PAUSED, reason))

    async def pause_run(self, job_id: str, reason: str) -> None:
        """Something stands in the way of all that is left; says nothing when the job went elsewhere."""
        await self.leases.write(
            job_id, lambda c: _move(c, job_id, [JobState.RUNNING], JobState.PAUSED, reason)
        )

    async def take(self, job_id: str) -> JobRow | None:
        """The next person to do, marked as in flight; None when there is none or the job does not run."""

        def write(connection: Connection) -> Row[Any] | None:
            wanted = (
                select(JOB_ROWS)
                .join(JOBS, JOBS.c.id == JOB_ROWS.c.job_id)
                .where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.state == RowState.WAITING.value)
                .where(self.leases.works_here())
                .order_by(JOB_ROWS.c.number)
                .limit(1)
            )
            found = connection.execute(wanted).one_or_none()
            if found:
                connection.execute(_one(job_id, found.number).values(state=RowState.DOING.value))
            return found

        found = await self._database.write(write)
        return job_row(found) if found else None

    async def settle(
        self, job_id: str, number: int, state: RowState, note: str = "", *, is_deleted: bool = False
    ) -> None:
        """Write down what came of one person. Of someone who was deleted the name is not kept."""
        change = _one(job_id, number).values(state=state.value, note=note[:500])
        if is_deleted:
            change = change.values(name="")
        await self.leases.write(job_id, lambda connection: connection.execute(change))

    async def end_run(self, job_id: str) -> None:
        """Nobody works on it any more: it is done, or it broke off."""

        def write(connection: Connection) -> None:
            open_rows = (
                select(func.count())
                .select_from(JOB_ROWS)
                .where(JOB_ROWS.c.job_id == job_id)
                .where(JOB_ROWS.c.state.in_([RowState.WAITING.value, RowState.DOING.value]))
            )
            if not self.leases.is_mine(connection, job_id):
                return  # another replica goes on with it
            is_left = connection.execute(open_rows).scalar_one() > 0
            if is_left and self.here.is_stopping and self._database.is_shared:
                self.leases.hand_over(connection, job_id)
                return
            if not is_left:
                _move(connection, job_id, [JobState.RUNNING], JobState.DONE)
            elif _move(connection, job_id, [JobState.RUNNING], JobState.PAUSED):
                pause(connection, job_id, RESTARTED if self.here.is_stopping else BROKEN_OFF)

        await self._database.write(write)

    async def recover(self) -> None:
        """Pause what ran when the dashboard was stopped; a live lease means that it runs elsewhere.

        Where replicas share the database, one of them goes on with it instead.
        """
        if self.is_shared:
            return
        running = select(JOBS.c.id).where(JOBS.c.state == JobState.RUNNING.value)
        gone = running.where(or_(JOBS.c.lease_until.is_(None), JOBS.c.lease_until <= self._clock.now()))
        if not await self._database.read(lambda connection: connection.execute(gone).first()):
            return

        def write(connection: Connection) -> None:
            for job_id in connection.execute(gone).scalars().all():
                pause(connection, job_id, RESTARTED)

        await self._database.write(write)

    async def forget_old(self) -> None:
        """Forget what old jobs keep of people; called now and then."""
        await forget_old(self._database, self._clock.now())

    async def renew(self) -> None:
        """Say that this process still works on what it works on; a job without a task is left to others."""
        await self.leases.renew(self.here.job_ids)

    def _new_job(self, job_id: str, plan: Plan) -> dict[str, Any]:
        return {
            "id": job_id,
            "environment": self._environment,
            "kind": plan.kind.value,
            "value": plan.value[:200],
            "subject": plan.subject[:500],
            "actor": plan.actor,
            "state": JobState.READY.value,
            "reason": "",
            "created_at": self._clock.now(),
        }


_TRY_AGAIN = {"state": RowState.WAITING.value, "note": "", "tries": JOB_ROWS.c.tries + 1}


def _new_row(job_id: str, number: int, target: Target) -> dict[str, Any]:
    return {
        "job_id": job_id,
        "number": number,
        "subscriber_id": target.subscriber_id,
        "name": target.name[:300],
        "state": RowState.WAITING.value,
        "note": "",
        "tries": 0,
    }


def _one(job_id: str, number: int) -> Any:
    return update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.number == number)


def _rows_in(job_id: str, state: RowState) -> Any:
    return update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.state == state.value)


def _move(
    connection: Connection, job_id: str, before: Sequence[JobState], after: JobState, reason: str = ""
) -> bool:
    """Change a job's state if it is in one of `before`; whether it was."""
    change = update(JOBS).where(JOBS.c.id == job_id, JOBS.c.state.in_([one.value for one in before]))
    return connection.execute(change.values(state=after.value, reason=reason[:500])).rowcount == 1
