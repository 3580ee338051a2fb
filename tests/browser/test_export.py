"""Taking the list out: exactly what matches, with the columns asked for; failed or cancelled: no file."""

import csv
import io
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HELD_UP_S
from tests.browser.steps import Steps
from tests.browser.test_list import box, rows

UNSEEN = "GET /v1/subscribers/{subscriberId}/notifications/unseen"


def test_journey_17_everyone_at_a_domain_in_four_steps(page: Page) -> None:
    page.goto("/subscribers")
    steps = Steps(page)
    steps.type(box(page), "@corp.example")
    expect(rows(page).first).to_contain_text("corp")
    steps.click(page.get_by_role("button", name="Export"))
    with page.expect_download() as download:
        steps.click(page.get_by_role("dialog").get_by_role("button", name="Export", exact=True))
    found = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"), newline="")))
    assert found
    assert all("@corp.example" in row["email"] for row in found)
    assert steps.count <= 4


def test_columns_and_filters_hold_and_counts_are_in_it(page: Page) -> None:
    page.goto("/subscribers?email=corp")
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    for name in ("First name", "Last name", "Custom data", "Phone", "Created"):
        dialog.get_by_role("checkbox", name=name).click()
    dialog.get_by_role("checkbox", name=re.compile("Unseen messages")).click()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Export", exact=True).click()
    found = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"), newline="")))
    assert {"subscriberId", "email", "channels", "unseenCount"} <= set(found[0])
    assert "firstName" not in found[0]
    assert all("corp" in row["email"] and row["unseenCount"].isdigit() for row in found)


def test_an_export_that_fails_says_so_and_gives_no_file(page: Page, fail: Any) -> None:
    page.goto("/subscribers")
    expect(rows(page).first).to_be_visible()
    page.get_by_role("button", name="Export").click()
    fail("GET /v2/subscribers", status=401, times=9)
    page.get_by_role("dialog").get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("no file was kept")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


@pytest.mark.parametrize("by", ["button", "Escape"])
def test_a_cancelled_export_leaves_no_file(page: Page, fail: Any, by: str) -> None:
    page.goto("/subscribers")
    expect(rows(page).first).to_be_visible()
    page.get_by_role("button", name="Export").click()
    fail("GET /v2/subscribers", times=9, delay_s=HELD_UP_S)
    page.get_by_role("dialog").get_by_role("button", name="Export", exact=True).click()
    cancel = page.get_by_role("button", name="Cancel export")
    expect(cancel).to_be_visible()
    cancel.click() if by == "button" else page.keyboard.press(by)
    expect(page.get_by_text("The export was cancelled")).to_be_visible()


def test_cells_are_guarded_unless_the_file_is_for_machines(page: Page) -> None:
    page.goto("/subscribers?email=corp")
    expect(rows(page).first).to_be_visible()
    firsts: dict[bool, set[str]] = {}
    for is_guarded in (True, False):
        page.get_by_role("button", name="Export").click()
        dialog = page.get_by_role("dialog")
        guard = dialog.get_by_role("checkbox", name="Escape spreadsheet formulas")
        expect(guard).to_be_checked()
        if not is_guarded:
            guard.click()
        with page.expect_download() as download:
            dialog.get_by_role("button", name="Export", exact=True).click()
        found = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"), newline=""))
        firsts[is_guarded] = {row["phone"][:1] for row in found if row["phone"]}
        dialog.get_by_role("button", name="Close").last.click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert firsts == {True: {"'"}, False: {"+"}}
