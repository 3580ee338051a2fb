"""Reads a JSON body as strictly as the service, with its complaints."""

import re
from typing import Any

import orjson

from .problems import bad_request

OPENERS = b"{["
DEEPEST = 2000


def read_body(raw: bytes, content_type: str) -> dict[str, Any] | list[Any]:
    """The object or list that was sent; an empty object without a body or for another content type.

    Raises the 400 problem for text that is no JSON object or list.
    """
    if not raw or "json" not in content_type:
        return {}
    first = raw.lstrip()[:1]
    if first and first not in OPENERS:
        raise bad_request(f"Unexpected token '{_text(first)}', {_quoted(raw)} is not valid JSON")
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise bad_request(_complaint(raw, error)) from error
    return found if isinstance(found, (dict, list)) else {}


def _complaint(raw: bytes, error: orjson.JSONDecodeError) -> str:
    text = _text(raw)
    at = min(error.pos, len(text))
    rest = text[at:].lstrip()
    if re.fullmatch(r'\{\s*[^"}\s].*|\{', text, re.DOTALL):
        return "Expected property name or '}' in JSON at position 1"
    if not rest:
        return "Unexpected end of JSON input"
    return f"Unexpected token '{rest[0]}', {_quoted(raw)} is not valid JSON"


def _quoted(raw: bytes) -> str:
    return f'"{_text(raw)}"'


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
