"""An export holds everyone who matches, once; or there is no file."""

import asyncio
import csv
import json
import os
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api_client import NotFound, Reason, SubscriberFilter, Unreachable
from dashboard.csv_io import (
    COLUMNS,
    ExportPlan,
    Format,
    Progress,
    TooManyToExport,
    export,
    forget_old,
    unguard,
)
from tests.dashboard.people import MemoryReader, as_reader, person


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: unguard(value) for key, value in row.items()} for row in csv.DictReader(file)]


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def run(reader: MemoryReader, folder: Path, **plan: Any) -> list[dict[str, str]]:
    return read_csv((await export(as_reader(reader), ExportPlan(**plan), folder=folder)).path)


async def test_every_row_and_not_only_the_page_is_written(tmp_path: Path) -> None:
    reader = MemoryReader([person(n) for n in range(250)])
    rows = await run(reader, tmp_path)
    assert [row["subscriberId"] for row in rows] == [f"user-{n}" for n in range(250)]


async def test_values_come_back_exactly(tmp_path: Path) -> None:
    odd = {
        "firstName": "=HYPERLINK(\"http://evil\")",
        "lastName": "'+quoted",
        "phone": "+14155550100",
        "email": 'with"quote,comma\r\nand line',
        "locale": "日本語 🙂 \u202e",
        "timezone": None,
        "data": {"a": [1, None, "é"]},
    }  # fmt: skip
    (row,) = await run(MemoryReader([person(1, **odd)]), tmp_path)
    assert json.loads(row["data"]) == odd["data"]
    assert row["timezone"] == ""
    for key in ("firstName", "lastName", "phone", "email", "locale"):
        assert row[key] == odd[key]


async def test_a_person_who_matches_two_filters_is_written_once(tmp_path: Path) -> None:
    people = [
        person(n, email=f"a{n}@x" if n % 2 else "", firstName="ada" if n % 3 else "") for n in range(500)
    ]
    filters = (SubscriberFilter(email="a"), SubscriberFilter(name="ada"), SubscriberFilter(email="nobody"))
    rows = await run(MemoryReader(people), tmp_path, filters=filters)
    assert [row["subscriberId"] for row in rows] == [f"user-{n}" for n in range(500) if n % 2 or n % 3]


async def test_nobody_matching_gives_a_file_with_headings_only(tmp_path: Path) -> None:
    done = await export(as_reader(MemoryReader([])), ExportPlan(), folder=tmp_path)
    assert done.rows == 0
    assert done.path.read_text().startswith("subscriberId,firstName,")


async def test_an_error_on_a_later_page_leaves_no_file(tmp_path: Path) -> None:
    def fail(page: int) -> None:
        if page == 2:
            raise Unreachable(Reason.DROPPED)

    with pytest.raises(Unreachable):
        await run(MemoryReader([person(n) for n in range(300)], before_page=fail), tmp_path)
    assert files_in(tmp_path) == []


async def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    def cancel(page: int) -> None:
        if page == 1:
            task.cancel()

    class Waiting(MemoryReader):
        async def unseen_count(self, *args: Any, **kwargs: Any) -> int:
            await asyncio.sleep(0)
            return 0

    reader = Waiting([person(n) for n in range(300)], before_page=cancel)
    plan = ExportPlan(columns=tuple(COLUMNS.values()))
    task = asyncio.get_running_loop().create_task(export(as_reader(reader), plan, folder=tmp_path))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files_in(tmp_path) == []


async def test_more_than_fits_is_refused_instead_of_cut_off(tmp_path: Path) -> None:
    reader = MemoryReader([person(n) for n in range(201)])
    with pytest.raises(TooManyToExport):
        await run(reader, tmp_path, most_rows=200)
    assert files_in(tmp_path) == []
    assert len(await run(reader, tmp_path, most_rows=201)) == 201


