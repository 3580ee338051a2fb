"""The service's checks of bodies and queries, in its order and with its messages.

A check gets a field's name and its value (`...` when it was not sent) and yields what is wrong with it.
"""

import math
import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from .problems import invalid

Check = Callable[[str, Any], Iterator[str]]
EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+)*"
    r"@([A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]{0,61}[A-Za-z0-9\u00a1-\uffff])?\.)+"
    r"[A-Za-z\u00a1-\uffff]{2,63}"
)
LOCALE = re.compile(r"[A-Za-z]{2,4}([_-]([A-Za-z]{4}|\d{3}))?([_-]([A-Za-z]{2}|\d{3}))?")


def check(values: Mapping[str, Any], fields: Mapping[str, Sequence[Check]]) -> None:
    """Raises the 422 problem with every complaint, or does nothing."""
    found = list(complaints(values, fields))
    if found:
        raise invalid(found)


def complaints(values: Mapping[str, Any], fields: Mapping[str, Sequence[Check]]) -> Iterator[str]:
    for name, checks in fields.items():
        value = values.get(name, ...)
        for one in checks:
            yield from one(name, value)


def given(name: str, value: Any) -> Iterator[str]:
    if value is None or value is ...:
        yield f"{name} should not be null or undefined"


def text(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} must be a string"


def mapping(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{name} must be an object"


def truth(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{name} must be a boolean value"


def email(name: str, value: Any) -> Iterator[str]:
    if not (isinstance(value, str) and is_email(value)):
        yield f"{name} must be an email"


def locale(name: str, value: Any) -> Iterator[str]:
    if not (isinstance(value, str) and LOCALE.fullmatch(value)):
        yield f"{name} must be locale"


def timezone(name: str, value: Any) -> Iterator[str]:
    if not (isinstance(value, str) and value.lower() in _zones()):
        yield f"{name} must be a valid IANA time-zone"


def is_email(value: str) -> bool:
    local, _, domain = value.rpartition("@")
    return len(local.encode()) <= 64 and len(domain) <= 254 and EMAIL.fullmatch(value) is not None


def optional(*checks: Check) -> list[Check]:
    """Applies the checks unless the value is null or was not sent."""

    def one(name: str, value: Any) -> Iterator[str]:
        if value is not None and value is not ...:
            for inner in checks:
                yield from inner(name, value)

    return [one]


def whole(*, least: int, most: int | None = None) -> list[Check]:
    """A whole number in a query, read as the service reads text; bounds are checked before wholeness."""

    def one(name: str, value: Any) -> Iterator[str]:
        if value is ... or value is None:
            return
        number = as_number(value)
        if most is not None and not number <= most:
            yield f"{name} must not be greater than {most}"
        if least > 0 and not number >= least:
            yield f"{name} must not be less than {least}"
        if math.isnan(number) or math.isinf(number) or number != int(number):
            yield f"{name} must be an integer number"

    return [one]


def as_number(value: object) -> float:
    """JavaScript's `Number(value)` for what a query can hold: empty is 0, a list or a word is no number."""
    if not isinstance(value, str):
        return math.nan
    stripped = value.strip()
    if not stripped:
        return 0.0
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", stripped):
        return float(int(stripped, 0)) if len(stripped) < 250 else math.inf
    if re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", stripped):
        return float(stripped)
    return math.nan


def shown_number(number: float) -> float | int | None:
    """A number as JSON shows it: whole when it is, null for infinity, a float beyond 53 bits."""
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) and abs(number) < 2**53 else float(number)


@cache
def _zones() -> frozenset[str]:
    return frozenset(name.lower() for name in zoneinfo.available_timezones())
