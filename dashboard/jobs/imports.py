"""The rows of imports in the database: what is sent for each, in which call, and what came of it.

A call that went out is repeated as it was, under the same key, until its answer is known.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from dashboard.jobs.leases import Leases
from dashboard.jobs.shapes import JobState, RowState
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_CHUNKS, IMPORT_ROWS, JOB_ROWS, JOBS

MOST_BYTES = 90_000  # of one call's rows; servers take about 100 kB
_AT_ONCE = 5000
_IN_NONE = 0
_UNSETTLED = (RowState.WAITING.value, RowState.DOING.value)

Settled = tuple[int, RowState, str]
"""A row's number, what came of it, and a note."""


@dataclass(frozen=True)
class NewRow:
    """One row of a file as it is written down: `state` is WAITING for those to be sent."""

    line: int
    subscriber_id: str
    name: str
    state: RowState
    note: str
    body: Mapping[str, Any]
    reach: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, Any]


@dataclass(frozen=True)
class ImportRow:
    """One row of a call: `body` is empty once it is stored, `reach` is what is still to be done."""

    number: int
    line: int
    subscriber_id: str
    tries: int
    body: Mapping[str, Any]
    reach: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, Any]


@dataclass(frozen=True)
class Chunk:
    """The rows of one call that are not over. `faults`: how often the server failed over it."""

    number: int
    rows: Sequence[ImportRow]
    faults: int


@dataclass(frozen=True)
class ResultRow:
    """What came of one row of a file; `before` holds the old values as JSON."""

    number: int
    line: int
    subscriber_id: str
    state: RowState
    note: str
    before: str


class ImportRows:
    """What belongs to the jobs of kind IMPORT beyond what all jobs have."""

    def __init__(self, database: Database, leases: Leases) -> None:
        self._database = database
        self._leases = leases

    async def add(self, job_id: str, rows: Iterable[NewRow]) -> None:
        """Write down the rows of a job, some thousand at a time; `rows` is read on worker threads."""
        numbered = enumerate(rows)
        while await self._database.write(lambda connection: _add_some(connection, job_id, numbered)):
            pass

    async def cut(self, job_id: str, *, most_rows: int) -> None:
        """Put waiting rows that are in no call yet into calls, by number of rows and bytes of body.

        Some thousand rows at a time: nobody else can write meanwhile.
        """
        wanted = (
            select(IMPORT_ROWS.c.number, IMPORT_ROWS.c.size)
            .join(JOB_ROWS, _same_row())
            .join(JOBS, JOBS.c.id == IMPORT_ROWS.c.job_id)
            .where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.chunk == _IN_NONE)
            .where(JOB_ROWS.c.state == RowState.WAITING.value, self._leases.works_here())
            .order_by(IMPORT_ROWS.c.number)
            .limit(_AT_ONCE)
        )

        def write(connection: Connection) -> bool:
            sizes = [(int(number), int(size)) for number, size in connection.execute(wanted)]
            for group in groups(sizes, most_rows=most_rows):
                _put_together(connection, job_id, group)
            return len(sizes) == _AT_ONCE

        while await self._database.write(write):
            pass

    async def take(self, job_id: str) -> Chunk | None:
        """The next call, for one worker alone; None when there is none or the job does not run."""

        def write(connection: Connection) -> Chunk | None:
            wanted = (
                select(IMPORT_CHUNKS)
                .join(JOBS, JOBS.c.id == IMPORT_CHUNKS.c.job_id)
                .where(IMPORT_CHUNKS.c.job_id == job_id, self._leases.works_here())
                .where(IMPORT_CHUNKS.c.is_taken.is_(False), IMPORT_CHUNKS.c.is_over.is_(False))
                .order_by(IMPORT_CHUNKS.c.number)
                .limit(1)
            )
            found = connection.execute(wanted).one_or_none()
            if found is None:
                return None
            connection.execute(_chunk(job_id, found.number).values(is_taken=True))
            rows = _rows_of(connection, job_id, found.number)
            _settle(connection, job_id, [(one.number, RowState.DOING, "") for one in rows])
            return Chunk(found.number, rows, found.faults)

        return await self._database.write(write)

    async def release(self, job_id: str, chunk: Chunk, *, after_fault: bool = False) -> None:
        """Give a call back as it is: it goes out (again) under the same key when the job goes on."""
        back = _chunk(job_id, chunk.number).values(is_taken=False, faults=chunk.faults + after_fault)

        def write(connection: Connection) -> None:
            connection.execute(back)
            for numbers in _batches([one.number for one in chunk.rows]):
                rows = update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.number.in_(numbers))
                unsettled = rows.where(JOB_ROWS.c.state == RowState.DOING.value)
                connection.execute(unsettled.values(state=RowState.WAITING.value))

        await self._leases.write(job_id, write)

    async def stored(self, job_id: str, results: Sequence[Settled], halfway: Sequence[int]) -> None:
        """The call was answered. `halfway` are rows that are stored and still have credentials to come."""

        def write(connection: Connection) -> None:
            _settle(connection, job_id, results)
            for numbers in _batches(halfway):
                connection.execute(_import_rows(job_id, numbers).values(body="{}", size=2))

        await self._leases.write(job_id, write)

    async def settle(self, job_id: str, results: Sequence[Settled]) -> None:
        """Write down what came of some rows."""
        await self._leases.write(job_id, lambda connection: _settle(connection, job_id, results))

    async def over(self, job_id: str, chunk: int) -> None:
        """Nothing is left to do about this call."""
        await self._leases.write(job_id, lambda c: c.execute(_chunk(job_id, chunk).values(is_over=True)))

    async def split(
        self, job_id: str, chunk: int, parts: Sequence[Sequence[int]], results: Sequence[Settled]
    ) -> None:
        """The call was refused as it was: some rows are over, the others go on in these calls instead."""

        def write(connection: Connection) -> None:
            connection.execute(_chunk(job_id, chunk).values(is_over=True))
            _settle(connection, job_id, results)
            for part in parts:
                _put_together(connection, job_id, part)
                _settle(connection, job_id, [(number, RowState.WAITING, "") for number in part])

        await self._leases.write(job_id, write)

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
            .join(JOB_ROWS, _same_row())
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


