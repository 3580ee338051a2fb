"""A weekly schedule as text that a person can type, a line a day, and back to what the API stores. Pure."""

import re
from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Any, cast

from dashboard.reach.schedule import DAYS

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b)\s*", re.IGNORECASE)
UNKNOWN = "in a form that this dashboard does not know"
_LAST = time(23, 59)


class BadHours(ValueError):
    """Hours that cannot be understood; the text says what is expected."""


def shown(schedule: Mapping[str, Any] | None) -> dict[str, str]:
    """Day → `09:00–17:00, 19:00–21:00`; empty is quiet all day. What is in no known form is shown empty."""
    known = _week(schedule)
    return {day: _shown(known.get(day)) for day in DAYS}


def told(schedule: Mapping[str, Any]) -> dict[str, str]:
    """Day → its hours in words."""
    found = {day: _spans(_week(schedule).get(day)) for day in DAYS}
    return {
        day: UNKNOWN if spans is None else ", ".join(spans) or "quiet all day" for day, spans in found.items()
    }


def parsed(text: str) -> list[dict[str, str]]:
    """`9-17, 19:00–21:00` → what the API stores of a day. Raises BadHours."""
    spans = [_span(part) for part in text.split(",") if part.strip()]
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise BadHours("Name the hours in their order, without overlaps.")
    return [{"start": _stored(start), "end": _stored(end)} for start, end in spans]


def changed(old: Mapping[str, Any] | None, lines: Mapping[str, str], *, is_on: bool) -> dict[str, Any]:
    """The schedule to store: days whose line was left alone stay as they were. Raises BadHours."""
    before, known = shown(old), _week(old)
    week: dict[str, Any] = {}
    for day in DAYS:
        if day in known and lines[day].strip() == before[day]:
            week[day] = known[day]
        else:
            hours = parsed(lines[day])
            week[day] = {"isEnabled": bool(hours), "hours": hours} if hours else {"isEnabled": False}
    return {**(old or {}), "isEnabled": is_on, "weeklySchedule": week}


def problems(old: Mapping[str, Any] | None, lines: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by day; a line that was left alone never is."""
    before, found = shown(old), dict[str, str]()
    for day, text in lines.items():
        try:
            if text.strip() != before[day]:
                parsed(text)
        except BadHours as flaw:
            found[day] = str(flaw)
    return found


def _week(schedule: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found = (schedule or {}).get("weeklySchedule")
    return cast("Mapping[str, Any]", found) if isinstance(found, Mapping) else {}


def _shown(day: object) -> str:
    return ", ".join(_spans(day) or ())


def _spans(day: object) -> list[str] | None:
    """Its hours; none for a day that is quiet, None for one in no known form."""
    if day is None:
        return []
    if not isinstance(day, Mapping):
        return None
    entry = cast("Mapping[str, Any]", day)
    if not entry.get("isEnabled") or not entry.get("hours"):
        return []
    try:
        return [f"{_clock(one['start']):%H:%M}–{_clock(one['end']):%H:%M}" for one in entry["hours"]]
    except (BadHours, KeyError, TypeError):
        return None


def _span(text: str) -> tuple[time, time]:
    ends = _BETWEEN.split(text.strip())
    if len(ends) != 2:
        raise BadHours("Write hours as in 09:00–17:00; several with a comma between them.")
    start, end = (_clock(one) for one in ends)
    if end == time(0):
        end = _LAST
    if end <= start:
        raise BadHours("These hours end before they begin. Hours beyond midnight belong to two days.")
    return start, end


def _clock(text: object) -> time:
    """`9`, `09:00`, `9:30 PM`; `24:00` is the last minute of the day, as the API knows no other end."""
    match = _TIME.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise BadHours("Write a time as in 09:00.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise BadHours("Write a time as in 09:00.")
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if (hour, minute) == (24, 0):
        return _LAST
    if hour > 23 or minute > 59:
        raise BadHours("There is no such time of day.")
    return time(hour, minute)


def _stored(moment: time) -> str:
    """`09:00 AM`, as the API wants it, whatever this machine's language."""
    return f"{moment.hour % 12 or 12:02}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"
