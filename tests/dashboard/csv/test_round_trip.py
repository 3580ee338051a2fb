"""Export, then read back: 10,000 people with every nasty value come back as they were, each once."""

import asyncio
import csv
import tempfile
from itertools import cycle
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.csv_io import COLUMNS, ExportPlan, export, unguard
from tests.dashboard.people import MemoryReader, as_reader, person

PEOPLE = 10_000
KEYS = ("subscriberId", "firstName", "email", "phone")
NASTY = (
    "007", "1e5", "+14155550100", "NA", "None", "null", "TRUE", "12345678901234567890123", "2026-11-25",
    "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '"=1+1"', "'=1",
    "''=1", "a/b?c#d%e..f g", "x" * 300, "   ", "🦄", "a\r\nb", 'say ""hi""', "a;b\tc,d|e", "\ufeffbom",
    "\u202ertl", "\u200b", "e\u0301", "\0nul", "<script>alert(1)</script>", "{{7*7}}",
)  # fmt: skip


def read_back(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [[unguard(cell) for cell in row] for row in csv.reader(file)]


async def exported(people: list[dict[str, object]], folder: Path) -> list[list[str]]:
    plan = ExportPlan(columns=[COLUMNS[key] for key in KEYS])
    return read_back((await export(as_reader(MemoryReader(people)), plan, folder=folder)).path)


async def test_ten_thousand_people_with_nasty_values_come_back_exactly(tmp_path: Path) -> None:
    values = cycle(NASTY)
    people = [
        person(
            number,
            subscriberId=f"{next(values)}{number}",
            firstName=next(values),
            email=next(values),
            phone=next(values),
        )
        for number in range(PEOPLE)
    ]
    header, *rows = await exported(people, tmp_path)
    assert header == list(KEYS)
    assert rows == [[one[key] for key in KEYS] for one in people]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, texts)), max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_text_stands_in_a_person_comes_back(fields: list[dict[str, str]]) -> None:
    people = [person(number, **one) for number, one in enumerate(fields)]
    with tempfile.TemporaryDirectory() as folder:
        _, *rows = asyncio.run(exported(people, Path(folder)))
    assert rows == [[one[key] for key in KEYS] for one in people]
