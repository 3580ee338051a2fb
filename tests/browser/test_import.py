"""People from a file in the browser: good, bad, foreign files; back and cancel at each step."""

import csv
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.conftest import HELD_UP_S
from tests.browser.steps import Steps
from tests.dashboard.imports.test_workbooks import workbook

BULK = "POST /v1/subscribers/bulk"


@pytest.fixture
def forget(api_calls: httpx.Client) -> Iterator[list[str]]:
    """Ids that are deleted again."""
    ids: list[str] = []
    yield ids
    for one in ids:
        api_calls.delete(f"/v2/subscribers/{one}")


@pytest.fixture
def sheet(tmp_path: Path, forget: list[str], request: pytest.FixtureRequest) -> tuple[Path, list[str]]:
    """Forty people with ids of this test alone."""
    ids = [f"imp-{zlib.crc32(request.node.name.encode())}-{number:02d}" for number in range(40)]
    forget.extend(ids)
    path = tmp_path / "people.csv"
    rows = [f"{one},Zoë {number},{one}@corp.example,+49151{number:06d}" for number, one in enumerate(ids)]
    path.write_text("\n".join(["User ID,First name,E-Mail,Phone", *rows]), "utf-8")
    return path, ids


def pick(page: Page, path: Path, name: str = "Choose a file") -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=name, exact=True).click()
    chooser.value.set_files(path)


def to_columns(page: Page, path: Path) -> None:
    page.goto("/imports")
    pick(page, path)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Match columns")).to_be_visible()


def to_check(page: Page, path: Path) -> None:
    to_columns(page, path)
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_role("heading", name="What this import will do")).to_be_visible()


def count(page: Page, words: str) -> Any:
    return page.get_by_role("listitem").filter(has_text=words).locator(".bars-number")


def stored(api_calls: httpx.Client, subscriber_id: str) -> dict[str, Any]:
    return dict(api_calls.get(f"/v2/subscribers/{subscriber_id}").json()["data"])


def test_journey_18_a_sheet_becomes_people_in_eight_steps(
    page: Page, api_calls: httpx.Client, sheet: tuple[Path, list[str]]
) -> None:
    path, ids = sheet
    page.goto("/subscribers")
    steps = Steps(page)
    steps.click(page.get_by_role("link", name="Import", exact=True))
    with page.expect_file_chooser() as chooser:
        steps.click(page.get_by_role("button", name="Choose a file"))
    steps.count += 1  # the file in the system's own dialog
    chooser.value.set_files(path)
    steps.click(page.get_by_role("button", name="Continue"))
    steps.click(page.get_by_role("button", name="Check all rows"))
    expect(count(page, "created")).to_have_text("40")
    expect(page.get_by_role("button", name="Import 40 people")).to_be_disabled()
    steps.type(page.get_by_label("Type 40 to import"), "40")
    steps.click(page.get_by_role("button", name="Import 40 people"))
    expect(page.get_by_text("40 of 40", exact=True)).to_be_visible()
    assert steps.count <= 8
    assert stored(api_calls, ids[7])["phone"] == "+49151000007"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"), newline="")))
    assert {(row["state"], row["note"]) for row in rows} == {("done", "created")}
    assert [row["line"] for row in rows] == [str(line) for line in range(2, 42)]


