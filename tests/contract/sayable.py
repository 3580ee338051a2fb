"""Checks whether a part of a recorded request is something that a caller of the client could say."""

import json
import re
from base64 import b64decode
from typing import Any

from api_client import INTERACTIVE, CallOptions
from api_client.models.base import Wire


class NotSayable(Exception):
    """The client has no words for this request: it was made to provoke the server."""


def dict_of(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A query as a dict; a repeated name becomes a list."""
    query: dict[str, Any] = {}
    for name, value in pairs:
        query[name] = [*listed(query[name]), value] if name in query else value
    return query


def options_of(headers: dict[str, str]) -> CallOptions:
    key = {name.lower(): value for name, value in headers.items()}.get("idempotency-key")
    if key and len(key) > 255:
        raise NotSayable
    return INTERACTIVE.keyed(key) if key else INTERACTIVE


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def number(text: Any, low: int, high: int) -> int:
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,6}", text) or not low <= int(text) <= high:
        raise NotSayable
    return int(text)


def flag(text: Any) -> bool:
    if text not in ("true", "false"):
        raise NotSayable
    return text == "true"


def only(given: Any, *names: str) -> dict[str, Any]:
    if not isinstance(given, dict) or set(given) - set(names):
        raise NotSayable
    return given


def model(kind: type[Wire], body: Any) -> Any:
    """A model that says exactly `body`."""
    try:
        model = kind.model_validate(body, by_alias=True, by_name=False)
    except ValueError:
        raise NotSayable from None
    if model.to_body() != body:
        raise NotSayable
    return model


def payload_of(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(b64decode(text, validate=True))
    except (ValueError, TypeError):
        raise NotSayable from None
    if not isinstance(found, dict):
        raise NotSayable
    return found
