"""XLSX workbooks: texts stay texts, numbers read as they would be typed, lost digits are refused."""

import io
import zipfile
from pathlib import Path

from dashboard.csv_io.incoming.form import FileKind
from tests.dashboard.imports.files import take

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def cell(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"


def relation(kind: str, target: str) -> str:
    inner = f'<Relationship Id="r1" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def workbook(*rows: tuple[str | float | bool, ...]) -> bytes:
    """A workbook of one sheet, with nothing in it that a reader does not need."""
    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    sheets = '<sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{default}</Types>',
        "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


HEAD = ("subscriberId", "phone", "data.seats:json", "data.vip")


def test_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    taken = take(workbook(HEAD, ("007", "+4930", 3.0, True), (42, 0.5, 7, "no")), tmp_path)
    assert taken.form is not None
    assert taken.form.kind is FileKind.WORKBOOK
    assert taken.sent == [
        {"subscriberId": "007", "phone": "+4930", "data": {"seats": 3, "vip": "TRUE"}},
        {"subscriberId": "42", "phone": "0.5", "data": {"seats": 7, "vip": "no"}},
    ]
    assert [row.line for row in taken.rows] == [2, 3]


def test_a_number_that_lost_digits_is_refused_with_its_line(tmp_path: Path) -> None:
    taken = take(workbook(HEAD, ("a", "1", 1, "x"), (12345678901234567890123.0, "2", 1, "x")), tmp_path)
    assert "Line 3: a number with more digits" in taken.refused


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    assert "empty" in take(workbook(), tmp_path).refused
