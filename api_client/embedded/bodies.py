"""Reads a JSON body as strictly as the service, with its complaints."""

import re
from typing import Any

import orjson

from .problems import bad_request, crashed
from .wire import read_query

OPENERS = b"{["
DEEPEST = 100


def read_body(raw: bytes, content_type: str) -> dict[str, Any] | list[Any]:
    """The object or list that was sent; an empty object without a body or for another content type.

    Raises the 400 problem for text that is no JSON object or list, and the service's 500 for a text in
    another encoding than UTF-8 and for one nested deeper than its database takes.
    """
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    if raw and kind == "application/x-www-form-urlencoded":
        return dict(read_query(raw))
    if not raw or kind != "application/json":
        return {}
    if "charset" in parameters and "utf-8" not in parameters.lower():
        raise crashed()
    first = raw.lstrip()[:1]
    if first and first not in OPENERS:
        raise bad_request(f"Unexpected token '{_text(first)}', {_quoted(raw)} is not valid JSON")
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise bad_request(_complaint(raw, error)) from error
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(found) > DEEPEST:
        raise crashed()
    return _clean(found) if b"__proto__" in raw else found


def _depth(found: object) -> int:
    """How many objects and lists stand inside each other."""
    deep, level = 0, [found]
    while level := [one for one in level if isinstance(one, (dict, list))]:
        deep += 1
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return deep


def _clean(found: Any) -> Any:
    """Without the one name that the service takes out of every object."""
    if isinstance(found, list):
        return [_clean(one) for one in found]
    if isinstance(found, dict):
        return {name: _clean(value) for name, value in found.items() if name != "__proto__"}
    return found


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
