"""The result of each row of an import, as a CSV that is safe to open in a spreadsheet."""

import asyncio
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from dashboard.csv_io import guard
from dashboard.jobs import Jobs, ResultRow

HEADING = ("line", "subscriberId", "state", "note", "before")


async def write_results(jobs: Jobs, job_id: str, path: Path) -> None:
    """Line of the file, id, state, note, and as JSON the values that were replaced; in the file's order."""
    await asyncio.to_thread(_begin, path)
    after = -1
    while rows := await jobs.imports.results(job_id, after=after):
        await asyncio.to_thread(_append, path, [_cells(row) for row in rows])
        after = rows[-1].number


def _cells(row: ResultRow) -> list[str]:
    before = "" if row.before == "{}" else guard(row.before)
    return [str(row.line), guard(row.subscriber_id), row.state.value, guard(row.note), before]


def _begin(path: Path) -> None:
    path.write_bytes(b"")
    path.chmod(0o600)
    _append(path, [HEADING])


def _append(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
