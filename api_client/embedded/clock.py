"""The clock the embedded API reads and waits by, so that tests can move time themselves."""

import asyncio
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

FIRST_MS, LAST_MS = -62_135_596_800_000, 253_402_300_799_999


class Clock(Protocol):
    """Aware UTC time and an awaitable pause in seconds."""

    def now(self) -> datetime: ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970, the form in which times are stored."""
    return int(moment.timestamp() * 1000)


def to_text(ms: int) -> str:
    """ISO 8601 with milliseconds and `Z`, the form in which times are answered."""
    hour, rest = divmod(ms, 3_600_000)
    minute, rest = divmod(rest, 60_000)
    return f"{_hour(hour)}{minute:02d}:{rest // 1000:02d}.{rest % 1000:03d}Z"


def from_text(text: str) -> int:
    """Milliseconds of an ISO 8601 text, taken as UTC when it names no zone.

    ValueError when it is none, or lies outside the years 1 to 9999, which `to_text` could not write.
    """
    moment = datetime.fromisoformat(text)
    ms = to_ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    if not FIRST_MS <= ms <= LAST_MS:
        raise ValueError("this moment is in no year from 1 to 9999")
    return ms


@lru_cache(maxsize=10_000)
def _hour(hours: int) -> str:
    return datetime.fromtimestamp(hours * 3600, UTC).isoformat()[:14]
