"""How values are said to a person: names, times, counts, channels. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MINUTE, HOUR, DAY = 60, 3600, 86_400
_STEPS = ((MINUTE, 1, "second"), (HOUR, MINUTE, "minute"), (DAY, HOUR, "hour"), (30 * DAY, DAY, "day"))
NOT_KNOWN = "—"
MASKED = "•••"


def full_name(first: str | None, last: str | None, *, otherwise: str) -> str:
    """The person's name, or what stands in for it."""
    name = " ".join(part.strip() for part in (first or "", last or "") if part.strip())
    return name or otherwise


def initials(name: str) -> str:
    """Up to two letters for the avatar, in any script."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def hue(key: str) -> int:
    """A colour angle that stays with a person (0–359)."""
    return int.from_bytes(hashlib.blake2s(key.encode("utf-8", "replace"), digest_size=2).digest()) % 360


def ago(moment: datetime | None, now: datetime) -> str:
    """`3 hours ago`; beyond a month the date."""
    if moment is None:
        return NOT_KNOWN
    seconds = (now - moment).total_seconds()
    if -MINUTE < seconds < 10:
        return "just now"
    if seconds < 0:
        return absolute(moment)
    for limit, unit, word in _STEPS:
        if seconds < limit:
            number = int(seconds // unit)
            return f"{number} {word}{'' if number == 1 else 's'} ago"
    return f"{moment.day} {moment:%b %Y}"


def absolute(moment: datetime | None) -> str:
    """`24 Nov 2026, 18:35:44 UTC`."""
    if moment is None:
        return "not known"
    utc = moment.astimezone(UTC)
    return f"{utc.day} {utc:%b %Y, %H:%M:%S} UTC"


def local_time(zone: str | None, now: datetime) -> str | None:
    """`14:05 there (Europe/Berlin)`; None where no usable zone is stored."""
    there = zone_of(zone)
    return f"{now.astimezone(there):%H:%M} there ({zone})" if there else None


def zone_of(name: str | None) -> ZoneInfo | None:
    """The zone of that name; None where it is no usable one."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 person`, `2,400 people`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """`less than a minute`, `about 5 minutes`, `about 2 hours`."""
    if seconds < MINUTE:
        return "less than a minute"
    if seconds < 2 * HOUR:
        return f"about {count(round(seconds / MINUTE), 'minute')}"
    return f"about {count(round(seconds / HOUR), 'hour')}"


@dataclass(frozen=True)
class Total:
    """How many there are, as far as anyone can say: None is not known."""

    number: int | None
    bound: Literal["exactly", "at most", "at least"] = "exactly"


def total(value: Total) -> str:
    """An honest total: `2,400 people`, `50,000+ people`, `up to 80 people`."""
    if value.number is None:
        return "total not known"
    if value.bound == "at least":
        return f"{value.number:,}+ people"
    people = count(value.number, "person", "people")
    return people if value.bound == "exactly" else f"up to {people}"
