"""What jobs keep of people is forgotten after some weeks, however they stand; ids and outcomes stay."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Select, case, select, update

from dashboard.jobs.shapes import JobState, Kind, RowState
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_ROWS, JOB_ROWS, JOBS

KEPT = timedelta(days=30)
FORGET_EVERY_S = 3600.0
EXPIRED = f"It is more than {KEPT.days} days old, so its contents were forgotten. Import the file again."
_AT_ONCE = 5000
_STARTABLE = (JobState.READY.value, JobState.PAUSED.value)


async def forget_old(database: Database, now: datetime) -> None:
    """Credentials, values and names of jobs older than `KEPT`, of all environments; what runs is left alone.

    An import that was not begun or not finished is cancelled: there is nothing left that it could send.
    """
    old = select(JOBS.c.id).where(JOBS.c.created_at <= now - KEPT, JOBS.c.state != JobState.RUNNING.value)
    for job_id in await database.read(lambda connection: connection.execute(old).scalars().all()):
        await database.write(partial(_expire, job_id=job_id))
        while await database.read(partial(_holds_anything, job_id=job_id)):
            await database.write(partial(_blank_some, job_id=job_id))


def is_forgotten(connection: Connection, job_id: str, now: datetime) -> bool:
    """Whether what the job would send is not kept any more. Other kinds need no more than the ids."""
    mine = select(JOBS.c.id).where(JOBS.c.id == job_id, JOBS.c.kind == Kind.IMPORT.value)
    return connection.execute(mine.where(JOBS.c.created_at <= now - KEPT)).first() is not None


def _expire(connection: Connection, job_id: str) -> None:
    mine = update(JOBS).where(JOBS.c.id == job_id, JOBS.c.kind == Kind.IMPORT.value)
    expired = mine.where(JOBS.c.state.in_(_STARTABLE))
    connection.execute(expired.values(state=JobState.CANCELLED.value, reason=EXPIRED))


_FULL = (IMPORT_ROWS.c.body != "{}") | (IMPORT_ROWS.c.reach != "{}") | (IMPORT_ROWS.c.before != "{}")
_WITHOUT_VALUES = case((JOB_ROWS.c.state == RowState.REFUSED.value, ""), else_=JOB_ROWS.c.note)
"""Why a row was refused quotes what stood in the file."""


def _holds_anything(connection: Connection, job_id: str) -> bool:
    wanted = (_rows_that_hold(job_id), _names_that_stand(job_id))
    return any(connection.execute(one.limit(1)).first() for one in wanted)


def _blank_some(connection: Connection, job_id: str) -> None:
    """Some thousand rows at a time: nobody else can write meanwhile."""
    rows = _rows_that_hold(job_id).limit(_AT_ONCE)
    change = update(IMPORT_ROWS).where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.number.in_(rows))
    connection.execute(change.values(body="{}", reach="{}", before="{}", size=2))
    names = _names_that_stand(job_id).limit(_AT_ONCE)
    blank = update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.number.in_(names))
    connection.execute(blank.values(name="", note=_WITHOUT_VALUES))


def _rows_that_hold(job_id: str) -> Select[tuple[int]]:
    return select(IMPORT_ROWS.c.number).where(IMPORT_ROWS.c.job_id == job_id, _FULL)


def _names_that_stand(job_id: str) -> Select[tuple[int]]:
    return select(JOB_ROWS.c.number).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.name != "")
