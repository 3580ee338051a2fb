"""How a file of people is written, and how much of one is taken."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class FileKind(StrEnum):
    """What can be read."""

    DELIMITED = "delimited"
    JSON_LINES = "jsonl"
    WORKBOOK = "xlsx"


@dataclass(frozen=True)
class Limits:
    """How much of a file is taken; each is checked before what it limits is parsed.

    `bytes` of the file, `rows` without the header, `columns` of the header, `cell` in characters.
    """

    bytes: int = 20_000_000
    rows: int = 1_000_000
    columns: int = 200
    cell: int = 100_000


@dataclass(frozen=True)
class Form:
    """How a file is written. `is_certain`: the encoding follows from the file and is no guess."""

    kind: FileKind
    encoding: str = "utf-8"
    delimiter: str = ","
    has_header: bool = True
    is_certain: bool = True


ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (western Europe)",
    "latin-1": "Latin-1 (ISO 8859-1)",
    "cp1250": "Windows-1250 (central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp932": "Shift-JIS (Japanese)",
}
"""What an operator may choose from, by Python's name."""

DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar"}
