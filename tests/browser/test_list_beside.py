"""One person beside the list: opened, walked on from, shared and left, with the list staying where it is."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.conftest import People
from tests.browser.test_list import rows

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"


def drawer(page: Page) -> Locator:
    return page.locator(".drawer")


def name(page: Page) -> Locator:
    return drawer(page).get_by_role("heading", level=2).first


def loaded(page: Page) -> None:
    """All its parts have come."""
    expect(drawer(page).get_by_role("list", name="Channels")).to_be_visible()
    expect(drawer(page).get_by_text("unread", exact=True)).to_be_visible()
    expect(drawer(page).get_by_role("heading", name="Newest messages")).to_be_visible()


def link(page: Page, at: int) -> Locator:
    return rows(page).nth(at).get_by_role("link")


@pytest.fixture
def three(people: People) -> list[dict[str, Any]]:
    """Three people whom nobody else is looking for; the middle one's fields are hostile."""
    told = [
        {"subscriberId": f"aside/{number}", "firstName": first, "email": f"{number}@aside.example"}
        for number, first in enumerate(("Anna", HOSTILE, "Clara"))
    ]
    people(*told)
    return told


def test_by_keyboard_a_person_is_looked_at_walked_on_from_and_left(page: Page) -> None:
    page.goto("/subscribers?email=corp")
    expect(rows(page).nth(3)).to_be_visible()
    names = [link(page, at).inner_text() for at in range(3)]
    page.keyboard.press("j")
    expect(link(page, 0)).to_be_focused()
    page.keyboard.press(" ")
    expect(drawer(page)).to_be_focused()
    expect(name(page)).to_have_text(names[0])
    loaded(page)
    page.keyboard.press("j")
    expect(name(page)).to_have_text(names[1])
    page.keyboard.press("j")
    expect(name(page)).to_have_text(names[2])
    page.keyboard.press("k")
    expect(name(page)).to_have_text(names[1])
    expect(link(page, 1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/subscribers\?email=corp$"))
    expect(link(page, 1)).to_be_focused()
    page.keyboard.press("o")
    expect(name(page)).to_have_text(names[1])


LATE_ANSWER = """id => {
    const table = document.querySelector('.people-wrap');
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
    getElement(table.id.slice(1)).setBeside(id);
}"""
"""The next key is pressed, and only then comes word that the person of the key before is shown."""


def test_a_walk_is_not_ended_by_a_late_word_of_the_step_before(
    page: Page, three: list[dict[str, Any]]
) -> None:
    page.goto("/subscribers?email=aside.example")
    expect(rows(page)).to_have_count(3)
    names = [link(page, at).inner_text() for at in range(3)]
    link(page, 0).focus()
    page.keyboard.press(" ")
    expect(drawer(page)).to_be_focused()
    page.keyboard.press("j")
    expect(name(page)).to_have_text(names[1])
    expect(rows(page).nth(1)).to_have_class(re.compile("looked"))
    page.evaluate(LATE_ANSWER, three[1]["subscriberId"])
    expect(name(page)).to_have_text(names[2])


def test_it_can_be_shared_shows_hostile_text_as_text_and_back_closes_it(
    page: Page, three: list[dict[str, Any]]
) -> None:
    page.goto("/subscribers?email=aside.example")
    expect(rows(page)).to_have_count(3)
    middle = rows(page).nth(1)
    middle.hover()
    middle.get_by_role("button", name=f"Preview {HOSTILE} beside the list").click()
    expect(page).to_have_url(re.compile("beside=aside~2F1"))
    expect(name(page)).to_have_text(HOSTILE)
    loaded(page)
    assert violations_in_both_themes(page) == NONE
    page.go_back()
    expect(drawer(page)).to_have_count(0)
    expect(rows(page)).to_have_count(3)
    expect(link(page, 1)).to_be_focused()
    page.go_forward()
    expect(name(page)).to_have_text(HOSTILE)
    page.reload()
    expect(name(page)).to_have_text(HOSTILE)
    drawer(page).get_by_role("button", name="Next person in the list").click()
    expect(page).to_have_url(re.compile("beside=aside~2F0"))
    expect(drawer(page).get_by_role("button", name="Next person in the list")).to_be_disabled()
    drawer(page).get_by_role("link", name="Open full page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna")


def test_whoever_closes_it_leaves_no_idle_step_of_back(page: Page) -> None:
    page.goto("/jobs")
    page.get_by_role("link", name="Subscribers", exact=True).click()
    expect(rows(page).nth(3)).to_be_visible()
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: drawer(page).get_by_role("button", name="Close").click(),
    ):
        link(page, 0).focus()
        page.keyboard.press("o")
        expect(page).to_have_url(re.compile("beside="))
        page.keyboard.press("j")
        expect(rows(page).nth(1)).to_have_class(re.compile("looked"))
        close()
        expect(page).to_have_url(re.compile("/subscribers$"))
        expect(link(page, 1)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="Bulk jobs", exact=True)).to_be_visible()


def test_on_a_small_screen_it_covers_the_list_as_a_dialog(page: Page, three: list[dict[str, Any]]) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto("/subscribers?email=aside.example&beside=aside~2F2")
    dialog = page.get_by_role("dialog", name="Beside the list: Clara")
    expect(dialog).to_be_focused()
    loaded(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate("document.querySelector('.page table')?.contains(document.activeElement)")
    page.keyboard.press("j")
    expect(name(page)).to_have_text(HOSTILE)
    assert violations_in_both_themes(page) == NONE
    dialog = page.get_by_role("dialog")
    loaded(page)
    dialog.get_by_role("button", name="Raw").click()
    expect(page.locator(".q-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".q-dialog")).to_have_count(0)
    expect(name(page)).to_have_text(HOSTILE)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?email=aside.example$"))
    expect(link(page, 1)).to_be_focused()


def test_where_the_person_is_gone_the_list_stays(page: Page) -> None:
    page.goto("/subscribers?email=corp&beside=nobody-of-this-id")
    expect(drawer(page).get_by_text("Nobody has the id “nobody-of-this-id”")).to_be_visible()
    expect(rows(page).nth(3)).to_be_visible()
