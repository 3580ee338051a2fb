"""A JSON value as the rows of a tree, all of it foreign text and nothing of it markup. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import orjson

MOST_ROWS = 1000
MOST_TEXT = 200_000
"""Characters in all, as much as a payload can hold; what is beyond is said to be left out."""
Row = tuple[int, str, str, str]
"""Depth from 0, name or index, text, and what it is: `object`, `array`, `string`, `other` or `note`."""


def rows(value: object) -> list[Row]:
    """Top-down, each container before what it holds. The value itself has no row; a bare value has one."""
    found: list[Row] = []
    room = MOST_TEXT
    for row in _walk(value):
        room -= len(row[1]) + len(row[2])
        if len(found) == MOST_ROWS or room < 0:
            note = "There is more than this tree shows. Raw has the whole, or the API itself."
            return [*found, (0, "", note, "note")]
        found.append(row)
    return found or [(0, "", "nothing in it", "note")]


def _walk(value: object) -> Iterator[Row]:
    """By a stack of our own: foreign JSON may be nested deeper than Python can call."""
    parts = _parts(value)
    if parts is None:
        yield (0, "", *_leaf(value))
        return
    waiting = [parts]
    while waiting:
        name, one = next(waiting[-1], (None, None))
        if name is None:
            waiting.pop()
            continue
        depth, inner = len(waiting) - 1, _parts(one)
        if inner is None:
            yield (depth, name, *_leaf(one))
        else:
            yield (depth, name, *_container(one))
            waiting.append(inner)


def _parts(value: object) -> Iterator[tuple[str, object]] | None:
    """What a container holds; None for anything else."""
    if isinstance(value, Mapping):
        return ((str(key), one) for key, one in cast("Mapping[Any, object]", value).items())
    if isinstance(value, list | tuple):
        return ((str(index), one) for index, one in enumerate(cast("Sequence[object]", value)))
    return None


def _container(value: object) -> tuple[str, str]:
    size = len(cast("Sequence[object]", value))
    is_object = isinstance(value, Mapping)
    one, many = ("entry", "entries") if is_object else ("item", "items")
    return f"{size:,} {one if size == 1 else many}", "object" if is_object else "array"


def _leaf(value: object) -> tuple[str, str]:
    if isinstance(value, str):
        return value, "string"
    return orjson.dumps(value, default=str).decode(), "other"
