"""Who only reading everyone finds: in the address, with coverage, to be stopped, selected, exported."""

import csv
import io
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HELD_UP_S, People
from tests.browser.steps import Steps
from tests.browser.test_list import box, opened, rows


@pytest.fixture
def crew(people: People) -> list[str]:
    """Six people at one address, one of them with an e-mail only."""
    ids = [f"scan-crew-{number}" for number in range(6)]
    told: list[dict[str, Any]] = [
        {
            "subscriberId": one,
            "firstName": "Crew",
            "email": f"sailor{one[-1]}@crew.example",
            "data": {"ship": "Beagle"},
        }
        for one in ids
    ]
    for person in told[1:]:
        person["phone"] = "+4915112345678"
    people(*told)
    return ids


def test_journey_4_half_an_id_is_found_by_a_scan_that_says_how_much_it_read(
    page: Page, crew: list[str]
) -> None:
    page.goto("/subscribers")
    steps = Steps(page)
    steps.type(box(page), "can-crew-3")
    expect(page.get_by_text("Nobody matches")).to_be_visible()
    steps.click(page.get_by_role("button", name="Scan everyone"))
    expect(page.get_by_text(re.compile(r"Scanned all \d+ people: 1 found"))).to_be_visible()
    expect(rows(page)).to_contain_text("part of the id")
    steps.click(rows(page).get_by_role("link"))
    opened(page, crew[3])
    assert steps.count <= 3


def test_a_scan_stands_in_the_address_and_those_it_found_can_be_selected_and_exported(
    page: Page, crew: list[str]
) -> None:
    page.goto("/subscribers?q=beagle&scan=1")
    expect(page.get_by_text(re.compile(r"Scanned all \d+ people: 6 found"))).to_be_visible()
    expect(rows(page).first).to_contain_text("custom data")
    page.get_by_role("checkbox", name="Select all people on this page").click()
    expect(page.get_by_text("6 selected", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Export", exact=True).click()
    found = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"), newline=""))
    assert [row["subscriberId"] for row in found] == crew
    page.get_by_role("button", name="Close").last.click()
    page.get_by_role("button", name="Remove the filter Search in all data").click()
    expect(page.get_by_text("Nobody matches")).to_be_visible()
    page.go_back()
    expect(rows(page)).to_have_count(6)


def test_what_people_lack_is_a_filter_that_says_how_far_it_has_come(page: Page, crew: list[str]) -> None:
    page.goto("/subscribers?email=crew.example")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="No phone number").click()
    page.get_by_label("Created from").fill("2020-01-01")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Scanned all 6 people: 1 found.")).to_be_visible()
    expect(rows(page)).to_contain_text(crew[0])
    expect(page).to_have_url(re.compile(r"lacks=phone&created=2020-01-01\.\."))
    page.reload()
    expect(page.get_by_text("Scanned all 6 people: 1 found.")).to_be_visible()
    page.get_by_role("button", name="Remove the filter No phone number").click()
    expect(page.get_by_text("Scanned all 6 people: 6 found.")).to_be_visible()
    page.get_by_role("checkbox", name="Select all people on this page").click()
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Delete 6 people")).to_be_disabled()
    dialog.get_by_role("button", name="Cancel").click()


def test_a_scan_that_is_stopped_does_not_pretend_to_be_complete(page: Page, fail: Any) -> None:
    fail("GET /v2/subscribers")  # the first page comes as ever
    fail("GET /v2/subscribers", times=9, delay_s=HELD_UP_S)
    page.goto("/subscribers?q=nothing-of-the-kind&scan=1")
    expect(page.get_by_text(re.compile("Scanned 100 of"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(
        page.get_by_text(re.compile("Stopped after 100 of .* The rest has not been scanned"))
    ).to_be_visible()
