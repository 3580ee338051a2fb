"""Every file of the bad-input list: nothing crashes, nothing is half taken, line and column are named."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.csv_io.incoming.form import FileKind, Limits
from tests.dashboard.imports.files import csv_of, take

HEAD = "subscriberId,firstName,email"


def archive(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


def workbook_of_gigabytes() -> bytes:
    return archive(xl__workbook_xml=b"<x/>", xl__sheet_xml=b"0" * 210_000_000)


FILES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "empty"),
    "blanks only": (b" \n\n", "nothing but blanks"),
    "heading only": (csv_of(HEAD), "no rows"),
    "gzip": (gzip.compress(csv_of(HEAD, "1,A,a@b.io")), "gzip"),
    "pdf": (b"%PDF-1.7 abc", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n....", "PNG"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Excel"),
    "web page": (b"<!DOCTYPE html><html><body>", "web page"),
    "zip that is no workbook": (archive(readme=b"x"), "no XLSX workbook"),
    "damaged workbook": (b"PK\x03\x04 and then nothing", "damaged"),
    "workbook of gigabytes": (workbook_of_gigabytes, "more than 200,000,000 bytes"),
    "json list": (b'[{"subscriberId": "1"}]', "JSON Lines"),
    "json lines, one broken": (b'{"subscriberId":"1"}\n{"subscriberId":\n', "Line 2"),
    "json lines, one no object": (b'{"subscriberId":"1"}\n7\n', "Line 2"),
    "nul character": (csv_of(HEAD, "1,A\0,a@b.io"), "Line 2"),
    "utf-16 without its mark": (csv_of(HEAD, "1,A,a@b.io", encoding="utf-16-le"), "UTF-16"),
    "quote never closed": (csv_of(HEAD, '1,"A,a@b.io', "2,B,b@b.io"), "Line 2"),
    "stray quote": (csv_of(HEAD, "1,A,a@b.io", '2,"B"x,b@b.io'), "Line 3"),
    "cell beyond the csv module's limit": (csv_of(HEAD, f'1,"{"x" * 140_000}",a@b.io'), "Line 2"),
    "a million columns": (("a," * 1_000_000).encode(), "200 columns"),
    "201 columns": (csv_of(",".join(f"c{n}" for n in range(201)), "1"), "200 columns"),
    "two encodings in one file": (
        csv_of(HEAD, "1,Zoë Müller,a@b.io", "2,Jürgen,b@b.io") + "3,Zoë,c@b.io\n".encode("cp1252"),
        "Line 4",
    ),
    "stray byte far below": (
        csv_of(HEAD, *["1,Zoë,a@b.io"] * 50_000) + b"2,Zo\xeb,a@b.io\n",
        "Line 50,002",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_refused_whole_and_says_why(name: str, tmp_path: Path) -> None:
    content, said = FILES[name]
    taken = take(content() if callable(content) else content, tmp_path)
    assert said in taken.refused
    assert not taken.rows


def test_a_byte_too_many_is_refused_before_anything_is_parsed(tmp_path: Path) -> None:
    content = csv_of(HEAD, "1,A,a@b.io")
    assert take(content, tmp_path, limits=Limits(bytes=len(content))).sent
    assert "bytes" in take(content, tmp_path, limits=Limits(bytes=len(content) - 1)).refused


def test_a_row_too_many_is_refused(tmp_path: Path) -> None:
    content = csv_of(HEAD, "1,A,a@b.io", "2,B,b@b.io")
    assert len(take(content, tmp_path, limits=Limits(rows=2)).sent) == 2
    assert "Line 3: More than 1 rows" in take(content, tmp_path, limits=Limits(rows=1)).refused


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_common_encodings_are_recognised(encoding: str, found: str, tmp_path: Path) -> None:
    taken = take(csv_of(HEAD, "1,Zoë Müller,a@b.io", encoding=encoding), tmp_path)
    assert taken.form
    assert taken.form.encoding == found
    assert taken.sent[0]["firstName"] == "Zoë Müller"
    assert taken.form.is_certain == (encoding != "cp1252")


def test_big_endian_latin_1_and_shift_jis_are_recognised(tmp_path: Path) -> None:
    big = b"\xfe\xff" + csv_of(HEAD, "1,Zoë,a@b.io", encoding="utf-16-be")
    assert take(big, tmp_path).sent[0]["firstName"] == "Zoë"
    latin = take(csv_of(HEAD, "1,Zo\xeb\x81,a@b.io", encoding="latin-1"), tmp_path)
    assert latin.form
    assert latin.form.encoding == "latin-1"
    japanese = take(csv_of(HEAD, "1,さくら たなか,a@b.io", encoding="cp932"), tmp_path)
    assert japanese.sent[0]["firstName"] == "さくら たなか"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters_are_recognised(sign: str, tmp_path: Path) -> None:
    content = csv_of(
        sign.join(HEAD.split(",")), sign.join(["1", "A, or; B", "a@b.io"]).replace(", or; B", "")
    )
    taken = take(content, tmp_path)
    assert taken.form
    assert taken.form.delimiter == sign
    assert taken.sent == [{"subscriberId": "1", "firstName": "A", "email": "a@b.io"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(end: str, tmp_path: Path) -> None:
    assert len(take(csv_of(HEAD, "1,A,a@b.io", "2,B,b@b.io", end=end), tmp_path).sent) == 2


def test_mixed_line_ends_no_last_one_blank_lines_and_quotes(tmp_path: Path) -> None:
    content = b'subscriberId,firstName\r\n1,"A ""x"" y"\n\n\r2,"two\nlines"\r\n3,C'
    taken = take(content, tmp_path)
    assert [one.get("firstName") for one in taken.sent] == ['A "x" y', "two\nlines", "C"]
    assert [row.line for row in taken.rows] == [2, 5, 7]


@pytest.mark.parametrize("heading", ["Subscriber ID", "SUBSCRIBERID", " subscriber_id ", "user id", "ID"])
def test_headings_are_known_whatever_their_case_and_blanks(heading: str, tmp_path: Path) -> None:
    assert take(csv_of(f"{heading},E-Mail", "1,a@b.io"), tmp_path).sent == [
        {"subscriberId": "1", "email": "a@b.io"}
    ]


@pytest.mark.parametrize("sign", ["\x1c", "\x1e", "\x85", "\u2028", "\x0b", "\x0c"])
def test_a_sign_that_merely_looks_like_a_line_end_is_none(sign: str, tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId,lastName,firstName", f"1,{sign},a;|b", "2,,a;|b"), tmp_path)
    assert taken.sent[0] == {"subscriberId": "1", "lastName": sign, "firstName": "a;|b"}


def test_a_file_of_one_column_is_read(tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId", "a", "b"), tmp_path)
    assert [one["subscriberId"] for one in taken.sent] == ["a", "b"]


def test_a_file_without_heading_loses_no_row(tmp_path: Path) -> None:
    taken = take(csv_of("u1,ada@b.io", "u2,bob@b.io"), tmp_path)
    assert taken.form
    assert not taken.form.has_header
    assert taken.table
    assert len(list(taken.table.rows())) == 2
    assert "subscriber id" in taken.said[0]


def test_a_file_without_ids_and_one_with_a_repeated_heading_say_so(tmp_path: Path) -> None:
    assert "No column goes to the subscriber id" in take(csv_of("email", "a@b.io"), tmp_path).said[0]
    taken = take(csv_of("subscriberId,email,email", "1,a@b.io,x@y.io"), tmp_path)
    assert taken.columns == ("subscriberId", "email", "")


def test_columns_that_nothing_is_known_of_are_left_out_and_can_be_named(tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId,shoeSize,isOnline", "1,44,true"), tmp_path)
    assert taken.columns == ("subscriberId", "", "")
    assert taken.sent == [{"subscriberId": "1"}]


def test_json_lines_tell_absent_from_null(tmp_path: Path) -> None:
    taken = take(b'{"subscriberId":"1","phone":null}\n{"subscriberId":"2","data":{"a":1}}\n', tmp_path)
    assert taken.form
    assert taken.form.kind is FileKind.JSON_LINES
    assert taken.sent == [{"subscriberId": "1"}, {"subscriberId": "2", "data": {"a": 1}}]
