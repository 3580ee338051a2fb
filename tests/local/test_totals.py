"""Totals are right whichever way a search finds them: by one trigram or several, by halves, by the table."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api_client.embedded.idempotency import Started
from api_client.embedded.wire import Answer
from tests.local.service import Api, embedded_api

PEOPLE = 400
CAP = 60
TEXTS = {"email": "email", "phone": "phone", "name": ""}
# Rare and common terms, terms in one half of the rows only, one that holds its own trigrams apart.
TERMS = [
    ("email", "example.com"),
    ("email", ".com"),
    ("email", "students.example"),
    ("email", "a.s"),
    ("email", "an"),
    ("phone", "+4915"),
    ("phone", "1555"),
    ("phone", "9"),
    ("name", "nowak"),
    ("name", "ова"),
    ("name", "ivanov"),
    ("name", "k"),
    ("name", "ł"),
    ("name", "ak"),
    ("email", "qx"),
    ("phone", "77"),
    ("email", "twin-"),
    ("email", "gbe"),
    ("email", "\U0001f600" * 3),
    ("name", "d\x03"),
    ("email", "abcabd"),
]


@pytest.fixture(params=["index", "sample", "halves"])
async def api(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Api]:
    monkeypatch.setattr("api_client.embedded.search.MOST_COUNTED", CAP)
    if request.param != "index":
        monkeypatch.setattr("api_client.embedded.rarity.SMALL", 0)
    if request.param == "halves":
        monkeypatch.setattr("api_client.embedded.rarity.MANY", 0)
    async with embedded_api(db=tmp_path / "novu.sqlite", seed="people", subscribers=PEOPLE) as found:
        rows = [{"subscriberId": f"t{n}", "email": f"twin-{n}@late.example.com"} for n in range(40)]
        await found.post("/v1/subscribers/bulk", {"subscribers": rows})
        odd = [
            {"subscriberId": "apart", "email": "abcab.bcabd@late.example.com"},
            {"subscriberId": "flag", "firstName": "\U0001f3f4\U000e0067\U000e0062\U000e0065"},
            {"subscriberId": "smile", "firstName": "\U0001f600" * 3},
        ]
        await found.post("/v1/subscribers/bulk", {"subscribers": odd})
        yield found


async def _everyone(api: Api) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    after = None
    while True:
        page = await api.get("/v2/subscribers", limit=100, **({"after": after} if after else {}))
        rows += page["data"]
        after = page["next"]
        if after is None:
            return rows


def _matches(row: dict[str, str], field: str, term: str) -> bool:
    text = f"{row.get('firstName') or ''} {row.get('lastName') or ''}".strip()
    return term in ((row.get(TEXTS[field]) or "") if TEXTS[field] else text).lower()


async def test_a_total_is_the_number_of_rows_that_match_as_far_as_it_counts(api: Api) -> None:
    rows = await _everyone(api)
    for field, term in TERMS:
        page = await api.get("/v2/subscribers", limit=1, **{field: term})
        count = sum(_matches(row, field, term) for row in rows)
        assert (term, page["totalCount"], page["totalCountCapped"]) == (term, min(count, CAP), count > CAP)


async def test_a_page_of_matches_by_time_is_the_newest_of_all_that_match(api: Api) -> None:
    for number in (3, 30, 17):
        api.clock.advance(60)
        await api.patch(f"/v2/subscribers/user-{number:05d}", {"locale": "en"})
    for term in ("example", "an", "an@", "twin-"):
        rows = [row for row in await _everyone(api) if _matches(row, "email", term)]
        wanted = sorted(rows, key=lambda row: (row["updatedAt"], row["_id"]), reverse=True)
        first = await api.get("/v2/subscribers", orderBy="updatedAt", email=term, limit=20)
        assert first["data"] == wanted[:20]
        if first["next"]:
            query = {"orderBy": "updatedAt", "email": term, "limit": 20, "after": first["next"]}
            assert (await api.get("/v2/subscribers", **query))["data"] == wanted[20:40]


async def test_a_total_is_counted_anew_after_a_write(api: Api) -> None:
    before = (await api.get("/v2/subscribers", email="twin-"))["totalCount"]
    await api.client.delete("/v2/subscribers/t7")
    assert (await api.get("/v2/subscribers", email="twin-"))["totalCount"] == before - 1


async def test_a_file_with_an_older_index_is_indexed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api_client.embedded.rarity.SMALL", 0)
    db = tmp_path / "novu.sqlite"
    async with embedded_api(db=db, seed="people", subscribers=30) as api:
        wanted = await api.get("/v2/subscribers", email="example.com")
        with api.app.state.store.writing() as writer:
            writer.execute("INSERT INTO words(words) VALUES ('delete-all')")
            writer.execute("UPDATE meta SET value = '1' WHERE name = 'index'")
    async with embedded_api(db=db) as again:
        assert await again.get("/v2/subscribers", email="example.com") == wanted


async def test_a_total_counted_just_before_a_write_is_committed_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file, others read while somebody writes: what they count then is true of the time before."""
    async with embedded_api(db=tmp_path / "novu.sqlite") as api:
        loop, save = asyncio.get_running_loop(), Started._save

        def count_and_save(started: Started, answer: Answer) -> None:
            asyncio.run_coroutine_threadsafe(api.get("/v2/subscribers"), loop).result(60)
            save(started, answer)

        monkeypatch.setattr(Started, "_save", count_and_save)  # after the work, before the commit
        await api.client.post("/v2/subscribers", json={"subscriberId": "x"}, headers={"idempotency-key": "k"})
        assert (await api.get("/v2/subscribers"))["totalCount"] == 31
