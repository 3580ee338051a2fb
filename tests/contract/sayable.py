"""Checks whether a part of a recorded request is something that a caller of the client could say."""

import json
import re
from base64 import b64decode
from enum import StrEnum
from typing import Any

from api_client import INTERACTIVE, CallOptions
from api_client.models.base import Wire


class Why(StrEnum):
    """Why no method of the client says a recorded request: it was made to provoke the server."""

    CREDENTIAL = "the client has one key, sends it one way, and sends none where none is asked for"
    HEADER = "the client sends no such header"
    OPERATION = "the client has no such operation: an older route, another method, or nothing at all"
    SPELLING = "the client spells addresses one way, and refuses ids that no address can carry"
    PARAMETER = "the client has no such parameter, or refuses its value before anything is sent"
    NOT_JSON = "the client sends JSON, and a body exactly where one belongs"
    SHAPE = "the client's models refuse such a body before anything is sent"


class NotSayable(Exception):
    """The client has no words for this request; `why` names the class of such requests."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def dict_of(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A query as a dict; a repeated name becomes a list."""
    query: dict[str, Any] = {}
    for name, value in pairs:
        query[name] = [*listed(query[name]), value] if name in query else value
    return query


def options_of(headers: dict[str, str]) -> CallOptions:
    key = {name.lower(): value for name, value in headers.items()}.get("idempotency-key")
    if key is not None and not 0 < len(key) < 256:
        raise NotSayable(Why.HEADER)
    return INTERACTIVE.keyed(key) if key else INTERACTIVE


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def number(text: Any, low: int, high: int) -> int | None:
    """None for a parameter that is not there: left to the server."""
    if text is None:
        return None
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,6}", text) or not low <= int(text) <= high:
        raise NotSayable(Why.PARAMETER)
    return int(text)


def flag(text: Any) -> bool | None:
    """None for a parameter that is not there: left to the server."""
    if text not in (None, "true", "false"):
        raise NotSayable(Why.PARAMETER)
    return None if text is None else text == "true"


def asked(given: dict[str, Any], *names: str) -> dict[str, Any]:
    """A query that holds no other parameter."""
    if set(given) - set(names):
        raise NotSayable(Why.PARAMETER)
    return given


def said(given: Any, *names: str) -> dict[str, Any]:
    """A body that is an object and says nothing else."""
    if not isinstance(given, dict) or set(given) - set(names):
        raise NotSayable(Why.SHAPE)
    return given


def model(kind: type[Wire], body: Any) -> Any:
    """A model that says exactly `body`."""
    try:
        model = kind.model_validate(body, by_alias=True, by_name=False)
    except ValueError:
        raise NotSayable(Why.SHAPE) from None
    if model.to_body() != body:
        raise NotSayable(Why.SHAPE)
    return model


def payload_of(text: Any) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        found = json.loads(b64decode(text, validate=True))
    except (ValueError, TypeError):
        raise NotSayable(Why.PARAMETER) from None
    if not isinstance(found, dict):
        raise NotSayable(Why.PARAMETER)
    return found
