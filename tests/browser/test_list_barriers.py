"""No barriers in any state of the list, popups open, in both themes (axe)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.test_list import rows

Open = Callable[[Page], None]


def button(name: str) -> Open:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def select_two(page: Page) -> None:
    rows(page).nth(0).get_by_role("checkbox").click()
    rows(page).nth(1).get_by_role("checkbox").click()
    expect(page.get_by_role("region", name="Selection")).to_be_visible()


def dialog(name: str) -> Open:
    def open_it(page: Page) -> None:
        button(name)(page)
        expect(page.get_by_role("dialog")).to_be_visible()

    return open_it


def after_selecting(name: str) -> Open:
    def open_it(page: Page) -> None:
        select_two(page)
        dialog(name)(page)

    return open_it


def palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Find people and pages")).to_be_focused()


def scan(page: Page) -> None:
    page.goto("/subscribers?q=ser-0001")
    page.get_by_role("button", name="Scan everyone").click()
    expect(page.get_by_text("Scanned all")).to_be_visible()


def conditions(page: Page) -> None:
    page.goto("/subscribers?email=corp&lacks=push&created=2020-01-01..")
    expect(page.get_by_text("Scanned all")).to_be_visible()


def secrets_in_an_export(page: Page) -> None:
    button("Export")(page)
    page.get_by_role("checkbox", name="Credentials in full").click()
    expect(page.get_by_text("anyone who has it can send")).to_be_visible()


def a_finished_job(page: Page) -> None:
    after_selecting("Set language")(page)
    page.get_by_role("dialog").get_by_role("textbox", name="Language").fill("de_DE")
    page.get_by_role("dialog").get_by_role("button", name="Set language").click()
    expect(page.get_by_text("2 of 2")).to_be_visible()


def jobs(page: Page) -> None:
    page.goto("/jobs")
    expect(page.get_by_role("heading", name="Bulk jobs")).to_be_visible()


def nobody(page: Page) -> None:
    page.goto("/subscribers?q=nobody-at-all")
    expect(page.get_by_text("Nobody matches")).to_be_visible()


def tooltip(page: Page) -> None:
    rows(page).nth(0).locator("time").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()


STATES: dict[str, Open] = {
    "filters": dialog("Filters"),
    "look": dialog("View"),
    "saved views": dialog("Saved"),
    "export": dialog("Export"),
    "secrets in an export": secrets_in_an_export,
    "create": dialog("Create"),
    "shortcuts": dialog("Keyboard shortcuts"),
    "palette": palette,
    "selection": select_two,
    "delete": after_selecting("Delete"),
    "mark read": after_selecting("Mark all read"),
    "language": after_selecting("Set language"),
    "time zone": after_selecting("Set time zone"),
    "compare": after_selecting("Compare"),
    "scan": scan,
    "conditions": conditions,
    "nobody": nobody,
    "a finished job": a_finished_job,
    "jobs": jobs,
    "tooltip": tooltip,
}


@pytest.mark.parametrize("state", STATES)
def test_nothing_in_the_list_is_a_barrier(page: Page, state: str) -> None:
    page.goto("/subscribers?email=corp")
    expect(rows(page).nth(2)).to_be_visible()
    STATES[state](page)
    assert violations_in_both_themes(page) == NONE


@pytest.mark.parametrize("width", [400, 1024])
def test_nothing_is_a_barrier_on_a_small_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/subscribers?email=corp")
    expect(rows(page).nth(2)).to_be_visible()
    select_two(page)
    assert violations_in_both_themes(page) == NONE
