"""Pasted tokens: lines, commas or a JSON list become a list of tokens."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

MOST_TOKENS = 100  # per person, provider and integration; the API refuses the 101st

_BREAK = re.compile(r"[\r\n,]+")
_QUOTES = "\"'"


@dataclass(frozen=True)
class Pasted:
    """What was read: each token once, in the order given, and those that came again."""

    tokens: tuple[str, ...]
    duplicates: tuple[str, ...] = ()
    is_readable: bool = True  # False: it starts like a JSON list and is none


def parse_tokens(given: str | Sequence[str]) -> Pasted:
    """Read what was pasted, or check a list that is one already. Blank entries are left out."""
    if not isinstance(given, str):
        return _once_each(given)
    text = given.strip()
    if not text.startswith("["):
        return _once_each(_unquoted(part) for part in _BREAK.split(text))
    listed = _json_list(text)
    return _once_each(listed) if listed is not None else Pasted((), is_readable=False)


def _once_each(parts: Iterable[str]) -> Pasted:
    seen: dict[str, None] = {}
    again: dict[str, None] = {}
    for part in parts:
        token = part.strip()
        if token:
            (again if token in seen else seen)[token] = None
    return Pasted(tuple(seen), tuple(again))


def _unquoted(part: str) -> str:
    """`"abc"` from a pasted piece of code is the token abc."""
    text = part.strip()
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES
    return text[1:-1] if is_quoted else text


def _json_list(text: str) -> list[str] | None:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    items = cast("list[object]", found)
    return [item for item in items if isinstance(item, str)] if _all_text(items) else None


def _all_text(items: list[object]) -> bool:
    return all(isinstance(item, str) for item in items)
