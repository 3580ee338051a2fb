"""Bulk changes in the database: what is to be done to whom, what came of it. Nothing is done twice."""

import asyncio
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from dashboard.clock import Clock
from dashboard.jobs.imports import ImportRows, NewRow
from dashboard.jobs.leases import Leases
from dashboard.jobs.shapes import Job, JobRow, JobState, Kind, Plan, RowState, Target
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_CHUNKS, JOB_ROWS, JOBS

RESTARTED = "The dashboard was stopped while this was running."
UNFINISHED = "It was not written down to its end, so nothing of it was sent. Import the file again."
BROKEN_OFF = "It stopped on an error of the dashboard itself; the log says which."


class Jobs:
    """The jobs of one environment (`fingerprint`): with another key they can be neither seen nor resumed."""

    def __init__(self, database: Database, clock: Clock, *, fingerprint: str) -> None:
        self._database = database
        self._clock = clock
        self._environment = fingerprint
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self.leases = Leases(database, clock, environment=fingerprint)
        self.imports = ImportRows(database)
        self.waits: dict[str, datetime] = {}
        """Until when a job waits for the rate limit, while it does."""

    async def add(self, plan: Plan) -> str:
        """Write down what is to be done; returns the job's id. Each person once."""
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
        return next(iter(await self._select(self._mine().where(JOBS.c.id == job_id))), None)

    async def latest(self, limit: int = 100) -> Sequence[Job]:
        """The newest first."""
        return await self._select(self._mine().order_by(JOBS.c.created_at.desc()).limit(limit))

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
        return [_row(one) for one in rows]

    async def begin(self, job_id: str, *, again: bool = False) -> bool:
        """Set a job running; false when it runs or is at its end. `again` takes up the failed rows."""
        startable = [JobState.READY, JobState.PAUSED, *([JobState.DONE] if again else [])]

        def write(connection: Connection) -> bool:
            is_begun = _move(connection, job_id, startable, JobState.RUNNING)
            if is_begun:
                self.leases.claim(connection, job_id)
            if is_begun and again:
                connection.execute(_rows_in(job_id, RowState.FAILED).values(_TRY_AGAIN))
            return is_begun

        return await self._database.write(write)

    async def halt(self, job_id: str, state: JobState, reason: str = "") -> bool:
        """Pause or cancel: nobody new is begun, who is in flight is finished. False when it is over."""
        live = [JobState.READY, JobState.RUNNING, JobState.PAUSED]
        return await self._database.write(lambda c: _move(c, job_id, live, state, reason))

    async def take(self, job_id: str) -> JobRow | None:
        """The next person to do, marked as in flight; None when there is none or the job does not run."""

        def write(connection: Connection) -> Row[Any] | None:
            wanted = (
                select(JOB_ROWS)
                .join(JOBS, JOBS.c.id == JOB_ROWS.c.job_id)
                .where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.state == RowState.WAITING.value)
                .where(JOBS.c.state == JobState.RUNNING.value)
                .order_by(JOB_ROWS.c.number)
                .limit(1)
            )
            found = connection.execute(wanted).one_or_none()
            if found:
                connection.execute(_one(job_id, found.number).values(state=RowState.DOING.value))
            return found

        found = await self._database.write(write)
        return _row(found) if found else None

    async def settle(self, job_id: str, number: int, state: RowState, note: str = "") -> None:
        """Write down what came of one person."""
        change = _one(job_id, number).values(state=state.value, note=note[:500])
        await self._database.write(lambda connection: connection.execute(change))

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
            if is_left and self._is_stopping and self._database.is_shared:
                self.leases.hand_over(connection, job_id)
                return
            reason = RESTARTED if self._is_stopping else BROKEN_OFF
            state, reason = (JobState.PAUSED, reason) if is_left else (JobState.DONE, "")
            _move(connection, job_id, [JobState.RUNNING], state, reason)

        await self._database.write(write)

    async def recover(self) -> None:
        """At the start: what ran when the dashboard stopped is paused; who was in flight waits again.

        Where replicas share the database, others may be running jobs right now: there leases tell.
        """
        if self._database.is_shared:
            return

        def write(connection: Connection) -> None:
            running = update(JOBS).where(JOBS.c.state == JobState.RUNNING.value)
            connection.execute(running.values(state=JobState.PAUSED.value, reason=RESTARTED))
            doing = update(JOB_ROWS).where(JOB_ROWS.c.state == RowState.DOING.value)
            connection.execute(doing.values(state=RowState.WAITING.value))
            connection.execute(update(IMPORT_CHUNKS).values(is_taken=False))

        await self._database.write(write)

    def hold(self, task: asyncio.Task[None]) -> None:
        """Keep a running task from being forgotten, until it ends."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def join(self) -> None:
        """Wait until nothing runs any more."""
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Break off what runs; another replica goes on with it, or it can be resumed."""
        self._is_stopping = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

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

    def _mine(self) -> Select[Any]:
        return select(JOBS).where(JOBS.c.environment == self._environment)

    async def _select(self, wanted: Select[Any]) -> Sequence[Job]:
        def read(connection: Connection) -> Sequence[Job]:
            return [_job(one, _counts(connection, one.id)) for one in connection.execute(wanted).all()]

        return await self._database.read(read)


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


def _counts(connection: Connection, job_id: str) -> Mapping[RowState, int]:
    wanted = (
        select(JOB_ROWS.c.state, func.count()).where(JOB_ROWS.c.job_id == job_id).group_by(JOB_ROWS.c.state)
    )
    return {RowState(state): number for state, number in connection.execute(wanted).all()}


def _job(row: Row[Any], counts: Mapping[RowState, int]) -> Job:
    return Job(
        id=row.id,
        kind=Kind(row.kind),
        value=row.value,
        subject=row.subject,
        actor=row.actor,
        state=JobState(row.state),
        reason=row.reason,
        created_at=row.created_at,
        counts=counts,
    )


def _row(row: Row[Any]) -> JobRow:
    return JobRow(row.subscriber_id, row.name, row.number, RowState(row.state), row.note, row.tries)
