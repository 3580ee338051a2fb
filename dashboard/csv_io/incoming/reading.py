"""A file as rows of cells, one at a time, whatever it is written in; limits hold before anything is kept."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dashboard.csv_io.incoming.form import DELIMITERS, FileKind, Form, Limits
from dashboard.csv_io.incoming.json_lines import json_heading, json_rows
from dashboard.csv_io.incoming.sniff import check_width
from dashboard.csv_io.incoming.trouble import BadFile
from dashboard.csv_io.incoming.workbook import workbook_rows

Cell = object
"""A text, or from JSON Lines any JSON value; `...` where the object has no such key."""

Row = tuple[int, Sequence[Cell]]
"""The line on which the row begins, and its cells."""

_MOST_OF_A_LINE = 2_000_000


@dataclass(frozen=True)
class Table:
    """A file to be read as often as wanted. `heading` names the columns, made up where there is none."""

    path: Path
    form: Form
    limits: Limits
    heading: tuple[str, ...]

    @property
    def is_guarded(self) -> bool:
        """Whether cells may carry the apostrophe of an export; JSON has no need of it."""
        return self.form.kind is not FileKind.JSON_LINES

    def rows(self) -> Iterator[Row]:
        """Every row with something in it, the heading left out. Raises BadFile where reading has to stop."""
        for count, row in enumerate(_body(self), 1):
            if count > self.limits.rows:
                raise BadFile(f"More than {self.limits.rows:,} rows. Split the file.", line=row[0])
            yield row


def open_table(path: Path, form: Form, limits: Limits) -> Table:
    """Read the heading. Raises BadFile for a file without rows or with too many columns."""
    heading = _heading(path, form, limits)
    if len(heading) > limits.columns:
        raise BadFile(f"{len(heading):,} columns; at most {limits.columns} are taken.", line=1)
    table = Table(path, form, limits, heading)
    if next(table.rows(), None) is None:
        raise BadFile("The file has a heading but no rows." if form.has_header else "The file has no rows.")
    return table


def _heading(path: Path, form: Form, limits: Limits) -> tuple[str, ...]:
    if form.kind is FileKind.JSON_LINES:
        return json_heading(path, form, limits)
    first = next(_raw(path, form, limits), None)
    if first is None:
        raise BadFile("The file has no rows.")
    cells = [str(cell).strip() for cell in first[1]]
    if form.has_header:
        return tuple(cell or f"Column {number}" for number, cell in enumerate(cells, 1))
    return tuple(f"Column {number}" for number in range(1, len(cells) + 1))


def _body(table: Table) -> Iterator[Row]:
    if table.form.kind is FileKind.JSON_LINES:
        yield from json_rows(table.path, table.form, table.heading)
        return
    rows = _raw(table.path, table.form, table.limits)
    if table.form.has_header:
        next(rows, None)
    yield from rows


def _raw(path: Path, form: Form, limits: Limits) -> Iterator[Row]:
    if form.kind is FileKind.WORKBOOK:
        return workbook_rows(path, limits)
    return _delimited(path, form, limits)


def _delimited(path: Path, form: Form, limits: Limits) -> Iterator[Row]:
    """The csv module, strict. Blank lines are passed over; line numbers are those of an editor."""
    if form.delimiter not in DELIMITERS:
        raise BadFile("This delimiter is not known here.")
    with path.open(encoding=form.encoding, newline="") as file:
        reader = csv.reader(_watched(file, form, limits), delimiter=form.delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise _broken(error, line) from None
        except UnicodeError:
            raise BadFile("the file is not in the chosen encoding from here on.", line=line) from None


def _watched(file: TextIO, form: Form, limits: Limits) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        if number == 1:
            check_width(line, form.delimiter, limits)
        if "\0" in line:
            raise BadFile("a NUL character: this is not plain text.", line=number)
        if len(line) > _MOST_OF_A_LINE:
            raise BadFile(f"more than {_MOST_OF_A_LINE:,} characters without a line break.", line=number)
        yield line


def _broken(error: csv.Error, line: int) -> BadFile:
    text = str(error)
    if "field larger" in text:
        reason = "a cell is too long, or a quote that opens on this line is never closed."
    elif "unexpected end" in text:
        reason = "a quote that opens on this line is never closed."
    else:
        reason = "a quote stands inside a quoted cell; inside one it has to be doubled."
    return BadFile(reason, line=line)
