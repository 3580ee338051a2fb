"""What a button with only an icon is called shows on hover and by keyboard, and goes away by Esc."""

import pytest
from playwright.sync_api import Locator, Page, expect

NAME = "Load again and recount"
DRAWN = """([button, name]) => {
    const drawn = getComputedStyle(button, '::after');
    const isSeen = drawn.display !== 'none' && drawn.visibility === 'visible' && drawn.content !== 'none';
    return (isSeen ? drawn.content.split('"')[1] : '') === name;
}"""


@pytest.fixture
def button(page: Page) -> Locator:
    """At the right edge of a small screen."""
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto("/subscribers")
    expect(page.locator("table.people tbody tr")).not_to_have_count(0)
    return page.get_by_role("button", name=NAME)


def expect_drawn(button: Locator, name: str) -> None:
    """Waits until `name` is drawn at the button, or nothing."""
    button.page.wait_for_function(DRAWN, arg=[button.element_handle(), name])


def focus_by_keyboard(button: Locator) -> None:
    """`focus()` alone counts as the pointer's; a key makes it the keyboard's."""
    button.focus()
    button.press("Shift+Tab")
    button.page.keyboard.press("Tab")
    expect(button).to_be_focused()


def test_the_name_shows_on_hover_without_widening_the_page(button: Locator) -> None:
    expect_drawn(button, "")

    button.hover()

    expect_drawn(button, NAME)
    assert button.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_name_and_a_ring_show_by_keyboard(button: Locator) -> None:
    focus_by_keyboard(button)

    expect_drawn(button, NAME)
    expect(button).to_have_css("outline-style", "solid")


def test_escape_puts_the_name_away_until_one_moves_on(button: Locator) -> None:
    focus_by_keyboard(button)
    expect_drawn(button, NAME)

    button.press("Escape")
    expect_drawn(button, "")

    focus_by_keyboard(button)
    expect_drawn(button, NAME)


def test_the_pointer_can_go_onto_the_name(button: Locator) -> None:
    button.hover()
    expect_drawn(button, NAME)
    box = button.bounding_box()
    assert box

    button.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] + 12, steps=4)

    expect_drawn(button, NAME)
