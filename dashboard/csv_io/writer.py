"""Rows into a file on disk, in bounded memory: a whole file in the end, or none."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum, unique
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import orjson

from dashboard.csv_io.cells import SUSPECT, guard
from dashboard.csv_io.columns import Column
from dashboard.wire_rows import WireRow

_TOO_DEEP = "(nested too deeply to be written)"


@unique
class Format(StrEnum):
    """How the file is written; the value is also the end of its name."""

    CSV = "csv"
    JSON_LINES = "jsonl"


class SpoolFile:
    """A file under way: `finish()` gives it its name; leaving the block before that removes it.

    Readable by its owner only.
    """

    def __init__(
        self,
        path: Path,
        columns: Sequence[Column],
        file_format: Format,
        *,
        bom: bool = False,
        guards: bool = True,
    ) -> None:
        self._path = path
        self._draft = path.with_name(f"{path.name}.part")
        self._columns = columns
        self._reads = [column.read for column in columns]
        self._format = file_format
        self._cell = _guarded if guards else _text
        self._suspect = SUSPECT if guards else frozenset[str]()
        self._encoding = "utf-8-sig" if bom and file_format is Format.CSV else "utf-8"
        self.rows = 0

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._draft.touch(mode=0o600)
        self._file: TextIO = self._draft.open("w", encoding=self._encoding, errors="replace", newline="")
        self._csv = csv.writer(self._file)
        if self._format is Format.CSV:
            self._csv.writerow([column.key for column in self._columns])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._draft.unlink(missing_ok=True)

    def write(self, rows: Sequence[WireRow]) -> None:
        """Add rows; about 5 ms for 1,000, so pages of 100 may be written on the event loop."""
        if self._format is Format.CSV:
            self._csv.writerows(zip(*(self._cells(read, rows) for read in self._reads), strict=True))
        else:
            self._file.writelines(f"{self._line(row)}\n" for row in rows)
        self.rows += len(rows)

    def finish(self) -> Path:
        """Close the file and give it its name; from now on it is complete."""
        self._file.close()
        return self._draft.rename(self._path)

    def _cells(self, read: Callable[[WireRow], object], rows: Sequence[WireRow]) -> Iterable[str]:
        """One column of all rows: column by column costs half of row by row."""
        cell, suspect = self._cell, self._suspect
        return [
            value if isinstance(value, str) and value[:1] not in suspect else cell(value)
            for value in map(read, rows)
        ]

    def _line(self, row: WireRow) -> str:
        return _json({column.key: column.read(row) for column in self._columns if _has(column, row)})


def _has(column: Column, row: WireRow) -> bool:
    """JSON can tell absent from null, so it does; what is computed is always there."""
    return column.key in row or column.is_computed


def _guarded(value: object) -> str:
    return guard(_text(value))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or value == [] else _json(value)


def _json(value: object) -> str:
    try:
        return orjson.dumps(value).decode()
    except (
        orjson.JSONEncodeError
    ):  # deeper than 254, or a number beyond 64 bits: slower, but it can be written
        return _json_slowly(value)


def _json_slowly(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return json.dumps(_TOO_DEEP)
