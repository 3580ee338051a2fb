"""The list by keyboard alone, and the shortcuts that can be switched off."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_list import box, rows


def start(page: Page) -> None:
    page.goto("/subscribers")
    expect(rows(page).nth(5)).to_be_visible()


def tab_to(page: Page, target: Locator) -> None:
    """Walk there as someone without a mouse does; the focus must be seen on it."""
    for _ in range(60):
        if target.evaluate("node => node.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press(key)


def open_dialog(page: Page, name: str) -> Locator:
    press(page, name)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.wait_for_function("document.activeElement.closest('[role=dialog]') !== null")
    return dialog


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
    page.get_by_role("checkbox", name="Use single-key shortcuts").click()
    page.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/subscribers")
    expect(rows(page).nth(5)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("j")
    expect(box(page)).not_to_be_focused()
    expect(page.locator("tr.current")).to_have_count(0)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("checkbox", name="Use single-key shortcuts").click()
    page.get_by_role("button", name="Close").last.click()


def test_filters_are_set_and_taken_off_without_a_mouse(page: Page) -> None:
    start(page)
    open_dialog(page, "Filters")
    tab_to(page, page.get_by_label("E-mail contains"))
    page.keyboard.type("corp")
    tab_to(page, page.get_by_role("checkbox", name="No push token"))
    page.keyboard.press("Space")
    press(page, "Apply")
    expect(page.get_by_text("Scanned all")).to_be_visible()
    expect(page).to_have_url(re.compile("email=corp&lacks=push"))
    page.keyboard.press("/")
    press(page, "Remove the filter No push token")
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    expect(page).not_to_have_url(re.compile("lacks="))


def test_columns_are_chosen_and_moved_without_a_mouse(page: Page) -> None:
    start(page)
    open_dialog(page, "View")
    tab_to(page, page.get_by_role("checkbox", name="Phone"))
    page.keyboard.press("Space")
    press(page, "Move Unseen up")
    expect(page).to_have_url(re.compile("cols="))
    expect(page.get_by_role("button", name="Move Unseen up")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="View", exact=True)).to_be_focused()
    expect(page.get_by_role("columnheader")).to_contain_text(["Person", "E-mail", "Unseen", "Reachable by"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Reset to default")
    expect(page.get_by_role("columnheader", name="Phone")).to_be_visible()


def test_a_view_is_saved_opened_and_deleted_without_a_mouse(page: Page) -> None:
    page.goto("/subscribers?email=corp")
    expect(rows(page).first).to_be_visible()
    open_dialog(page, "Saved")
    tab_to(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("By keyboard")
    press(page, "Save view")
    expect(page.get_by_role("link", name="By keyboard")).to_be_visible()
    page.goto("/subscribers")
    expect(rows(page).first).to_be_visible()
    open_dialog(page, "Saved")
    tab_to(page, page.get_by_role("link", name="By keyboard"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("email=corp"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    open_dialog(page, "Saved")
    press(page, "Delete the view By keyboard")
    expect(page.get_by_role("link", name="By keyboard")).to_have_count(0)


def test_a_bulk_change_is_reached_previewed_and_left_without_a_mouse(page: Page) -> None:
    start(page)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 selected", exact=True).first).to_be_visible()
    page.keyboard.press("b")
    open_dialog(page, "Delete")
    tab_to(page, page.get_by_label("Type 2 to confirm"))
    page.keyboard.type("2")
    expect(page.get_by_role("button", name="Delete 2 people")).to_be_enabled()
    press(page, "Cancel")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Delete", exact=True)).to_be_focused()
    press(page, "Clear the selection")
    expect(page.get_by_role("region", name="Selection")).to_be_hidden()


def test_an_export_is_taken_without_a_mouse(page: Page) -> None:
    page.goto("/subscribers?email=corp")
    expect(rows(page).first).to_be_visible()
    dialog = open_dialog(page, "Export")
    tab_to(page, dialog.get_by_role("combobox", name="Format"))
    page.keyboard.press("ArrowDown")
    tab_to(page, dialog.get_by_role("checkbox", name="Custom data"))
    page.keyboard.press("Space")
    tab_to(page, dialog.get_by_role("button", name="Export", exact=True))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbfsubscriberId")


def test_what_stands_still_on_the_screen_is_focused_without_moving_the_page(page: Page) -> None:
    start(page)
    rows(page).nth(20).get_by_role("checkbox").check()
    bar = page.get_by_role("region", name="Selection")
    expect(bar).to_be_visible()
    place = page.evaluate("scrollY")
    assert place > 0
    page.keyboard.press("b")
    expect(bar.get_by_role("button", name="Mark all read")).to_be_focused()
    assert page.evaluate("scrollY") == place
    bar.get_by_role("button", name="Set language").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar.get_by_role("button", name="Set language")).to_be_focused()
    assert page.evaluate("scrollY") == place


def test_esc_closes_create_and_what_was_typed_is_there_again(page: Page) -> None:
    start(page)
    dialog = open_dialog(page, "Create")
    field = dialog.get_by_label("Subscriber id")
    expect(field).to_be_focused()
    page.keyboard.type("half-typed")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Create", exact=True)).to_be_focused()
    open_dialog(page, "Create")
    expect(field).to_have_value("half-typed")
    press(page, "Cancel")
    expect(dialog).to_have_count(0)
