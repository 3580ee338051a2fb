"""The rules for a person's fields, as one pydantic check; each refusal has a sentence of its own."""

import re
import unicodedata
import zoneinfo
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from dashboard.csv_io.incoming.fields import ID

_LABEL = r"[A-Za-z0-9\u{a1}-\u{ffff}]([A-Za-z0-9\u{a1}-\u{ffff}-]{0,61}[A-Za-z0-9\u{a1}-\u{ffff}])?"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u{a1}-\u{ffff}-]+"
_EMAIL = rf"^{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[A-Za-z\u{{a1}}-\u{{ffff}}]{{2,63}}$"
_LOCALE = r"^[A-Za-z]{2,4}([_-]([A-Za-z]{4}|\d{3}))?([_-]([A-Za-z]{2}|\d{3}))?$"
_NO_NUL = r"^[^\x00]*$"
_HARMLESS_ADDRESS = r"^\s*([hH][tT][tT][pP][sS]?:[^\x00]*|[^:\x00]*)$"
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,24}")
_NAMES = ("firstName", "lastName")
_PLAIN_ID = re.compile(r"[!-~]{1,255}")


def _zone(value: str) -> str:
    if value.lower() not in _zones():
        raise ValueError("no such zone")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(name.lower() for name in zoneinfo.available_timezones())


_Text = Annotated[str, StringConstraints(pattern=_NO_NUL)] | None


class _Person(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, defer_build=True)

    subscriberId: Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*\S[^\x00]*$")]  # noqa: N815 - the wire's names
    firstName: _Text = None  # noqa: N815
    lastName: _Text = None  # noqa: N815
    email: Annotated[str, StringConstraints(max_length=320, pattern=_EMAIL)] | None = None
    phone: _Text = None
    avatar: Annotated[str, StringConstraints(pattern=_HARMLESS_ADDRESS)] | None = None
    locale: Annotated[str, StringConstraints(pattern=_LOCALE)] | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    data: dict[str, Any] | None = None


_REASONS = {
    ID: "the id is missing, or longer than 1,000 characters",
    "email": "this is not an e-mail address",
    "avatar": "only web addresses (https://…) are taken for pictures",
    "locale": "this is not a language code such as en or de_DE",
    "timezone": "this is not a time zone such as Europe/Berlin",
}
_UNREADABLE = "this holds characters that cannot be stored"


def refusals(values: Mapping[str, object]) -> dict[str, str]:
    """Wire name → why its value is refused; empty when all may be sent."""
    try:
        _Person.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        return {cast("str", one["loc"][0]): _reason(cast("str", one["loc"][0]), one["type"]) for one in found}
    return {}


def remarks(values: Mapping[str, object]) -> dict[str, str]:
    """Wire name → what looks odd about a value that may be sent all the same."""
    found: dict[str, str] = {}
    subscriber_id, phone = values.get(ID), values.get("phone")
    if isinstance(subscriber_id, str) and not _PLAIN_ID.fullmatch(subscriber_id):
        found |= _odd_id(subscriber_id)
    if isinstance(phone, str) and not _PHONE.fullmatch(phone):
        found["phone"] = "this does not look like a phone number"
    for key in _NAMES:
        name = values.get(key)
        if isinstance(name, str) and name.isspace():
            found[key] = "nothing but blanks"
    return found


def _odd_id(text: str) -> dict[str, str]:
    if text != text.strip():
        reason = "blanks at its start or end, which are part of the id"
    elif any(unicodedata.category(sign) in {"Cf", "Cc", "Zl", "Zp"} for sign in text):
        reason = "invisible characters, which are part of the id"
    elif not unicodedata.is_normalized("NFC", text):
        reason = "accents written as signs of their own: the same id typed by hand is another one"
    elif len(text) > 255:
        reason = f"unusually long: {len(text):,} characters"
    else:
        return {}
    return {ID: reason}


def _reason(key: str, kind: str) -> str:
    if kind == "string_unicode":
        return _UNREADABLE
    return _REASONS.get(key, _UNREADABLE)
