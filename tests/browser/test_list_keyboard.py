"""The list by keyboard alone, and the shortcuts that can be switched off."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_list import box, rows


def start(page: Page) -> None:
    page.goto("/subscribers")
    expect(rows(page).nth(5)).to_be_visible()


def test_slash_goes_to_the_box_and_the_arrow_down_into_the_rows(page: Page) -> None:
    start(page)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(0).get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(1).get_by_role("link")).to_be_focused()


def test_j_and_k_walk_the_rows_and_enter_opens(page: Page) -> None:
    start(page)
    name = rows(page).nth(1).get_by_role("link").inner_text()
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    expect(rows(page).nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_x_selects_and_shift_x_selects_up_to_here(page: Page) -> None:
    start(page)
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(page.get_by_text("3 selected", exact=True).first).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_text("2 selected", exact=True).first).to_be_visible()


def test_shift_click_selects_a_range_and_the_selection_outlives_the_page(page: Page) -> None:
    page.goto("/subscribers?size=25")
    expect(rows(page)).to_have_count(25)
    rows(page).nth(2).get_by_role("checkbox").click()
    rows(page).nth(6).get_by_role("checkbox").click(modifiers=["Shift"])
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("5 selected, 5 of them not on this page").first).to_be_visible()
    page.get_by_role("button", name="Previous page").click()
    expect(rows(page).nth(4).get_by_role("checkbox")).to_be_checked()
    expect(rows(page).nth(7).get_by_role("checkbox")).not_to_be_checked()


def test_n_and_p_turn_the_pages(page: Page) -> None:
    start(page)
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("after="))
    expect(page.get_by_role("button", name="Previous page")).to_be_enabled()
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("before="))


def test_a_column_is_sorted_by_keyboard(page: Page) -> None:
    start(page)
    head = page.get_by_role("button", name="Updated")
    head.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Updated")).to_have_attribute("aria-sort", "descending")


def test_the_absolute_time_shows_on_focus_and_goes_with_escape(page: Page) -> None:
    start(page)
    page.keyboard.press("j")
    moment = rows(page).nth(0).locator("time").first
    expect(moment).to_have_attribute("tabindex", "0")
    moment.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("UTC")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_single_keys_can_be_switched_off_and_stay_off(page: Page) -> None:
    start(page)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys do something").click()
    page.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/subscribers")
    expect(rows(page).nth(5)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("j")
    expect(box(page)).not_to_be_focused()
    expect(page.locator("tr.current")).to_have_count(0)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("checkbox", name="Single keys do something").click()
    page.get_by_role("button", name="Close").last.click()
