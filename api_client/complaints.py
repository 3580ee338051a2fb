"""Reads the body of a bad answer, in the shapes of every era, into clean text."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, cast

import orjson

_MOST = 50  # entries kept of anything that a body lists
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def content_of(body: bytes) -> Mapping[str, Any]:
    """The body as an object; empty when it is anything else."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


def message_of(content: Mapping[str, Any]) -> str:
    """The `message`, which some eras send as a list."""
    message = content.get("message")
    if isinstance(message, list):
        return "; ".join(_plain_texts(cast("list[object]", message)[:20]))
    return message if isinstance(message, str) else ""


def fields_of(content: Mapping[str, Any], secrets: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Maps each field to its messages: given by field, under "general", or as a bare list of sentences."""
    errors = content.get("errors")
    if isinstance(errors, dict):
        found = cast("dict[str, Any]", errors)
        texts = {clean(name, secrets): _texts(entry, secrets) for name, entry in islice(found.items(), _MOST)}
        general = texts.pop("general", ())
        return {**texts, **_by_first_word(general)}
    message = content.get("message")
    return _by_first_word(_texts(content, secrets, "message")) if isinstance(message, list) else {}


def ctx_of(content: Mapping[str, Any], secrets: tuple[str, ...]) -> Mapping[str, str | float | None]:
    """The plain values of `ctx`, such as a limit or the id of a workflow."""
    ctx = content.get("ctx")
    found = cast("dict[str, object]", ctx) if isinstance(ctx, dict) else {}
    return {
        clean(name, secrets): clean(value, secrets) if isinstance(value, str) else value
        for name, value in islice(found.items(), _MOST)
        if value is None or isinstance(value, str | int | float)
    }


def clean(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Foreign text made fit for a log line: secrets masked, one line, at most 300 characters."""
    for secret in secrets:
        text = text.replace(secret, "•••")
    return _UNPRINTABLE.sub(" ", text)[:300]


def _texts(entry: object, secrets: tuple[str, ...], key: str = "messages") -> tuple[str, ...]:
    messages = cast("dict[str, Any]", entry).get(key) if isinstance(entry, dict) else None
    found = cast("list[object]", messages) if isinstance(messages, list) else []
    return tuple(clean(text, secrets) for text in _plain_texts(found[:_MOST]))


def _plain_texts(found: list[object]) -> list[str]:
    """Texts and numbers only: anything nested could be too deep to print."""
    return [str(one) for one in found if isinstance(one, str | int | float)]


def _by_first_word(texts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`email must be an email` belongs to the field `email`."""
    fields: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name = text.split(" ", 1)[0]
        fields[name] = (*fields.get(name, ()), text)
    return fields
