"""Unseen counts fill in after the rows: remembered ones at once, the rest as the rate budget allows."""

import asyncio
from collections.abc import Sequence

from api_client import ApiError
from dashboard.components.people_table import Figure, PeopleTable, PersonRow
from dashboard.feedback import describe
from dashboard.pages.subscribers import loading
from dashboard.unseen import UnseenCounts

AT_ONCE = 10
REPAINT_EVERY = 10


def known_figures(counts: UnseenCounts, rows: Sequence[PersonRow]) -> list[Figure | None]:
    """What needs no asking."""
    numbers = [counts.known(row.id) for row in rows]
    return [None if number is None else loading.figure(number) for number in numbers]


async def fill_figures(counts: UnseenCounts, rows: Sequence[PersonRow], table: PeopleTable) -> None:
    """Count the rest, a few at once, and show them in a few repaints. Ends when the table is gone."""
    figures = known_figures(counts, rows)
    missing = iter([index for index, known in enumerate(figures) if known is None])
    arrived = 0

    async def work() -> None:
        nonlocal arrived
        for index in missing:
            if table.is_deleted:
                return
            figures[index] = await _figure(counts, rows[index].id)
            arrived += 1
            if arrived % REPAINT_EVERY == 0:
                _paint(table, figures)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work())
    if arrived:
        _paint(table, figures)


def _paint(table: PeopleTable, figures: Sequence[Figure | None]) -> None:
    if not table.is_deleted:
        table.set_counts(figures)


async def _figure(counts: UnseenCounts, subscriber_id: str) -> Figure:
    try:
        return await loading.unseen(counts, subscriber_id)
    except ApiError as exc:
        return Figure("?", f"Not counted. {describe(exc).text}", "unknown")
