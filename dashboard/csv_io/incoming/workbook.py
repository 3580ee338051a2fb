"""The first sheet of an XLSX workbook as rows of text: what a cell holds, not how it is shown."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from dashboard.csv_io.incoming.form import Limits
from dashboard.csv_io.incoming.trouble import BadFile

_EXACT = 2**53  # beyond, a spreadsheet's number has lost digits


def workbook_rows(path: Path, limits: Limits) -> Iterator[tuple[int, Sequence[object]]]:
    """Rows with something in them; the line is the sheet's row number."""
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            sheet = book.get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError, IndexError):
        raise BadFile("The workbook is damaged, locked with a password, or has no sheet.") from None
    if sheet.start is None:
        raise BadFile("The first sheet of the workbook is empty.")
    if sheet.width > limits.columns:
        raise BadFile(f"{sheet.width:,} columns; at most {limits.columns} are taken.", line=1)
    first = sheet.start[0] + 1
    for number, cells in enumerate(sheet.iter_rows(), first):
        if any(cell != "" for cell in cells):
            yield number, [_text(cell, number) for cell in cells]


def _text(cell: object, line: int) -> str:
    """A number as it would be typed, a date in ISO form, yes and no as a spreadsheet writes them."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell, line)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""


def _number(value: float, line: int) -> str:
    if abs(value) >= _EXACT:
        raise BadFile(
            "a number with more digits than a spreadsheet keeps. Format the column as text first.",
            line=line,
        )
    return str(int(value)) if value == int(value) else repr(value)
