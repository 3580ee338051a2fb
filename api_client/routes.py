"""One row per API call: method, address, how to read the answer, its cost, whether repeating is harmless."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import orjson

from api_client.errors import BadArgument

T = TypeVar("T")
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch  # needs no percent-encoding
QueryValue = str | int | bool | Iterable[str] | None


@dataclass(frozen=True)
class Route(Generic[T]):
    """The fixed part of a call. `read` turns the body into the result; `cost` is in rate-limit tokens.

    `repeatable` promises that doing it twice has the effect of doing it once. A `public` route needs no
    key and is sent none.
    """

    method: str
    template: str
    read: Callable[[bytes], T]
    cost: int = 1
    repeatable: bool = True
    reads_redirect: bool = False
    public: bool = False

    @cached_property
    def where(self) -> str:
        """The route's name in logs: without ids, which may be e-mail addresses."""
        return f"{self.method} {self.template}"

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def takes_key(self) -> bool:
        """Only POST and PATCH honour an idempotency key."""
        return self.method in {"POST", "PATCH"}

    def address(self, values: Mapping[str, str], query: Mapping[str, QueryValue] | None = None) -> str:
        """Path and query, percent-encoded; refuses ids that a URL cannot carry."""
        path = self.template.format_map({name: segment(name, value) for name, value in values.items()})
        return f"{path}?{encoded}" if query and (encoded := encode_query(query)) else path


def segment(name: str, value: str) -> str:
    """One path segment, encoded so that it can neither end early nor climb out."""
    if not value.strip():
        raise BadArgument(f"The {name.replace('_', ' ')} is empty.")
    if value in {".", ".."}:
        raise BadArgument(f"The {name.replace('_', ' ')} cannot be “.” or “..”.")
    try:
        return value if _PLAIN(value) else quote(value, safe="")
    except UnicodeEncodeError:
        raise BadArgument(f"The {name.replace('_', ' ')} holds a broken character.") from None


def encode_query(query: Mapping[str, QueryValue]) -> str:
    """A query string: None omits a parameter, a list repeats it, booleans become `true` and `false`."""
    pairs: list[str] = []
    try:
        for name, value in query.items():
            if value is None:
                continue
            if isinstance(value, bool):
                pairs.append(f"{name}={'true' if value else 'false'}")
            elif isinstance(value, str | int):
                pairs.append(f"{name}={_quoted(str(value))}")
            else:
                pairs.extend(f"{name}={_quoted(text)}" for text in value)
    except UnicodeEncodeError:
        raise BadArgument("A search text holds a broken character.") from None
    return "&".join(pairs)


def to_json(value: Any) -> bytes:
    """The value as JSON; `BadArgument` for what that cannot carry, such as an integer beyond 64 bits."""
    try:
        return orjson.dumps(value)
    except TypeError as flaw:
        raise BadArgument("A value cannot be sent: it has no form in JSON.", detail=str(flaw)[:200]) from None


def _quoted(text: str) -> str:
    return text if _PLAIN(text) else quote(text, safe="")