def test_a_file_again_says_what_would_change_from_what_and_who_is_left_alone(
    page: Page, api_calls: httpx.Client, sheet: tuple[Path, list[str]]
) -> None:
    path, ids = sheet
    people = [{"subscriberId": one, "email": f"{one}@corp.example"} for one in ids[:2]]
    people[0] |= {"firstName": "Zoë 0", "phone": "+49151000000"}
    people[1] |= {"firstName": "Old name", "phone": "+49151000001"}
    api_calls.post("/v1/subscribers/bulk", json={"subscribers": people}).raise_for_status()
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:4], f"{ids[2]},Last,,", "no-mail,X,nope,"]), "utf-8")
    to_check(page, path)
    for words in ("created", "changed", "need no change", "left out", "refused"):
        expect(count(page, words)).to_have_text("1")
    change = page.get_by_role("region", name="Changes").get_by_role("row").filter(has_text="firstName")
    expect(change).to_contain_text("Old name")
    expect(change).to_contain_text("Zoë 1")
    refused = page.get_by_role("region", name="Refused rows").get_by_role("row").nth(1)
    expect(refused).to_contain_text("6")
    expect(refused).to_contain_text("E-Mail")
    expect(refused).to_contain_text("this is not an e-mail address")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all (CSV)").click()
    assert "6,E-Mail,this is not an e-mail address,nope" in download.value.path().read_text("utf-8")
    assert violations_in_both_themes(page) == NONE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF document."),
        (b'subscriberId,firstName\n1,"Ada\n', "Line 2: a quote that opens on this line is never closed."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_another_can_be_taken(
    page: Page, tmp_path: Path, content: bytes, said: str
) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_bytes(content)
    good.write_text("subscriberId\n1\n", "utf-8")
    page.goto("/imports")
    pick(page, bad)
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    assert violations_in_both_themes(page) == NONE
    pick(page, good)
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_another_encoding_and_delimiter_are_recognised_and_can_be_changed(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "from-excel.csv"
    path.write_bytes("Kundennummer;Vorname\n1;Zoë\n2;Jürgen\n".encode("cp1252"))
    page.goto("/imports")
    pick(page, path)
    preview = page.get_by_role("region", name="The first rows of the file")
    expect(preview).to_contain_text("Jürgen")
    expect(page.get_by_text("The encoding is a guess.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Delimiter")).to_have_value(";")
    page.get_by_role("combobox", name="Encoding").select_option("cp1251")
    expect(preview).to_contain_text("Jьrgen")
    page.get_by_role("combobox", name="Encoding").select_option("cp1252")
    expect(preview).to_contain_text("Jürgen")
    page.get_by_role("combobox", name="Delimiter").select_option(",")
    expect(preview.get_by_role("columnheader")).to_have_count(1)
    page.get_by_role("combobox", name="Delimiter").select_option(";")
    expect(preview.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("combobox", name="Import Vorname as")).to_have_value("firstName")


def test_a_file_can_be_dropped_and_its_name_and_cells_are_nothing_but_text(page: Page) -> None:
    name, cell = "<img src=x onerror=boom()>.csv", "<script>boom()</script>"
    page.goto("/imports")
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()
    dropped = page.evaluate_handle(
        "([name, text]) => { const held = new DataTransfer();"
        "held.items.add(new File([text], name)); return held; }",
        [name, f"subscriberId,{cell}\n{cell},{cell}\n"],
    )
    page.get_by_text("or drop it here").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("cell", name=cell).first).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_label("Type 1 to import")).to_be_visible()
    expect(page.get_by_role("region", name="People who will be created")).to_contain_text(cell)


def test_of_several_files_dropped_one_is_read_and_that_is_said(page: Page) -> None:
    page.goto("/imports")
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()
    dropped = page.evaluate_handle(
        "() => { const held = new DataTransfer();"
        "for (const name of ['one.csv', 'two.csv']) held.items.add(new File(['subscriberId\\n1\\n'], name));"
        "return held; }"
    )
    page.get_by_text("or drop it here").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text("Several files were dropped, but only one is read at a time.")).to_be_visible()
    expect(page.get_by_role("heading", name="one.csv")).to_be_visible()


def test_going_back_loses_nothing(page: Page, sheet: tuple[Path, list[str]]) -> None:
    path, _ = sheet
    to_columns(page, path)
    phone = page.get_by_role("combobox", name="Import Phone as")
    phone.select_option("data.Phone")
    page.get_by_label("Text that clears a value").fill("<none>")
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_label("Type 40 to import")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(phone).to_have_value("data.Phone")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("heading", name="people.csv")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Text that clears a value")).to_have_value("<none>")
    page.get_by_role("link", name="Bulk jobs").click()
    expect(page.get_by_role("heading", name="Bulk jobs")).to_be_visible()
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="people.csv")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(phone).to_have_value("data.Phone")


def test_loading_the_page_anew_at_each_step_loses_nothing(page: Page, sheet: tuple[Path, list[str]]) -> None:
    path, _ = sheet
    page.goto("/imports")
    page.get_by_role("button", name="Enter rows by hand").click()
    page.get_by_role("textbox", name="Subscriber id, row 1").fill("typed-before-f5")
    expect(page).to_have_url(re.compile("draft="))
    page.reload()
    expect(page.get_by_role("textbox", name="Subscriber id, row 1")).to_have_value("typed-before-f5")
    page.get_by_role("button", name="Use a file instead").click()
    pick(page, path)
    expect(page.get_by_role("heading", name="people.csv")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Continue").click()
    phone = page.get_by_role("combobox", name="Import Phone as")
    phone.select_option("data.Phone")
    page.get_by_label("Text that clears a value").fill("<none>")
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_label("Type 40 to import")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Type 40 to import")).to_be_visible()
    page.go_back()
    expect(phone).to_have_value("data.Phone")
    expect(page.get_by_label("Text that clears a value")).to_have_value("<none>")
    address = page.url
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()
    expect(page).not_to_have_url(re.compile("draft="))
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("no longer kept")
    assert violations_in_both_themes(page) == NONE


def test_cancelling_at_each_step_sends_nothing(
    page: Page, api_calls: httpx.Client, sheet: tuple[Path, list[str]], fail: Any
) -> None:
    path, ids = sheet
    start = page.get_by_role("button", name="Choose a file")
    page.goto("/imports")
    pick(page, path)
    page.get_by_role("button", name="Start over").click()
    expect(start).to_be_visible()
    to_columns(page, path)
    page.get_by_role("button", name="Start over").click()
    expect(start).to_be_visible()
    to_columns(page, path)
    fail("GET /v2/subscribers", times=9, delay_s=HELD_UP_S)
    page.get_by_role("button", name="Check all rows").click()
    page.get_by_role("button", name="Cancel check").click()
    expect(page.get_by_role("heading", name="Match columns")).to_be_visible()
    fail.no_more()
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_label("Type 40 to import")).to_be_visible()
    page.get_by_role("button", name="Start over").click()
    expect(start).to_be_visible()
    assert api_calls.get(f"/v2/subscribers/{ids[0]}").status_code == 404


