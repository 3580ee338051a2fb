"""Reads a JSON body as strictly as the service does, and complains in its words."""

import re
from collections.abc import Iterable
from typing import Any

import orjson

from .foreign import as_list, as_object
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


def _depth(found: Any) -> int:
    """How deep objects and lists are nested."""
    deep, level = -1, [found]
    while level:
        deep += 1
        level = [inner for one in level for inner in _inside(one)]
    return deep


def _inside(found: Any) -> Iterable[Any]:
    items = as_object(found)
    return items.values() if items is not None else as_list(found) or ()


def _clean(found: Any) -> Any:
    """The same without `__proto__`, which the service removes from every object."""
    items, listed = as_object(found), as_list(found)
    if items is not None:
        return {name: _clean(value) for name, value in items.items() if name != "__proto__"}
    return found if listed is None else [_clean(one) for one in listed]


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
