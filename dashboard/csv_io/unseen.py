"""The one column that costs a call per person: how many messages they have not seen."""

import asyncio
from collections.abc import Sequence
from typing import Any

from api_client import BATCH, NotFound
from dashboard.csv_io.columns import UNSEEN
from dashboard.reading import Reader

AT_ONCE = 10
CAP = 1000  # the most that the API counts


async def add_unseen_counts(reader: Reader, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their unseen counts; None for people who were deleted since the row was read."""
    turns = asyncio.Semaphore(AT_ONCE)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_counted(reader, row, turns)) for row in rows]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def _counted(reader: Reader, row: dict[str, Any], turns: asyncio.Semaphore) -> dict[str, Any]:
    async with turns:
        try:
            count = await reader.feed.unseen_count(str(row["subscriberId"]), limit=CAP, options=BATCH)
        except NotFound:
            count = None
    return row | {UNSEEN: count}
