"""Export, then read back: 10,000 people with every nasty value come back as they were, each once."""

import asyncio
import csv
import tempfile
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from api_client import ClientOptions, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.csv_io import COLUMNS, ExportPlan, export, unguard
from tests.dashboard.people import MemoryReader, as_reader, person

PEOPLE = 10_000
KEYS = ("subscriberId", "firstName", "email", "phone")
NASTY = (
    "007", "1e5", "+14155550100", "NA", "None", "null", "TRUE", "12345678901234567890123", "2026-11-25",
    "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '"=1+1"', "'=1",
    "''=1", "a/b?c#d%e..f g", "x" * 300, "   ", "🦄", "a\r\nb", 'say ""hi""', "a;b\tc,d|e", "\ufeffbom",
    "\u202ertl", "\u200b", "e\u0301", "\u00e9", "\0nul", "<script>alert(1)</script>", "{{7*7}}", "＋1", "－1",
    "＠x", "javascript:alert(1)", "%0d%0aSet-Cookie: a", "' OR 1=1--", "\u2028", "a\nb", "a\rb", ",", '"',
    "'", "\x1b[31m", "no,comma\n\"quote\"", "+49 171 5551234", "2026-02-30", "-0", "1_000", "٣", "\x7f",
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


FIELDS = ("subscriberId", "firstName", "lastName", "phone", "email", "createdAt", "_id")


async def stored(http: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Everyone, as the API itself tells them: not through our client."""
    rows: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        params = {"limit": "100", "orderDirection": "ASC"} | ({"after": after} if after else {})
        answer = (await http.get("/v2/subscribers", params=params)).raise_for_status().json()
        rows += answer["data"]
        after = answer["next"]
    return rows


async def test_ten_thousand_people_of_the_api_come_back_as_its_own_rows(tmp_path: Path) -> None:
    embedded = create_embedded_api()
    values = cycle(NASTY)
    people = [
        {
            "subscriberId": f"{number} {next(values)}".strip(),
            "firstName": next(values),
            "lastName": next(values),
            "phone": next(values),
            "email": f"{number}@example.com",
        }
        for number in range(PEOPLE)
    ]
    transport = httpx.ASGITransport(app=embedded)
    headers = {"Authorization": f"ApiKey {embedded.state.api_key}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://api.invalid", headers=headers) as http:
        for start in range(0, PEOPLE, 500):
            chunk = people[start : start + 500]
            answer = await http.post("/v1/subscribers/bulk", json={"subscribers": chunk})
            assert not answer.raise_for_status().json()["data"]["failed"]
        said = await stored(http)
    assert len(said) == PEOPLE
    options = ClientOptions(embedded.state.api_key, "http://api.invalid")
    async with SubscriberClient(options, transport=transport) as client:
        plan = ExportPlan(columns=[COLUMNS[key] for key in FIELDS])
        _, *rows = read_back((await export(client, plan, folder=tmp_path)).path)
    assert rows == [[one.get(key) or "" for key in FIELDS] for one in said]


async def test_a_cell_longer_than_csv_readers_take_comes_back_whole(tmp_path: Path) -> None:
    before = csv.field_size_limit(300_000)
    try:
        _, row = await exported([person(1, firstName="=" * 140_000, email="", phone="")], tmp_path)
    finally:
        csv.field_size_limit(before)
    assert row[1] == "=" * 140_000


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, texts)), max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_text_stands_in_a_person_comes_back(fields: list[dict[str, str]]) -> None:
    people = [person(number, **one) for number, one in enumerate(fields)]
    with tempfile.TemporaryDirectory() as folder:
        _, *rows = asyncio.run(exported(people, Path(folder)))
    assert rows == [[one[key] for key in KEYS] for one in people]
