"""Which languages and time zones are worth sending; the server has the last word. Pure."""

import re
from collections.abc import Callable, Mapping
from zoneinfo import available_timezones

from dashboard.jobs import Kind

LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def no_problem(_: str) -> str | None:
    return None


def locale_problem(value: str) -> str | None:
    """Why this is no language, or None."""
    return None if LOCALE.fullmatch(value) else "Not a language code. Use one like de, de_DE or pt-BR."


def timezone_problem(value: str) -> str | None:
    """Why this is no time zone, or None."""
    return None if value in available_timezones() else "Not a time zone. Use one like Europe/Berlin or UTC."


PROBLEMS: Mapping[Kind, Callable[[str], str | None]] = {
    Kind.DELETE: no_problem,
    Kind.READ: no_problem,
    Kind.LOCALE: locale_problem,
    Kind.TIMEZONE: timezone_problem,
}
