"""What comes in and what goes out: calls, answers, query strings, the envelope."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

import orjson

from .foreign import as_object

# What a query value can be once read: text, a list when repeated, a mapping for `name[key]=value`.
Query = Mapping[str, "str | list[str] | dict[str, str]"]
BRACKETS = re.compile(r"([^\[\]]*)\[([^\[\]]*)\].*")
MOST_PAIRS = 1000


@dataclass(frozen=True, slots=True)
class Caller:
    """The environment that a call's key opens, and its number in the row keys."""

    environment: int
    environment_id: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request, ready for its handler: path values decoded, query and body read, the key known."""

    params: Mapping[str, str]
    query: Query
    body: Mapping[str, Any]
    caller: Caller
    ms: int
    root: str = ""

    def known_as(self, caller: Caller) -> "Call":
        """The same call, made by another environment."""
        return replace(self, caller=caller)

    def about(self, subscriber_id: str) -> "Call":
        """The same call, for the subscriber with this id."""
        return replace(self, params={**self.params, "subscriberId": subscriber_id})


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished response. `body` is bytes as they go out."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def answer(result: object, status: int = 200) -> Answer:
    """JSON inside the envelope `data`, unless the result has a `data` of its own and no id."""
    found = as_object(result) or {}
    plain = bool(found.get("data")) and not ("_id" in found or "id" in found)
    return json_answer(result if plain else {"data": result}, status)


def json_answer(body: object, status: int, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(
        status, orjson.dumps(body), {"content-type": "application/json; charset=utf-8", **(headers or {})}
    )


def redirect(location: str) -> Answer:
    headers = {"content-type": "text/plain; charset=utf-8", "location": location}
    return Answer(302, f"Found. Redirecting to {location}".encode(), headers)


def html(text: str) -> Answer:
    policy = "default-src 'self'; script-src 'self' 'unsafe-inline'"
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
    return Answer(200, text.encode(), headers)


def read_query(raw: bytes) -> Query:
    """Reads a query string the way the service does: repeated names become lists, `a[]` too."""
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, errors="replace")
    found: dict[str, str | list[str] | dict[str, str]] = {}
    for name, value in pairs[:MOST_PAIRS]:
        brackets = BRACKETS.fullmatch(name)
        if brackets and brackets[2]:
            found[brackets[1]] = {brackets[2]: value}
        else:
            _add(found, brackets[1] if brackets else name, value, listed=brackets is not None)
    return found


def _add(found: dict[str, str | list[str] | dict[str, str]], name: str, value: str, *, listed: bool) -> None:
    before = found.get(name)
    if isinstance(before, list):
        before.append(value)
    elif isinstance(before, str):
        found[name] = [before, value]
    elif before is None:
        found[name] = [value] if listed else value
