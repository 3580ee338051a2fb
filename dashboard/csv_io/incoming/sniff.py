"""What a file is, seen from its first bytes: refused by name when it is no table, recognised when it is."""

import csv
import zipfile
from collections import Counter
from io import StringIO
from itertools import islice
from pathlib import Path

from dashboard.csv_io.incoming.encodings import encoding_of
from dashboard.csv_io.incoming.fields import is_known_name
from dashboard.csv_io.incoming.form import DELIMITERS, FileKind, Form, Limits
from dashboard.csv_io.incoming.trouble import BadFile

_HEAD = 65_536
_LOOKED_AT = 50  # lines
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls): save it as .xlsx or CSV"),
    (b"SQLite format 3", "a database"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body")


def sniff(path: Path, limits: Limits) -> Form:
    """Recognise kind, encoding, delimiter and header. Raises BadFile with what the file is instead.

    Nothing is parsed beyond the first lines, and nothing at all of a file that is too large.
    """
    size = path.stat().st_size
    if size == 0:
        raise BadFile("The file is empty.")
    if size > limits.bytes:
        raise BadFile(f"The file has {size:,} bytes; at most {limits.bytes:,} are taken. Split it.")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    _refuse_foreign(head)
    if head.startswith(b"PK\x03\x04"):
        _check_workbook(path, limits)
        return Form(FileKind.WORKBOOK)
    encoding, is_certain = encoding_of(path.read_bytes())
    text = head.decode(encoding, "replace")
    return _text_form(text, encoding, limits, is_certain=is_certain)


def check_width(first_line: str, delimiter: str, limits: Limits) -> None:
    """Counts signs only: a header of a million columns costs seconds and gigabytes to parse."""
    width = first_line.count(delimiter) + 1
    if width > limits.columns:
        raise BadFile(f"more than {limits.columns} columns ({width:,} or more).", line=1)


def _refuse_foreign(head: bytes) -> None:
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise BadFile(f"This is {what}. CSV, TSV, JSON Lines and XLSX files can be read.")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise BadFile("This is a web page or XML, not a table. Save it as CSV or XLSX.")


def _check_workbook(path: Path, limits: Limits) -> None:
    """A small archive may hold gigabytes: what it says of its parts is looked at before it is opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise BadFile("The file is a damaged archive.") from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise BadFile("This is an archive, but no XLSX workbook. Unpack it first.")
    if sum(part.file_size for part in parts) > 10 * limits.bytes:
        raise BadFile(f"Unpacked, the workbook has more than {10 * limits.bytes:,} bytes. Split it.")


def _text_form(text: str, encoding: str, limits: Limits, *, is_certain: bool) -> Form:
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise BadFile("The file holds nothing but blanks.")
    if start.startswith("{"):
        return Form(FileKind.JSON_LINES, encoding, is_certain=is_certain)
    if start.startswith("["):
        raise BadFile("This is one JSON list. JSON Lines are wanted: one object on each line.")
    first = _lines(text)[0]
    delimiter = _delimiter(text)
    check_width(first, delimiter, limits)
    rows = list(_parsed(text, delimiter))
    has_header = bool(rows) and _is_header(rows[0])
    return Form(FileKind.DELIMITED, encoding, delimiter, has_header, is_certain)


def _delimiter(text: str) -> str:
    """The sign that cuts most lines into the same number of cells, more than one; else the comma."""
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in _parsed(text, delimiter) if row)
    if not widths:
        return 0.0, 0
    width, lines = widths.most_common(1)[0]
    return (lines / widths.total() if width > 1 else 0.0), width


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(_lines(text), delimiter=delimiter))
    except csv.Error:
        return []


def _lines(text: str) -> list[str]:
    """The first lines; the last one may be cut off, so it only counts where it is the only one.

    Ended as the csv module ends them: `splitlines` would also break at signs that stand in names.
    """
    lines = list(islice(StringIO(text.lstrip("\ufeff"), newline=""), _LOOKED_AT + 1))
    return lines[:-1] if len(lines) > _LOOKED_AT else lines


def _is_header(cells: list[str]) -> bool:
    """A known name in it, or nothing that looks like a value."""
    if any(is_known_name(cell) for cell in cells):
        return True
    return not any("@" in cell or any(sign.isdigit() for sign in cell) or not cell for cell in cells)
