"""JSON Lines as rows: an object a line; absent keys stay absent, and null clears."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import orjson

from dashboard.csv_io.incoming.form import Form, Limits
from dashboard.csv_io.incoming.trouble import BadFile

ABSENT: object = ...


def json_heading(path: Path, form: Form, limits: Limits) -> tuple[str, ...]:
    """All keys of all objects, in the order in which they first appear."""
    names: dict[str, None] = {}
    for line, found in _objects(path, form):
        names.update(dict.fromkeys(found))
        if len(names) > limits.columns:
            raise BadFile(f"more than {limits.columns} different keys up to here.", line=line)
    return tuple(names)


def json_rows(path: Path, form: Form, heading: Sequence[str]) -> Iterator[tuple[int, Sequence[object]]]:
    """One row an object, its values in the order of `heading`."""
    for line, found in _objects(path, form):
        yield line, [found.get(name, ABSENT) for name in heading]


def _objects(path: Path, form: Form) -> Iterator[tuple[int, dict[str, object]]]:
    with path.open(encoding=form.encoding) as file:
        for number, text in enumerate(file, 1):
            if text.strip("\ufeff \t\r\n"):
                yield number, _object(text, number)


def _object(text: str, line: int) -> dict[str, object]:
    try:
        found: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadFile("this is no JSON object on one line.", line=line) from None
    if not isinstance(found, dict):
        raise BadFile("this is JSON, but no object.", line=line)
    return cast("dict[str, object]", found)
