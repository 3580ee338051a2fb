"""The calls of an import in the database: which rows go out together, and which calls are over.

A call that went out is repeated as it was, under the same key, until its answer is known.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from dashboard.jobs.import_rows import IN_NO_CALL, same_row
from dashboard.jobs.import_shapes import Chunk, ImportRow, Settled
from dashboard.jobs.leases import Leases
from dashboard.jobs.shapes import RowState
from dashboard.storage import Database
from dashboard.storage.tables import IMPORT_CHUNKS, IMPORT_ROWS, JOB_ROWS, JOBS

MOST_BYTES = 90_000  # of one call's rows; servers take about 100 kB
_AT_ONCE = 5000
_UNSETTLED = (RowState.WAITING.value, RowState.DOING.value)


class ImportCalls:
    """Cut once, then taken one after the other by the workers of whichever replica runs the job."""

    def __init__(self, database: Database, leases: Leases) -> None:
        self._database = database
        self._leases = leases

    async def cut(self, job_id: str, *, most_rows: int) -> None:
        """Put waiting rows that are in no call yet into calls, by number of rows and bytes of body.

        Some thousand rows at a time: nobody else can write meanwhile.
        """
        wanted = (
            select(IMPORT_ROWS.c.number, IMPORT_ROWS.c.size)
            .join(JOB_ROWS, same_row())
            .join(JOBS, JOBS.c.id == IMPORT_ROWS.c.job_id)
            .where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.chunk == IN_NO_CALL)
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
        .join(JOB_ROWS, same_row())
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
                connection.execute(_import_rows(job_id, numbers).values(chunk=IN_NO_CALL))


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]


def _chunk(job_id: str, number: int) -> Any:
    return update(IMPORT_CHUNKS).where(IMPORT_CHUNKS.c.job_id == job_id, IMPORT_CHUNKS.c.number == number)


def _import_rows(job_id: str, numbers: Sequence[int]) -> Any:
    return update(IMPORT_ROWS).where(IMPORT_ROWS.c.job_id == job_id, IMPORT_ROWS.c.number.in_(numbers))
