"""Unseen counts, remembered for a minute: a list that is looked at twice is not counted twice."""

from datetime import datetime, timedelta

from api_client import BATCH
from dashboard.clock import Clock
from dashboard.reading import Reader

FRESH_FOR = timedelta(minutes=1)
MOST_KEPT = 20_000
CAP = 100
"""Counted up to here; a list need not know more."""


class UnseenCounts:
    """One for all operators. Counting leaves a part of the rate budget to people, and waits for it."""

    def __init__(self, reader: Reader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock
        self._counts: dict[str, tuple[datetime, int]] = {}

    def known(self, subscriber_id: str) -> int | None:
        """A count not older than a minute, without asking."""
        at, count = self._counts.get(subscriber_id, (None, 0))
        return count if at is not None and self._clock.now() - at < FRESH_FOR else None

    async def count(self, subscriber_id: str) -> int:
        """How many are unseen, `CAP` for that many or more. Raises ApiError."""
        known = self.known(subscriber_id)
        if known is not None:
            return known
        number = await self._reader.feed.unseen_count(subscriber_id, limit=CAP, options=BATCH)
        if len(self._counts) >= MOST_KEPT:
            self._counts.clear()
        self._counts[subscriber_id] = (self._clock.now(), number)
        return number

    def forget(self, subscriber_ids: list[str]) -> None:
        """Count these anew the next time: on request, or after their messages were changed."""
        for one in subscriber_ids:
            self._counts.pop(one, None)
