"""Walk every person that matches into a file: progress on the way, and a complete file or none."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from api_client import SubscriberFilter
from dashboard.csv_io.columns import DEFAULT_COLUMNS, Column
from dashboard.csv_io.unseen import add_unseen_counts
from dashboard.csv_io.walk import Batch, walk
from dashboard.csv_io.writer import Format, SpoolFile
from dashboard.reading import Reader
from dashboard.refusals import Refusal
from dashboard.wire_rows import WireRow

MOST_ROWS = 5_000_000
KEPT_FOR = timedelta(hours=1)


class TooManyToExport(Refusal):
    """More people match than one file may hold. Nothing was kept: half of them would look like all."""

    def __init__(self, most: int) -> None:
        super().__init__(f"More than {most:,} subscribers match. Narrow the search and export in parts.")


@dataclass(frozen=True)
class ExportPlan:
    """What is exported: people who match any of `filters`, each once, by ascending id.

    `bom` is for spreadsheets that take UTF-8 for something else without it. `keeps` picks from what the API
    finds, where it cannot be asked precisely enough; beyond a row that `is_past` nobody else is wanted.
    `guards`: cells that a spreadsheet would run are made harmless; without it the file is for machines.
    """

    filters: Sequence[SubscriberFilter] = (SubscriberFilter(),)
    columns: Sequence[Column] = DEFAULT_COLUMNS
    format: Format = Format.CSV
    bom: bool = False
    most_rows: int = MOST_ROWS
    keeps: Callable[[WireRow], bool] = lambda _: True
    is_past: Callable[[WireRow], bool] = lambda _: False
    guards: bool = True


@dataclass(frozen=True)
class Progress:
    """How far an export is: `rows` were written of `read`, and `total` are to be read.

    `total` is None when unknown; several filters may count people twice.
    """

    rows: int
    read: int
    total: int | None
    total_is_exact: bool


@dataclass(frozen=True)
class Exported:
    """A complete file."""

    path: Path
    rows: int
    format: Format


async def export(
    reader: Reader,
    plan: ExportPlan,
    *,
    folder: Path,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Exported:
    """Write everyone who matches to a new file in `folder`, in bounded memory.

    Cancel the task to stop it. On cancelling, on an ApiError and on TooManyToExport no file is left.
    """
    path = folder / f"{secrets.token_hex(16)}.{plan.format.value}"
    with SpoolFile(path, plan.columns, plan.format, bom=plan.bom, guards=plan.guards) as spool:
        read = 0
        async with aclosing(_walk(reader, plan)) as batches:
            async for batch in batches:
                read += len(batch.rows)
                await asyncio.sleep(0)  # the next page is asked for before this one is written
                spool.write(await _completed(reader, plan, list(filter(plan.keeps, batch.rows))))
                on_progress(Progress(spool.rows, read, batch.total, batch.total_is_exact))
                if batch.is_cut_off:
                    raise TooManyToExport(plan.most_rows)
        return Exported(spool.finish(), spool.rows, plan.format)


def _walk(reader: Reader, plan: ExportPlan) -> AsyncGenerator[Batch]:
    return walk(reader, plan.filters, max_items=plan.most_rows, is_past=plan.is_past)


def forget_old(folder: Path, now: datetime) -> None:
    """Remove files an hour after they were written: they are full of people, and fetched or forgotten."""
    for path in folder.glob("*"):
        if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
            path.unlink(missing_ok=True)


async def _completed(
    reader: Reader, plan: ExportPlan, rows: Sequence[dict[str, Any]]
) -> Sequence[dict[str, Any]]:
    """The rows, with what costs a call per person where a chosen column asks for it."""
    if any(column.needs_call for column in plan.columns):
        return await add_unseen_counts(reader, rows)
    return rows
