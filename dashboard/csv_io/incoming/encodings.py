"""Which encoding a file of text is in; a byte that does not fit is named by its line."""

import codecs
import re
from pathlib import Path

from dashboard.csv_io.incoming.form import ENCODINGS
from dashboard.csv_io.incoming.trouble import BadFile

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_KANA = re.compile("[\u3041-\u30ff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_KANA_SHARE = 0.1


def encoding_of(data: bytes) -> tuple[str, bool]:
    """Python's name of the encoding, and whether that is certain. Raises BadFile for a stray byte in UTF-8.

    Legacy encodings cannot be told apart for sure: what is returned then is a guess to be confirmed.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, True
    if data[:2000].count(0) > 2:
        raise BadFile(
            "The file holds NUL bytes: it is no text, or UTF-16 without its mark. Save it as UTF-8."
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", True
    if _is_mostly_utf8(data):
        raise _stray(data, "utf-8")
    return _legacy(data), False


def check_decodes(path: Path, encoding: str) -> None:
    """Raises BadFile that names the line of the first byte which is not of `encoding`."""
    if encoding not in ENCODINGS:
        raise BadFile("This encoding is not known here.")
    data = path.read_bytes()
    try:
        data.decode(encoding)
    except UnicodeError:
        raise _stray(data, encoding) from None


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    strays = text.count("\ufffd")
    return len(_FOREIGN.findall(text)) - strays > strays


def _legacy(data: bytes) -> str:
    try:
        japanese = data.decode("cp932")
    except UnicodeDecodeError:
        japanese = ""
    foreign = len(_FOREIGN.findall(japanese))
    if foreign and len(_KANA.findall(japanese)) >= foreign * _KANA_SHARE:
        return "cp932"
    return "latin-1" if _NOT_IN_CP1252.search(data) else "cp1252"


def _stray(data: bytes, encoding: str) -> BadFile:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line = before.count("\n") + 1
        place = len(before.rpartition("\n")[2]) + 1
        return BadFile(
            f"character {place:,} is no {ENCODINGS[encoding]}. Choose another encoding or save it anew.",
            line=line,
        )
    except UnicodeError:
        pass
    return BadFile(f"The file is not in {ENCODINGS[encoding]}. Choose another encoding.")