def groups(sizes: Sequence[tuple[int, int]], *, most_rows: int) -> Iterator[list[int]]:
    """Row numbers by call: no more than `most_rows`, and no more bytes than a server takes."""
    group: list[int] = []
    held = 0
    for number, size in sizes:
        if group and (len(group) >= most_rows or held + size + 1 > MOST_BYTES):
            yield group
            group, held = [], 0
        group.append(number)
        held += size + 1
    if group:
        yield group


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
        "subscriber_id": row.subscriber_id[:1000],
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
        "chunk": _IN_NONE,
        "line": row.line,
        "size": len(body.encode()),
        "body": body,
        "reach": json.dumps(row.reach, ensure_ascii=False),
        "before": json.dumps(row.before, ensure_ascii=False),
    }


def _put_together(connection: Connection, job_id: str, numbers: Sequence[int]) -> None:
    highest = select(func.max(IMPORT_CHUNKS.c.number)).where(IMPORT_CHUNKS.c.job_id == job_id)
    chunk = (connection.execute(highest).scalar_one_or_none() or 0) + 1
    connection.execute(
        insert(IMPORT_CHUNKS).values(job_id=job_id, number=chunk, is_taken=False, is_over=False, faults=0)
    )
    for some in _batches(numbers):
        connection.execute(_import_rows(job_id, some).values(chunk=chunk))


def _rows_of(connection: Connection, job_id: str, chunk: int) -> list[ImportRow]:
    wanted = (
        select(IMPORT_ROWS, JOB_ROWS.c.subscriber_id, JOB_ROWS.c.tries)
        .join(JOB_ROWS, _same_row())
        .where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.chunk == chunk)
        .where(JOB_ROWS.c.state.in_(_UNSETTLED))
        .order_by(IMPORT_ROWS.c.number)
    )
    return [
        ImportRow(
            row.number,
            row.line,
            row.subscriber_id,
            row.tries,
            json.loads(row.body),
            json.loads(row.reach),
            json.loads(row.before),
        )
        for row in connection.execute(wanted)
    ]


def _settle(connection: Connection, job_id: str, results: Sequence[Settled]) -> None:
    """Rows with the same outcome in one statement: a call of 500 rows is mostly one or two."""
    alike: dict[tuple[RowState, str], list[int]] = {}
    for number, state, note in results:
        alike.setdefault((state, note), []).append(number)
    for (state, note), all_numbers in alike.items():
        for numbers in _batches(all_numbers):
            rows = update(JOB_ROWS).where(JOB_ROWS.c.job_id == job_id, JOB_ROWS.c.number.in_(numbers))
            connection.execute(rows.values(state=state.value, note=note[:500]))
            if state is RowState.DONE:
                connection.execute(_import_rows(job_id, numbers).values(body="{}", reach="{}", size=2))
            if state is RowState.FAILED:
                connection.execute(_import_rows(job_id, numbers).values(chunk=_IN_NONE))


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]


def _chunk(job_id: str, number: int) -> Any:
    return update(IMPORT_CHUNKS).where(IMPORT_CHUNKS.c.job_id == job_id, IMPORT_CHUNKS.c.number == number)


def _import_rows(job_id: str, numbers: Sequence[int]) -> Any:
    return update(IMPORT_ROWS).where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.number.in_(numbers))


def _same_row() -> Any:
    return (JOB_ROWS.c.job_id == IMPORT_ROWS.c.job_id) & (JOB_ROWS.c.number == IMPORT_ROWS.c.number)
