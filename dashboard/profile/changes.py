"""From a stored person to a form and back to exactly the fields that were changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from api_client import Subscriber
from dashboard.profile.checks import custom_data, phone_number
from dashboard.profile.fields import FIELDS


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed while the form was open; texts as a person reads them."""

    key: str
    label: str
    opened: str
    now: str
    mine: str


def shown(person: Subscriber) -> dict[str, str]:
    """Key → what stands in the form. Absent, null and empty all show as nothing; see `changes`."""
    return {field.key: _text(getattr(person, field.key)) for field in FIELDS}


def changes(opened: Subscriber, raw: Mapping[str, str]) -> dict[str, Any]:
    """Key → new value, for changed fields only; a field that was emptied is cleared (None).

    A box that was empty and still is leaves the field as it is, absent, null or empty text. Raises BadJson.
    """
    before = shown(opened)
    typed = {field.key: raw.get(field.key, "").strip() for field in FIELDS}
    values = {key: _value(key, text) for key, text in typed.items() if text != before[key].strip()}
    return {key: value for key, value in values.items() if value != getattr(opened, key)}


def differences(
    opened: Subscriber, now: Subscriber, raw: Mapping[str, str], keys: Iterable[str]
) -> tuple[Difference, ...]:
    """Of the fields among `keys`, those that are no longer as they were when the form was opened."""
    before, after, wanted = shown(opened), shown(now), set(keys)
    return tuple(
        Difference(field.key, field.label, before[field.key], after[field.key], raw.get(field.key, ""))
        for field in FIELDS
        if field.key in wanted and getattr(opened, field.key) != getattr(now, field.key)
    )


def drifted(
    began: Mapping[str, str], now: Subscriber, raw: Mapping[str, str], keys: Iterable[str]
) -> tuple[Difference, ...]:
    """The same for a form that was typed into earlier, over `began`, and is now open on `now`."""
    after, wanted = shown(now), set(keys)
    return tuple(
        Difference(field.key, field.label, began[field.key], after[field.key], raw.get(field.key, ""))
        for field in FIELDS
        if field.key in wanted and began.get(field.key, after[field.key]) != after[field.key]
    )


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode()


def _value(key: str, text: str) -> Any:
    if not text:
        return None
    if key == "data":
        return custom_data(text)
    return phone_number(text) or text if key == "phone" else text
