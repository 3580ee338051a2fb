"""Whether a value is one that the service takes; each check answers a sentence, or nothing. Pure."""

import difflib
import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers

MOST_DATA_BYTES = 90_000
"""The API takes bodies up to about 100 kB."""
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@(?:[^\s@.<>()\[\]\\,;:\"]{1,63}\.)+[^\s@.<>\d]{2,63}")
_LOCALE = re.compile(r"[A-Za-z]{2,4}([_-][A-Za-z]{4})?([_-]([A-Za-z]{2}|\d{3}))?")


class BadJson(ValueError):
    """Custom data that is no JSON object; the text names the line."""


def email_problem(text: str) -> str:
    if _EMAIL.fullmatch(text) and len(text) <= 254 and ".." not in text:
        return ""
    return "This is not a complete e-mail address, such as ada@example.com."


def phone_problem(text: str) -> str:
    if phone_number(text) is not None:
        return ""
    return "Write the number with its country code, such as +49 151 12345678."


def phone_number(text: str) -> str | None:
    """The number as it is stored, `+4915112345678`; None when it is none or lacks its country code."""
    bare = text.strip()
    try:
        number = phonenumbers.parse(f"+{bare[2:]}" if bare.startswith("00") else bare, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_warning(text: str) -> str:
    number = phone_number(text)
    if number is None or phonenumbers.is_valid_number(phonenumbers.parse(number, None)):
        return ""
    return "The length is right, but no operator is known to use this number range."


def locale_problem(text: str) -> str:
    return "" if _LOCALE.fullmatch(text) else "Write a language, and a country if need be: en, en_US, de-DE."


def timezone_problem(text: str) -> str:
    zones = _zones()
    if text.lower() in zones:
        return ""
    near = difflib.get_close_matches(text.lower(), list(zones), n=1, cutoff=0.6)
    meant = f" Do you mean {zones[near[0]]}?" if near else ""
    return f"This is no IANA time zone, such as Europe/Berlin.{meant}"


def avatar_warning(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        return "This is not an address."
    if parts.scheme == "https" and parts.netloc:
        return ""
    return "People's apps usually load pictures only from https:// addresses."


def data_problem(text: str) -> str:
    try:
        custom_data(text)
    except BadJson as flaw:
        return str(flaw)
    return ""


def custom_data(text: str) -> dict[str, Any]:
    """Typed JSON as an object. Raises BadJson naming line and column."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_DATA_BYTES:
        raise BadJson(f"More than {MOST_DATA_BYTES // 1000} kB: the API would refuse it.")
    try:
        found = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as flaw:
        raise BadJson(f"Line {flaw.lineno}, column {flaw.colno}: {_plainly(flaw.msg)}.") from flaw
    except RecursionError as flaw:
        raise BadJson("This is nested too deeply.") from flaw
    if not isinstance(found, dict):
        raise BadJson('Line 1, column 1: custom data is an object in braces, such as {"plan": "pro"}.')
    return cast("dict[str, Any]", found)


def _without_doubles(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadJson(f"The name “{name}” stands twice in one object; only one value would stay.")
        found[name] = value
    return found


def _no_constant(name: str) -> None:
    raise BadJson(f"{name} is no JSON value.")


def _plainly(message: str) -> str:
    """The parser's short remark, in the words of the rest."""
    return message[:1].lower() + message[1:]


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
