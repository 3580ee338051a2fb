"""The list as an operator uses it: find in two steps, filters, look, views, scan, palette, comparison."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.awaiting import copied
from tests.browser.conftest import People
from tests.browser.steps import Steps


def box(page: Page) -> Locator:
    return page.get_by_label("Find subscribers by")


def rows(page: Page) -> Locator:
    return page.locator("table.people tbody tr")


def opened(page: Page, subscriber_id: str) -> None:
    expect(page).to_have_url(re.compile("/subscribers/[^?]+"))
    expect(page.get_by_text(subscriber_id, exact=True).first).to_be_visible()


@pytest.fixture
def ada(people: People) -> dict[str, Any]:
    """Someone whose every field is known."""
    person = {
        "subscriberId": "list-ada",
        "firstName": "Adaline",
        "lastName": "Listwright",
        "email": "adaline@list.example",
        "phone": "+491715551234",
        "data": {"contract": "K-2026-4711"},
    }
    people(person)
    return person


@pytest.mark.parametrize(
    "pasted",
    [
        "  list-ada\n",
        "LIST-ADA",
        "adaline@list.example",
        "Adaline Listwright",
        "line@LIST.ex",
        "(0171) 555-12 34",
    ],
)
def test_journeys_2_3_and_4_whatever_is_pasted_opens_the_person_in_two_steps(
    page: Page, ada: dict[str, Any], pasted: str
) -> None:
    page.goto("/subscribers")
    steps = Steps(page)
    steps.type(box(page), pasted)
    steps.press("Enter")
    opened(page, ada["subscriberId"])
    assert steps.count <= 2


def test_custom_data_is_found_too_and_said_to_be_where_it_was(page: Page, ada: dict[str, Any]) -> None:
    page.goto("/subscribers?q=K-2026-4711")
    page.get_by_role("button", name="Scan everyone").click()
    expect(rows(page).filter(has_text=ada["subscriberId"])).to_contain_text("custom data")


def test_quotes_mean_exactly(page: Page, ada: dict[str, Any], people: People) -> None:
    people({"subscriberId": "list-ada-2", "firstName": "Adaline", "lastName": "Listwright-King"})
    page.goto("/subscribers")
    box(page).fill("Adaline Listwright")
    expect(rows(page)).to_have_count(2)
    box(page).fill('"adaline listwright"')
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(ada["subscriberId"])


def test_the_id_is_copied_from_its_row(page: Page, ada: dict[str, Any]) -> None:
    page.goto(f"/subscribers?q={ada['email']}")
    rows(page).get_by_role("button", name=f"Copy the id {ada['subscriberId']}").click()
    assert copied(page, ada["subscriberId"]) == ada["subscriberId"]


def test_journey_16_whether_someone_is_online_stands_in_the_list(page: Page, ada: dict[str, Any]) -> None:
    page.goto("/subscribers")
    steps = Steps(page)
    steps.type(box(page), ada["email"])
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Never")
    assert steps.count <= 2


def test_journey_23_two_records_with_one_address_stand_side_by_side(
    page: Page, ada: dict[str, Any], people: People
) -> None:
    people({"subscriberId": "list-twin", "firstName": "Ada", "email": ada["email"], "locale": "de_DE"})
    page.goto("/subscribers")
    steps = Steps(page)
    steps.type(box(page), ada["email"])
    expect(rows(page)).to_have_count(2)
    steps.click(page.get_by_role("checkbox", name="Select all people on this page"))
    steps.click(page.get_by_role("button", name="Compare"))
    table = page.get_by_role("table", name="Side by side")
    expect(table.get_by_role("row").filter(has_text="Language")).to_contain_text("de_DE")
    expect(table.locator("tr.differs").filter(has_text="Subscriber id")).to_be_visible()
    expect(table.locator("tr.differs").filter(has_text="E-mail")).to_have_count(0)
    assert steps.count <= 4


def test_filters_hold_for_the_search_stand_in_the_address_and_come_off_again(page: Page) -> None:
    page.goto("/subscribers")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("E-mail contains").fill("corp")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("email=corp"))
    expect(rows(page).first).to_contain_text("corp")
    page.reload()
    chip = page.get_by_role("button", name=re.compile("Remove the filter E-mail contains"))
    expect(chip).to_be_visible()
    chip.click()
    expect(page).not_to_have_url(re.compile("email="))
    page.go_back()
    expect(chip).to_be_visible()


def test_columns_order_and_density_are_kept_for_the_operator_and_in_the_address(page: Page) -> None:
    page.goto("/subscribers")
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("checkbox", name="Language").click()
    page.get_by_role("checkbox", name="Phone").click()
    page.get_by_role("button", name="Move Unseen up").click()
    page.get_by_role("combobox", name="Row height").select_option("compact")
    expect(page).to_have_url(re.compile("rows=compact"))
    page.get_by_role("button", name="Done").click()
    page.goto("/subscribers")
    headings = page.locator("table.people thead th")
    expect(headings.filter(has_text="Language")).to_be_visible()
    expect(headings.filter(has_text="Phone")).to_have_count(0)
    assert headings.all_inner_texts().index("Unseen") < headings.all_inner_texts().index("Reachable by")
    expect(page).to_have_url(re.compile("cols="))
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="Reset to default").click()
    expect(headings.filter(has_text="Phone")).to_be_visible()


def test_a_saved_view_brings_the_list_back(page: Page) -> None:
    page.goto("/subscribers?email=corp&sort=updated")
    page.get_by_role("button", name="Saved").click()
    page.get_by_label("Name", exact=True).fill("Corporate, fresh")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("link", name="Corporate, fresh")).to_be_visible()
    page.goto("/subscribers")
    page.get_by_role("button", name="Saved").click()
    page.get_by_role("link", name="Corporate, fresh").click()
    expect(page).to_have_url(re.compile("email=corp&sort=updated"))
    expect(rows(page).first).to_contain_text("corp")


def test_sorting_by_the_column_head_asks_the_api_and_turns_round(page: Page) -> None:
    page.goto("/subscribers")
    name = rows(page).first.get_by_role("link")
    newest = str(name.get_attribute("href"))
    page.get_by_role("button", name="Created").click()
    expect(page.get_by_role("columnheader", name="Created")).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("dir=asc"))
    expect(name).not_to_have_attribute("href", newest)
    page.get_by_role("button", name="Created").click()
    expect(name).to_have_attribute("href", newest)


def test_a_place_whose_person_is_gone_steps_back_instead_of_showing_nobody(
    page: Page, api_calls: httpx.Client, people: People
) -> None:
    ids = [f"list-place-{number:02d}" for number in range(30)]
    people(*({"subscriberId": one, "firstName": "Placeholder"} for one in ids))
    page.goto("/subscribers?q=Placeholder&size=25")
    expect(rows(page)).to_have_count(25)
    page.get_by_role("button", name="Next page").click()
    expect(rows(page)).to_have_count(5)
    for one in ids:
        if one != ids[0]:
            api_calls.delete(f"/v2/subscribers/{one}")
    page.get_by_role("button", name="Load again").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_text("the list has stepped back")).to_be_visible()


def test_unseen_counts_arrive_and_are_remembered_until_asked_again(
    page: Page, people: People, fail: Any
) -> None:
    people({"subscriberId": "list-never-counted"})  # a minute begins anew with each count
    page.goto("/subscribers?q=list-never-counted")
    count = rows(page).locator(".count")
    expect(count).to_have_text("0")
    fail("GET /v1/subscribers/{subscriberId}/notifications/unseen", status=503, times=9)
    page.reload()
    expect(count).to_have_text("0")
    page.get_by_role("button", name="Load again").click()
    expect(count).to_have_text("?")


def test_the_palette_finds_people_recent_ones_first(page: Page, ada: dict[str, Any]) -> None:
    page.goto(f"/subscribers/{ada['subscriberId']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Adaline")
    page.keyboard.press("Control+k")
    options = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(options.first).to_contain_text("Adaline Listwright")
    expect(options.first).to_contain_text("Recent")
    page.get_by_role("combobox", name="Find people and pages").fill("ist-ad")  # a part of the id
    expect(options.first).to_contain_text("Adaline Listwright")
    steps = Steps(page)
    steps.type(page.get_by_role("combobox", name="Find people and pages"), "bulk")
    expect(options.first).to_contain_text("Bulk jobs")
    steps.press("Enter")
    expect(page).to_have_url(re.compile("/jobs$"))


def test_enter_in_the_palette_waits_for_what_was_typed(page: Page, ada: dict[str, Any], fail: Any) -> None:
    page.goto("/subscribers?email=corp")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="Page Bulk jobs")).to_be_visible()
    fail("GET /v2/subscribers", times=4, delay_s=0.3)
    page.keyboard.type(ada["email"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Adaline")


def test_pinned_people_are_at_hand_in_the_palette(page: Page, ada: dict[str, Any]) -> None:
    page.goto(f"/subscribers?q={ada['subscriberId']}")
    rows(page).get_by_role("checkbox").click()
    page.get_by_role("button", name="Saved").click()
    page.get_by_role("button", name="Pin 1 selected person").click()
    expect(page.get_by_role("list", name="Pinned people")).to_contain_text(ada["subscriberId"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    options = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(options.filter(has_text="Adaline Listwright")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Saved").click()
    page.get_by_role("button", name=f"Unpin {ada['subscriberId']}").click()
    expect(page.get_by_role("list", name="Pinned people")).to_have_count(0)


def test_journey_25_a_colleague_gets_the_very_tab_by_one_copied_address(
    page: Page, ada: dict[str, Any], api_calls: httpx.Client
) -> None:
    secret = "https://hooks.example.com/services/T01/B02/kYQOD8s8oc9A4"
    path = f"/v1/subscribers/{ada['subscriberId']}/credentials"
    api_calls.put(
        path, json={"providerId": "slack", "credentials": {"webhookUrl": secret}}
    ).raise_for_status()
    page.goto("/subscribers")
    box(page).fill(ada["subscriberId"])
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Credentials").click()
    expect(page.get_by_text("c9A4").first).to_be_visible()
    expect(page).to_have_url(re.compile("tab=credentials"))
    steps = Steps(page)
    address = page.url
    steps.count += 1  # the address is copied from the browser's own bar
    colleague = page.context.new_page()
    colleague.goto(address)
    expect(colleague.get_by_role("tab", name="Credentials")).to_have_attribute("aria-selected", "true")
    expect(colleague.get_by_text("c9A4").first).to_be_visible()
    assert secret not in colleague.content()
    assert steps.count <= 1


def test_back_from_a_person_goes_on_at_that_row(page: Page) -> None:
    page.goto("/subscribers")
    link = rows(page).nth(40).get_by_role("link")
    name = link.inner_text()
    link.click()
    expect(page).to_have_url(re.compile("/subscribers/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


LEFT_AT_ONCE = """id => {
    const number = document.querySelector('.people-wrap').id.slice(1);
    getElement(number).focusRow(id);
    delete mounted_app.elements[number];
}"""
"""What the server sends when somebody comes back to the list and is gone before it is drawn."""


def test_a_list_that_is_left_before_its_row_has_the_focus_is_no_error(page: Page) -> None:
    """The page fails the test when its console holds one."""
    page.goto("/subscribers")
    expect(rows(page).nth(2)).to_be_visible()
    person = str(rows(page).nth(2).get_by_role("link").get_attribute("href")).rpartition("/")[2]
    page.evaluate(LEFT_AT_ONCE, person)
    expect(rows(page)).to_have_count(0)