def test_a_running_import_waits_pauses_goes_on_and_is_cancelled(
    page: Page, api_calls: httpx.Client, sheet: tuple[Path, list[str]], fail: Any
) -> None:
    path, ids = sheet
    to_check(page, path)
    fail(BULK, status=429, times=2)
    page.get_by_label("Type 40 to import").fill("40")
    page.get_by_role("button", name="Import 40 people").click()
    expect(page.get_by_text("for the server's rate limit")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused by hand.")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("for the server's rate limit")).to_be_visible()
    page.get_by_role("button", name="Cancel the rest").click()
    expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()
    assert api_calls.get(f"/v2/subscribers/{ids[0]}").status_code == 404
    page.get_by_role("link", name="← Bulk jobs").click()
    expect(page.get_by_role("link", name="Import 40 rows from people.csv").first).to_be_visible()
    assert violations_in_both_themes(page) == NONE


def test_a_few_rows_typed_by_hand_go_the_same_way(
    page: Page, api_calls: httpx.Client, forget: list[str]
) -> None:
    forget.append("imp-typed-1")
    page.goto("/imports")
    page.get_by_role("button", name="Enter rows by hand").click()
    page.get_by_role("textbox", name="Subscriber id, row 1").fill("imp-typed-1")
    page.get_by_role("textbox", name="Phone, row 1").fill("+4917012345")
    page.get_by_role("textbox", name="Subscriber id, row 2").fill("imp-typed-2")
    page.get_by_role("textbox", name="E-mail, row 2").fill("nope")
    page.get_by_role("button", name="More rows").click()
    expect(page.get_by_role("textbox", name="Phone, row 10")).to_be_visible()
    expect(page.get_by_role("textbox", name="E-mail, row 2")).to_have_value("nope")
    assert violations_in_both_themes(page) == NONE
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check all rows").click()
    expect(count(page, "refused")).to_have_text("1")
    page.get_by_label("Type 1 to import").fill("1")
    page.get_by_role("button", name="Import 1 person").click()
    expect(page.get_by_text("2 of 2 · 1 refused")).to_be_visible()
    assert stored(api_calls, "imp-typed-1")["phone"] == "+4917012345"


FILES = {
    "people.tsv": ("subscriberId\tfirstName\n007\tZoë\n".encode(), "Delimited text"),
    "people.jsonl": ('{"subscriberId": "007", "firstName": "Zoë"}\n'.encode(), "JSON Lines"),
    "people.xlsx": (workbook(("subscriberId", "firstName"), ("007", "Zoë")), "XLSX"),
}


@pytest.mark.parametrize("name", FILES)
def test_other_kinds_of_file_are_read_too(page: Page, tmp_path: Path, name: str) -> None:
    content, kind = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    page.goto("/imports")
    pick(page, path)
    expect(page.get_by_text(kind, exact=True)).to_be_visible()
    preview = page.get_by_role("region", name="The first rows of the file")
    expect(preview).to_contain_text("007")
    expect(preview).to_contain_text("Zoë")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("combobox", name="Import firstName as")).to_have_value("firstName")
    expect(page.get_by_role("button", name="Check all rows")).to_be_enabled()


def test_tokens_of_a_file_are_masked_and_reach_the_person(
    page: Page, api_calls: httpx.Client, tmp_path: Path, forget: list[str]
) -> None:
    forget.append("imp-token-1")
    path = tmp_path / "tokens.csv"
    path.write_text(
        "subscriberId,firstName,push.fcm.deviceTokens\nimp-token-1,Zoë,token-in-clear-1\n", "utf-8"
    )
    to_columns(page, path)
    expect(page.get_by_role("row").filter(has_text="push.fcm.deviceTokens")).to_contain_text("•••")
    expect(page.get_by_text("token-in-clear-1")).to_have_count(0)
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_text("It also writes 1 credential.")).to_be_visible()
    page.get_by_label("Type 1 to import").fill("1")
    page.get_by_role("button", name="Import 1 person").click()
    expect(page.get_by_text("stored, with credentials")).to_be_visible()
    (channel,) = stored(api_calls, "imp-token-1")["channels"]
    assert channel["credentials"]["deviceTokens"] == ["token-in-clear-1"]
    expect(page.get_by_text("token-in-clear-1")).to_have_count(0)
