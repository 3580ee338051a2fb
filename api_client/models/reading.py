"""Reads bytes into models: directly when all is well, otherwise without the parts that do not fit."""

import re
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

import orjson
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from api_client.errors import BadPayload
from api_client.models.base import UNREADABLE

T = TypeVar("T")
_ROUNDS = 8  # mending one part may uncover another below it
_MOST_FLAWS = 5_000
_BOM = b"\xef\xbb\xbf"
# A whole surrogate pair, half of one, or any other escape: only halves are replaced.
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)", re.DOTALL)


class _Envelope(BaseModel, Generic[T]):
    model_config = ConfigDict(hide_input_in_errors=True, cache_strings="keys")
    data: T


class Reader(Generic[T]):
    """Reads one kind of answer, or raises `BadPayload` naming the first bad place. Built on first use.

    `wrapped` is declared per route and never guessed: a subscriber has a `data` field of its own.
    """

    def __init__(self, kind: type[T], *, wrapped: bool) -> None:
        self._kind = kind
        self._wrapped = wrapped

    def __call__(self, body: bytes) -> T:
        try:
            found = self._adapter.validate_json(body, by_alias=True, by_name=False)
        except ValidationError as flaw:
            found = self._mended(body, flaw)
        return cast("_Envelope[T]", found).data if self._wrapped else cast("T", found)

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        kind: Any = _Envelope.__class_getitem__(self._kind) if self._wrapped else self._kind
        return TypeAdapter(kind)

    def _mended(self, body: bytes, flaw: ValidationError) -> object:
        raw = load(body)
        for _ in range(_ROUNDS):
            _leave_out(raw, flaw)
            try:
                return self._adapter.validate_python(raw, by_alias=True, by_name=False)
            except ValidationError as next_flaw:
                flaw = next_flaw
        raise _mismatch(flaw)


def wrapped(kind: type[T]) -> Reader[T]:
    """Reads `{"data": kind}`."""
    return Reader(kind, wrapped=True)


def bare(kind: type[T]) -> Reader[T]:
    """Reads `kind` as it stands."""
    return Reader(kind, wrapped=False)


def acknowledgement(body: bytes) -> None:
    """Reads an answer that matters only for its status: empty or any JSON, but not a proxy's web page."""
    if body:
        load(body)


def load(body: bytes) -> Any:
    """JSON as plain values, or `BadPayload`, which says what came instead."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return orjson.loads(_repaired(body))
    except orjson.JSONDecodeError:
        raise _no_json(body) from None


def _repaired(body: bytes) -> bytes:
    """Without a byte order mark, and U+FFFD for what is left of an emoji that was cut in two."""
    return _ESCAPE.sub(lambda escape: rb"\ufffd" if escape[1] else escape[0], body.removeprefix(_BOM))


def _no_json(body: bytes) -> BadPayload:
    if body.lstrip()[:1] == b"<":
        return BadPayload(
            "The server sent a web page instead of data. Check the server address, or a proxy's sign-in.",
            detail="answer is HTML",
        )
    flaw = BadPayload("The server's answer could not be read.", detail=f"no JSON in {len(body)} bytes")
    flaw.is_cut_off = body.rstrip()[-1:] not in {b"}", b"]"}
    return flaw


def _mismatch(flaw: ValidationError) -> BadPayload:
    first = flaw.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "the whole answer"
    return _unexpected(f"{first['type']} at {place}"[:200])


def _unexpected(detail: str) -> BadPayload:
    return BadPayload("The server's answer is not what was expected.", detail=detail)


def _leave_out(raw: Any, flaw: ValidationError) -> None:
    """Remove each bad part from `raw`, and note on its row that it is missing."""
    if flaw.error_count() > _MOST_FLAWS:
        raise _unexpected(f"{flaw.error_count()} flaws")
    errors = flaw.errors(include_url=False, include_context=False, include_input=False)
    if errors[0]["type"] == "json_invalid":
        return  # pydantic could not read what `load` could
    if any(error["type"] == "missing" for error in errors):
        raise _mismatch(flaw)
    places = {_existing(raw, error["loc"]): error["type"] for error in errors}
    if () in places or ("data",) in places:
        raise _mismatch(flaw)
    for place in sorted(places, key=lambda parts: [str(part).zfill(9) for part in parts], reverse=True):
        if places[place] != "string_type" or not _worded(raw, place):
            _remove(raw, place)


def _existing(raw: Any, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The part of `loc` that exists in `raw`: pydantic also adds union members and the like."""
    found: list[int | str] = []
    for part in loc:
        if isinstance(raw, dict) and part in raw:
            raw = cast("dict[int | str, Any]", raw)[part]
        elif isinstance(raw, list) and isinstance(part, int) and part < len(cast("list[Any]", raw)):
            raw = cast("list[Any]", raw)[part]
        else:
            break
        found.append(part)
    return tuple(found)


def _worded(raw: Any, place: tuple[int | str, ...]) -> bool:
    """Turns a number where text belongs into its digits; false when it is no number."""
    for part in place[:-1]:
        raw = raw[part]
    value = raw[place[-1]]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    raw[place[-1]] = str(value)
    return True


def _remove(raw: Any, place: tuple[int | str, ...]) -> None:
    row, inside = _row_of(raw, place)
    holder = raw
    for part in place[:-1]:
        holder = holder[part]
    if not inside:  # the row itself is no object
        holder[place[-1]] = {UNREADABLE: ["row"]}
        return
    value = holder[place[-1]]
    del holder[place[-1]]
    if value is not None and isinstance(row, dict):  # null in place of a value counts as absent
        place_in_row = ".".join(str(part) for part in inside)
        row[UNREADABLE] = [*_notes(cast("dict[str, Any]", row)), place_in_row]


def _notes(row: dict[str, Any]) -> list[Any]:
    """What was noted on a row so far; a server may send anything under that name, too."""
    noted = row.get(UNREADABLE)
    return cast("list[Any]", noted) if isinstance(noted, list) else []


def _row_of(raw: Any, place: tuple[int | str, ...]) -> tuple[Any, tuple[int | str, ...]]:
    """The row that holds a place, and the rest of the way: rows stand in `data`, alone or in a list."""
    if place[0] == "data":
        raw, place = raw["data"], place[1:]
    row: Any = raw
    if isinstance(raw, list) and place:
        row, place = cast("list[Any]", raw)[int(place[0])], place[1:]
    return row, place
