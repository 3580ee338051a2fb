"""The rows of imports in the database: what was read from the file, and what came of each."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dashboard.jobs.import_shapes import NewRow, ResultRow
from dashboard.jobs.shapes import JobState, RowState
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_ROWS, JOB_ROWS, JOBS, LONGEST_ID
from dashboard.storage.texts import storable

IN_NO_CALL = 0
_AT_ONCE = 5000


class ImportRows:
    """What belongs to the jobs of kind IMPORT beyond what all jobs have."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, job_id: str, rows: Iterable[NewRow]) -> None:
        """Write down the rows of a job, some thousand at a time; `rows` is read on worker threads."""
        numbered = enumerate(rows)
        while await self._database.write(lambda connection: _add_some(connection, job_id, numbered)):
            pass

    async def results(self, job_id: str, *, after: int = -1, limit: int = 1000) -> Sequence[ResultRow]:
        """What came of the rows, in the order of the file."""
        wanted = (
            select(
                IMPORT_ROWS.c.number,
                IMPORT_ROWS.c.line,
                JOB_ROWS.c.subscriber_id,
                JOB_ROWS.c.state,
                JOB_ROWS.c.note,
                IMPORT_ROWS.c.before,
            )
            .join(JOB_ROWS, same_row())
            .where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.number > after)
            .order_by(IMPORT_ROWS.c.number)
            .limit(limit)
        )
        found = await self._database.read(lambda connection: connection.execute(wanted).all())
        return [
            ResultRow(one.number, one.line, one.subscriber_id, RowState(one.state), one.note, one.before)
            for one in found
        ]

    async def has_credentials(self, job_id: str) -> bool:
        """Whether credentials of anyone are still to be written."""
        wanted = select(IMPORT_ROWS.c.number).where(
            IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.reach != "{}"
        )
        found = await self._database.read(lambda c: c.execute(wanted.limit(1)).one_or_none())
        return found is not None

    async def forget(self, job_id: str) -> None:
        """Drop what would have been sent of rows that are over or given up; credentials are not kept."""
        failed = select(JOB_ROWS.c.number).where(
            JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.state == RowState.FAILED.value
        )

        def write(connection: Connection) -> None:
            state = connection.execute(select(JOBS.c.state).where(JOBS.c.id == job_id)).scalar_one()
            mine = update(IMPORT_ROWS).where(IMPORT_ROWS.c.job_id == job_id)
            if state == JobState.DONE.value:
                mine = mine.where(IMPORT_ROWS.c.number.not_in(failed))
            if state in (JobState.DONE.value, JobState.CANCELLED.value):
                mine = mine.where((IMPORT_ROWS.c.body != "{}") | (IMPORT_ROWS.c.reach != "{}"))
                connection.execute(mine.values(body="{}", reach="{}", size=2))

        await self._database.write(write)


def _add_some(connection: Connection, job_id: str, numbered: Iterator[tuple[int, NewRow]]) -> bool:
    batch = list(islice(numbered, _AT_ONCE))
    if batch:
        connection.execute(insert(JOB_ROWS), [_job_row(job_id, *one) for one in batch])
        connection.execute(insert(IMPORT_ROWS), [_import_row(job_id, *one) for one in batch])
    return len(batch) == _AT_ONCE


def _job_row(job_id: str, number: int, row: NewRow) -> dict[str, Any]:
    return {
        "job_id": job_id,
        "number": number,
        "subscriber_id": storable(row.subscriber_id)[:LONGEST_ID],
        "name": row.name[:300],
        "state": row.state.value,
        "note": row.note[:500],
        "tries": 0,
    }


def _import_row(job_id: str, number: int, row: NewRow) -> dict[str, Any]:
    body = json.dumps(row.body, ensure_ascii=False, separators=(",", ":"))
    return {
        "job_id": job_id,
        "number": number,
        "chunk": IN_NO_CALL,
        "line": row.line,
        "size": len(body.encode()),
        "body": body,
        "reach": json.dumps(row.reach, ensure_ascii=False),
        "before": json.dumps(row.before, ensure_ascii=False),
    }


def same_row() -> Any:
    """The condition that joins a row of an import to its row of the job."""
    return (JOB_ROWS.c.job_id == IMPORT_ROWS.c.job_id) & (JOB_ROWS.c.number == IMPORT_ROWS.c.number)
