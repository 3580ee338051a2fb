"""Quiet hours: whether a weekly schedule lets messages through at a person's local time. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD = 8  # days: a week from now is the same day again


@dataclass(frozen=True)
class Quiet:
    """Messages are held off; `until` is the local time at which they pass again, None for never."""

    until: datetime | None


def quiet_at(schedule: Mapping[str, Any] | None, local: datetime) -> Quiet | None:
    """None when messages pass. Raises ValueError for a schedule in a form that is not known."""
    if not schedule or not schedule.get("isEnabled"):
        return None
    week = schedule.get("weeklySchedule")
    if week is None:
        return None
    if not isinstance(week, Mapping):
        raise ValueError("weeklySchedule")
    known = cast("Mapping[str, object]", week)
    spans = [(day, span) for day in range(_AHEAD) for span in _open_on(known, local + timedelta(days=day))]
    if any(day == 0 and start <= local.time() < end for day, (start, end) in spans):
        return None
    opens = [_at(local + timedelta(days=day), start) for day, (start, _) in spans]
    return Quiet(min((moment for moment in opens if moment > local), default=None))


def _open_on(week: Mapping[str, object], day: datetime) -> list[tuple[time, time]]:
    found = week.get(DAYS[day.weekday()])
    if found is None:
        return []
    if not isinstance(found, Mapping):
        raise ValueError("day")
    entry = cast("Mapping[str, object]", found)
    if not entry.get("isEnabled"):
        return []
    hours = entry.get("hours")
    if not hours:
        return []
    if not isinstance(hours, list):
        raise ValueError("hours")
    return [_span(one) for one in cast("list[object]", hours)]


def _span(hours: object) -> tuple[time, time]:
    if not isinstance(hours, Mapping):
        raise ValueError("hours")
    named = cast("Mapping[str, object]", hours)
    start, end = _clock(named.get("start")), _clock(named.get("end"))
    return start, time.max if end <= start else end


def _clock(text: object) -> time:
    """`09:00 AM`, as the service writes it, or `09:00`."""
    if not isinstance(text, str):
        raise ValueError("time")
    shape = "%I:%M %p" if text.strip()[-1:].upper() == "M" else "%H:%M"
    return datetime.strptime(text.strip().upper(), shape).time()  # noqa: DTZ007 - a time of day has no zone


def _at(day: datetime, start: time) -> datetime:
    return day.replace(hour=start.hour, minute=start.minute, second=0, microsecond=0)
