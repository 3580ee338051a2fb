"""Read everyone who matches the list, for a change of all of them: the same filters as list and export."""

from collections.abc import Callable, Mapping
from contextlib import aclosing
from datetime import datetime
from typing import Any

from dashboard import wording
from dashboard.csv_io.walk import walk
from dashboard.pages.subscribers.selection import Picked
from dashboard.pages.subscribers.state import ListState
from dashboard.reading import Reader
from dashboard.refusals import Refusal

MOST = 100_000
MOST_READ = 5_000_000


class TooManyForOneJob(Refusal):
    """More people than one job may change; half of them would look like all."""

    def __init__(self) -> None:
        super().__init__(f"More than {MOST:,} people match. Narrow the search and change them in parts.")


async def gather(
    reader: Reader, state: ListState, now: datetime, on_read: Callable[[int], None]
) -> tuple[Picked, ...]:
    """Everyone, each once, by ascending id. Raises ApiError and TooManyForOneJob; never ends early."""
    found, keeps = list[Picked](), state.keeps(now)
    pages = walk(reader, state.wanted(), max_items=MOST_READ, is_past=state.is_past(descending=False))
    async with aclosing(pages) as batches:
        async for batch in batches:
            found += (_picked(row) for row in batch.rows if keeps(row))
            on_read(len(found))
            if batch.is_cut_off or len(found) > MOST:
                raise TooManyForOneJob
    return tuple(found)


def _picked(row: Mapping[str, Any]) -> Picked:
    subscriber_id = str(row.get("subscriberId", ""))
    name = wording.full_name(row.get("firstName"), row.get("lastName"), otherwise=subscriber_id)
    return Picked(subscriber_id, name, str(row.get("locale") or ""), str(row.get("timezone") or ""))
