"""Quiet hours: whether a weekly schedule lets messages through at a person's local time. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD = 8  # days: a week from now is the same day again


@dataclass(frozen=True)
class Quiet:
    """Messages are held off; `until` is the local time at which they pass again, None for never."""

    until: datetime | None


Hours = tuple[int, int]
"""From and to, in minutes since midnight. Both minutes count; `to` before `from` is beyond midnight."""


def quiet_at(schedule: Mapping[str, Any] | None, local: datetime) -> Quiet | None:
    """None when messages pass. Raises ValueError for a schedule in a form that is not known.

    As Novu decides it: where some hours of the day before go beyond midnight, all hours of that day count
    today as well.
    """
    if not schedule or not schedule.get("isEnabled"):
        return None
    week = schedule.get("weeklySchedule")
    if week is None:
        return None
    if not isinstance(week, Mapping):
        raise ValueError("weeklySchedule")
    known = cast("Mapping[str, object]", week)
    days = {day: _hours(known, local + timedelta(days=day)) for day in range(-1, _AHEAD)}
    before = days.pop(-1)
    late = before if any(end < start for start, end in before) else []
    if any(_holds(hours, local.hour * 60 + local.minute) for hours in (*days[0], *late)):
        return None
    opens = (_at(local + timedelta(days=day), start) for day, spans in days.items() for start, _ in spans)
    return Quiet(min((moment for moment in opens if moment > local), default=None))


def _holds(hours: Hours, minute: int) -> bool:
    start, end = hours
    return minute >= start or minute <= end if end < start else start <= minute <= end


def _hours(week: Mapping[str, object], day: datetime) -> list[Hours]:
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


def _span(hours: object) -> Hours:
    if not isinstance(hours, Mapping):
        raise ValueError("hours")
    named = cast("Mapping[str, object]", hours)
    return _minute(named.get("start")), _minute(named.get("end"))


def _minute(text: object) -> int:
    """`09:00 AM`, as the service writes it, or `09:00`."""
    if not isinstance(text, str):
        raise ValueError("time")
    shape = "%I:%M %p" if text.strip()[-1:].upper() == "M" else "%H:%M"
    moment = datetime.strptime(text.strip().upper(), shape)  # noqa: DTZ007 - a time of day has no zone
    return moment.hour * 60 + moment.minute


def _at(day: datetime, minute: int) -> datetime:
    return day.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