async def test_progress_counts_up_to_the_total(tmp_path: Path) -> None:
    seen: list[Progress] = []
    reader = as_reader(MemoryReader([person(n) for n in range(250)]))
    await export(reader, ExportPlan(), folder=tmp_path, on_progress=seen.append)
    assert seen == [Progress(rows, rows, 250, True) for rows in (100, 200, 250)]


async def test_json_lines_tell_absent_from_null_and_guard_nothing(tmp_path: Path) -> None:
    reader = as_reader(MemoryReader([person(1, phone="+1415", email=None), person(2)]))
    done = await export(reader, ExportPlan(format=Format.JSON_LINES), folder=tmp_path)
    first, second = [json.loads(line) for line in done.path.read_text("utf-8").splitlines()]
    assert (first["phone"], first["email"], "email" in second) == ("+1415", None, False)


async def test_a_file_for_machines_holds_every_cell_as_it_is(tmp_path: Path) -> None:
    people = [person(1, phone="+1415", firstName="=1+1", lastName="'@x")]
    plan = ExportPlan(guards=False)
    done = await export(as_reader(MemoryReader(people)), plan, folder=tmp_path)
    assert ",+1415," in done.path.read_text("utf-8")
    assert ",=1+1,'@x," in done.path.read_text("utf-8")


async def test_a_byte_order_mark_only_when_asked_for(tmp_path: Path) -> None:
    reader = as_reader(MemoryReader([person(1)]))
    plain, marked = [await export(reader, ExportPlan(bom=bom), folder=tmp_path) for bom in (False, True)]
    assert marked.path.read_bytes() == b"\xef\xbb\xbf" + plain.path.read_bytes()


async def test_unseen_counts_are_asked_for_only_when_chosen(tmp_path: Path) -> None:
    reader = MemoryReader([person(n) for n in range(30)])
    reader.unseen = {
        "user-3": 7,
        "user-4": NotFound("gone", status=400),
        "user-9": Unreachable(Reason.DROPPED),
    }
    assert "unseenCount" not in (await run(reader, tmp_path))[0]
    chosen = (COLUMNS["subscriberId"], COLUMNS["unseenCount"])
    with pytest.raises(Unreachable):
        await run(reader, tmp_path, columns=chosen)
    del reader.unseen["user-9"]
    rows = await run(reader, tmp_path, columns=chosen)
    assert [row["unseenCount"] for row in rows[2:6]] == ["0", "7", "", "0"]


def nested(levels: int) -> Any:
    deep: Any = 1
    for _ in range(levels):
        deep = [deep]
    return deep


async def test_deep_data_and_giant_numbers_are_written_whole(tmp_path: Path) -> None:
    data = [nested(400), {"n": 10**30}]
    rows = await run(MemoryReader([person(n, data=one) for n, one in enumerate(data)]), tmp_path)
    assert [json.loads(row["data"]) for row in rows] == data


async def test_data_too_deep_to_be_written_does_not_end_the_export(tmp_path: Path) -> None:
    rows = await run(MemoryReader([person(1, data=nested(100_000)), person(2)]), tmp_path)
    assert [row["subscriberId"] for row in rows] == ["user-1", "user-2"]
    assert "too deeply" in rows[0]["data"]


async def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    done = await export(as_reader(MemoryReader([person(1)])), ExportPlan(), folder=tmp_path / "new")
    assert done.path.stat().st_mode & 0o077 == 0
    assert done.path.parent.stat().st_mode & 0o077 == 0


async def test_a_big_export_stays_small_in_memory(tmp_path: Path) -> None:
    reader = MemoryReader([person(n) for n in range(10_000)])
    tracemalloc.start()
    await export(as_reader(reader), ExportPlan(), folder=tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_files_that_nobody_fetched_are_forgotten(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    for name, age_s in (("old.csv", 3700), ("crashed.csv.part", 90_000), ("fresh.csv", 60)):
        (tmp_path / name).write_text("x")
        made_at = now.timestamp() - age_s
        os.utime(tmp_path / name, (made_at, made_at))
    forget_old(tmp_path, now)
    assert files_in(tmp_path) == ["fresh.csv"]
