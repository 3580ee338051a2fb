"""Whether a value is one that the service takes; each check answers a sentence, or nothing. Pure."""

import difflib
import json
import re
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers

from dashboard.profile.json_places import flaw, place

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
    meant = f" Did you mean {zones[near[0]]}?" if near else ""
    return f"This is not an IANA time zone, such as Europe/Berlin.{meant}"


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
    except BadJson as error:
        return str(error)
    return ""


def custom_data(text: str) -> dict[str, Any]:
    """Typed JSON as an object. Raises BadJson naming line and column."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_DATA_BYTES:
        raise BadJson(f"More than {MOST_DATA_BYTES // 1000} kB: the API would refuse it.")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadJson(f"Line {error.lineno}, column {error.colno}: {_plainly(error.msg)}.") from error
    except RecursionError as error:
        raise BadJson("This is nested too deeply.") from error
    if not isinstance(found, dict):
        begin = place(text, len(text) - len(text.lstrip()))
        raise BadJson(f'{begin}: custom data is an object in braces, such as {{"plan": "pro"}}.')
    if found_flaw := flaw(text):
        raise BadJson(found_flaw)
    return cast("dict[str, Any]", found)


def _plainly(message: str) -> str:
    """The parser's short remark, in the words of the rest."""
    return message[:1].lower() + message[1:]


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
