"""People from a file by keyboard alone, and where its columns went is remembered for the next one."""

from pathlib import Path

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.test_import import forget, sheet, stored, to_columns

__all__ = ["forget", "sheet"]


def test_the_whole_way_by_keyboard_alone_with_what_was_chosen_remembered(
    page: Page, api_calls: httpx.Client, sheet: tuple[Path, list[str]], tmp_path: Path
) -> None:
    path, ids = sheet
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join(line + (",Team" if at == 0 else ",ops") for at, line in enumerate(lines)), "utf-8"
    )
    page.goto("/imports")
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        reach(page, "Choose a file")
        page.keyboard.press("Enter")
    chooser.value.set_files(path)
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    assert violations_in_both_themes(page) == NONE
    reach(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Match columns")).to_be_visible()
    reach(page, "Import Team as")
    walk_down(page, page.get_by_role("combobox", name="Import Team as"), "data.Team")
    expect(page.get_by_text("Not imported")).to_have_count(0)
    assert violations_in_both_themes(page) == NONE
    reach(page, "Check all rows", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Type 40 to import")).to_be_visible()
    reach(page, "Type 40 to import")
    page.keyboard.type("40")
    expect(page.get_by_role("button", name="Import 40 people")).to_be_enabled()
    reach(page, "Import 40 people")
    page.keyboard.press("Enter")
    expect(page.get_by_text("40 of 40", exact=True)).to_be_visible()
    assert stored(api_calls, ids[0])["data"] == {"Team": "ops"}
    assert violations_in_both_themes(page) == NONE
    to_columns(page, path)
    expect(page.get_by_role("combobox", name="Import Team as")).to_have_value("data.Team")


def reach(page: Page, name: str, *, back: bool = False) -> None:
    """Tab until the focus is on what has this name."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(NAME_OF_FOCUS).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def walk_down(page: Page, select: Locator, value: str) -> None:
    """Arrow down until the select, which has the focus, stands on this value."""
    for _ in range(60):
        if select.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the keyboard does not choose {value}")


NAME_OF_FOCUS = """() => {
    const at = document.activeElement;
    return at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent || '';
}"""
