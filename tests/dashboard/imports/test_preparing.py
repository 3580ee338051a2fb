"""A file that is prepared: read again in another way, decided upon, limited by settings, forgotten."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api_client import ClientOptions, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.csv_io.incoming.checked import Stopped
from dashboard.csv_io.incoming.duplicates import Rule
from dashboard.csv_io.incoming.form import Limits
from dashboard.csv_io.incoming.frames import common_notes, common_reasons
from dashboard.csv_io.incoming.preparing import Preparation, forget_old_files, limits_of, write_grid
from dashboard.csv_io.incoming.spool import Verdict, read_plan
from dashboard.csv_io.incoming.trouble import BadFile
from dashboard.settings import Settings
from tests.dashboard.imports.files import csv_of, take


@pytest.fixture
def preparation(tmp_path: Path) -> Preparation:
    return Preparation(tmp_path / "imports", Limits())


async def planned(preparation: Preparation) -> list[tuple[int, Verdict, str]]:
    api = create_embedded_api()
    options = ClientOptions(api_key=api.state.api_key, base_url="http://embedded.invalid")
    async with SubscriberClient(options, transport=httpx.ASGITransport(app=api)) as client:
        plan = await preparation.compare(client, on_calls=lambda _done, _of: None)
    return [(row.line, row.verdict, row.subscriber_id) for row in read_plan(plan.path)]


async def test_what_was_chosen_stays_when_a_step_is_taken_again(preparation: Preparation) -> None:
    preparation.path.write_bytes(csv_of("id;Vorname;team", "1;Zoë;ops", "1;Zoe;ops", encoding="cp1252"))
    await preparation.recognise("people.csv", {"team": "data.team"})
    assert preparation.columns == ("subscriberId", "firstName", "data.team")
    preparation.map(1, "lastName")
    preparation.decide(clear="<none>", rule=Rule.FIRST)
    assert await planned(preparation) == [(2, Verdict.CREATE, "1"), (3, Verdict.LEFT_OUT, "1")]
    preparation.decide(rule=Rule.LAST)
    assert preparation.checked, "another rule does not check every row again"
    assert await planned(preparation) == [(2, Verdict.LEFT_OUT, "1"), (3, Verdict.CREATE, "1")]
    assert preparation.choices() == {"id": "subscriberId", "Vorname": "lastName", "team": "data.team"}


async def test_another_encoding_reads_it_anew_and_one_that_does_not_fit_names_the_line(
    preparation: Preparation,
) -> None:
    preparation.path.write_bytes(csv_of("id,name", "1,Ada", "2,Zoë", encoding="cp1252"))
    await preparation.recognise("people.csv", {})
    assert preparation.table
    assert preparation.profile
    assert preparation.profile.preview[1] == ("2", "Zoë")
    form = preparation.table.form
    with pytest.raises(BadFile, match="Line 3"):
        await preparation.read_as(replace(form, encoding="utf-8"), {})
    await preparation.read_as(replace(form, encoding="cp1251"), {})
    assert preparation.profile.preview[1] == ("2", "Zoл")


async def test_a_check_that_was_overtaken_changes_nothing_of_the_newer_one(preparation: Preparation) -> None:
    preparation.path.write_bytes(csv_of("id,name", *(f"{number},Ada" for number in range(1500))))
    await preparation.recognise("people.csv", {})
    reached, may_go_on = threading.Event(), threading.Event()

    def hold(_: int) -> None:
        reached.set()
        assert may_go_on.wait(60)

    older = asyncio.create_task(preparation.check(on_rows=hold))
    assert await asyncio.to_thread(reached.wait, 60)
    preparation.map(1, "lastName")
    newer = await preparation.check()
    may_go_on.set()
    with pytest.raises(Stopped):
        await older
    assert preparation.checked is newer
    assert all(b'"lastName":"Ada"' in draft for draft in newer.drafts())
    assert [one for one in preparation.folder.iterdir() if one.is_dir()] == [newer.spool.parent]


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("import_bytes", 20, "at most 20 are taken"),
        ("import_rows", 1, "Line 3: More than 1 rows"),
        ("import_columns", 1, "more than 1 columns"),
    ],
)
async def test_the_limits_are_settings_and_hold_before_a_file_is_read(
    limit: str, value: int, said: str, tmp_path: Path
) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path, limit: value})
    preparation = Preparation(tmp_path / "imports", limits_of(settings))
    preparation.path.write_bytes(csv_of("subscriberId,firstName", "1,Ada", "2,Bob"))

    async def read_and_check() -> None:
        await preparation.recognise("people.csv", {})
        await preparation.check()

    with pytest.raises(BadFile, match=said):
        await read_and_check()


def test_a_cell_that_is_longer_than_the_setting_is_refused_by_line_and_column(tmp_path: Path) -> None:
    content = csv_of("subscriberId,firstName", "1,Ada", f"2,{'x' * 31}")
    taken = take(content, tmp_path, limits=Limits(cell=30))
    assert taken.said[0] == "Line 3, firstName: 31 characters; at most 30 are taken in a cell"
    assert [one["subscriberId"] for one in taken.sent] == ["1"]


async def test_rows_typed_by_hand_are_kept_as_they_were_typed(preparation: Preparation) -> None:
    heading = ("subscriberId", "phone", "firstName")
    write_grid(preparation.path, heading, [["007", "+49171", "'=1"], ["", " ", ""], ["8", "", "=1+1"]])
    await preparation.recognise("typed by hand", {})
    await planned(preparation)
    assert preparation.plan
    assert [row.body for row in read_plan(preparation.plan.path)] == [
        {"subscriberId": "007", "phone": "+49171", "firstName": "'=1"},
        {"subscriberId": "8", "firstName": "=1+1"},
    ]


def test_the_reasons_of_refusals_are_counted_for_the_chart(tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId,email,locale", "1,a,", "2,b,", "3,,x!"), tmp_path)
    assert taken.checked
    taken.checked.problems.close()
    assert common_reasons(taken.checked.problems, most=1) == (
        ("email: this is not an e-mail address", 2),
        ("other reasons", 1),
    )


def test_the_notes_of_a_result_are_counted_without_their_lines() -> None:
    notes = ["Line 2: no room", "Line 1,003: no room", "Line 4: too large"]
    assert common_notes(notes) == (("no room", 2), ("too large", 1))
    assert common_notes([]) == ()


def test_files_are_deleted_at_the_end_and_leftovers_after_a_day(tmp_path: Path) -> None:
    ended, left = Preparation(tmp_path, Limits()), Preparation(tmp_path, Limits())
    ended.path.write_bytes(b"x")
    left.path.write_bytes(b"x")
    ended.close()
    assert not ended.folder.exists()
    written = left.folder.stat().st_mtime
    forget_old_files(tmp_path, written + 3600)
    assert left.path.exists()
    forget_old_files(tmp_path, written + 25 * 3600)
    assert not left.folder.exists()
