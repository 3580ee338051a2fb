"""What a cell means where it is more than a text: JSON, custom data, tokens and addresses. Pure."""

import json
from collections.abc import Mapping
from typing import cast

import orjson

from dashboard.csv_io.incoming.fields import Destination
from dashboard.providers import PROVIDERS
from dashboard.providers.forms import payload, problems

_DEEPEST = 90  # levels; the API's store takes no more than a hundred


class BadValue(ValueError):
    """A cell that cannot be used; the text says why and never quotes the value."""


def as_text(value: object) -> str:
    """A JSON value where a text is wanted: numbers and truth values as they are written."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return json.dumps(value)
    raise BadValue("a text is wanted here, not a list or an object")


def as_json(value: object) -> object:
    """A cell that is said to hold JSON."""
    if not isinstance(value, str):
        return _checked(value)
    if value.count("{") + value.count("[") > _DEEPEST and _depth(value) > _DEEPEST:
        raise BadValue(f"nested more than {_DEEPEST} levels deep")
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        raise BadValue("this is not JSON") from None


def as_object(value: object) -> dict[str, object]:
    """A cell that replaces all custom data."""
    found = as_json(value)
    if not isinstance(found, dict):
        raise BadValue('custom data has to be a JSON object such as {"plan": "pro"}')
    return cast("dict[str, object]", found)


def credential_value(place: Destination, value: object) -> str | list[str]:
    """A provider's field, checked as in its form; None clears it. Tokens come as lines, commas or a list."""
    row = PROVIDERS[place.provider]
    field = next(one for one in row.fields if one.key == place.name)
    if value is None:
        return [] if place.name == "deviceTokens" else ""
    raw = {field.key: cast("list[str]", value) if _is_texts(value) else as_text(value)}
    reason = problems(row, raw, kept=[one.key for one in row.fields if one.key != field.key]).get(field.key)
    if reason:
        raise BadValue(reason)
    return payload(row, raw)[field.key]


def set_at(data: dict[str, object], path: tuple[str, ...], value: object) -> None:
    """Set one value deep inside; None takes the key away. What stood in the way is replaced."""
    *above, last = path
    for name in above:
        inner = data.get(name)
        data[name] = dict(cast("Mapping[str, object]", inner)) if isinstance(inner, Mapping) else {}
        data = cast("dict[str, object]", data[name])
    if value is None:
        data.pop(last, None)
    else:
        data[last] = value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in cast("list[object]", value))


def _checked(value: object) -> object:
    try:
        text = orjson.dumps(value).decode()
    except (orjson.JSONEncodeError, UnicodeError):
        raise BadValue("this cannot be stored as JSON") from None
    if _depth(text) > _DEEPEST:
        raise BadValue(f"nested more than {_DEEPEST} levels deep")
    return value


def _depth(text: str) -> int:
    """The most brackets open at once, those inside texts included: enough to refuse the absurd."""
    deepest = depth = 0
    for sign in text:
        if sign in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "}]":
            depth -= 1
    return deepest
