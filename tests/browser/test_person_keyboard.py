"""A person's page by keyboard alone: tabs, matrix, tree, dialogs and what they give back."""

import re
import uuid
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from dashboard.components.privacy import MASK_COOKIE
from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.awaiting import copied
from tests.browser.servers import Running
from tests.browser.test_person import person

__all__ = ["person"]

INSIDE = "document.activeElement === document.body || !!document.activeElement.closest('.q-dialog')"
"""The body stands for the browser's own bar, which any Tab order passes."""


@pytest.fixture
def opened(page: Page, person: dict[str, Any]) -> Page:
    page.goto(f"/subscribers/{person['subscriberId']}")
    expect(page.locator(".figure b").first).to_have_text("3")
    return page


def test_arrows_home_and_end_walk_the_tabs(opened: Page) -> None:
    opened.get_by_role("tab", name="Profile").focus()
    for key, name in (
        ("End", "Activity"),
        ("ArrowRight", "Profile"),
        ("ArrowLeft", "Activity"),
        ("Home", "Profile"),
    ):
        opened.keyboard.press(key)
        expect(opened.get_by_role("tab", name=name)).to_be_focused()
        expect(opened.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        expect(opened).to_have_url(re.compile(r"\?tab=activity$" if name == "Activity" else r"^[^?]+$"))
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("tabpanel", name="Profile").locator(":focus")).to_have_count(1)


def test_the_matrix_is_reached_by_tab_and_switched_by_space(opened: Page) -> None:
    opened.get_by_role("tab", name="Profile").focus()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowRight")
    expect(opened.get_by_role("switch", name="In-app for inbox plain")).to_be_visible()
    opened.get_by_label("Find a workflow").focus()
    for _ in range(40):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.getAttribute('aria-label')") == "In-app for inbox plain":
            break
    expect(opened.get_by_role("switch", name="In-app for inbox plain")).to_be_focused()
    opened.keyboard.press("Space")
    expect(opened.get_by_text("own choice")).to_be_visible()
    expect(opened.get_by_role("switch", name="In-app for inbox plain")).to_be_focused()
    expect(opened.get_by_role("button", name="Undo")).to_be_visible()
    opened.keyboard.press("Alt+z")
    expect(opened.get_by_text("own choice")).to_have_count(0)


def test_a_tree_is_one_stop_and_arrows_walk_and_fold_it(page: Page, api_calls: httpx.Client) -> None:
    who = f"tree-{uuid.uuid4().hex[:8]}"
    data = {"plan": "pro", "limits": {"seats": 3, "odd key": [True, None]}, "note": ""}
    api_calls.post("/v2/subscribers", json={"subscriberId": who, "data": data}).raise_for_status()
    page.goto(f"/subscribers/{who}")
    tree = page.get_by_role("tree", name="Custom data")
    tree.get_by_role("treeitem").first.focus()
    for key in ("ArrowDown", "ArrowRight", "End"):
        page.keyboard.press(key)
    expect(page.locator(".json-path .mono")).to_have_text("$.note")
    for key in ("ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".json-path .mono")).to_have_text('$.limits["odd key"]')
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(tree.get_by_role("treeitem")).to_have_count(3)
    folded = tree.get_by_role("treeitem", name="limits")
    expect(folded).to_have_attribute("aria-expanded", "false")
    expect(folded).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy the path $.limits of Custom data")).to_be_focused()
    page.keyboard.press("Enter")
    assert copied(page, "$.limits") == "$.limits"


@pytest.mark.parametrize(
    "name", ["Send test", "Delete this person", "Raw: profile as JSON and as an API call"]
)
def test_a_dialog_takes_the_focus_keeps_it_and_gives_it_back(opened: Page, name: str) -> None:
    opened.get_by_role("button", name=name).focus()
    opened.keyboard.press("Enter")
    dialog = opened.get_by_role("dialog")
    expect(dialog).to_be_visible()
    opened.wait_for_function("!!document.activeElement.closest('.q-dialog')")
    for _ in range(12):
        opened.keyboard.press("Tab")
        assert opened.evaluate(INSIDE), "the focus is on something behind the dialog"
    close = dialog.get_by_role("button", name="Close").first
    close.focus()
    opened.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(opened.get_by_role("button", name=name)).to_be_focused()


def test_a_person_is_edited_by_keyboard(opened: Page) -> None:
    opened.get_by_role("button", name="Edit", exact=True).focus()
    opened.keyboard.press("Enter")
    expect(opened.get_by_label("First name")).to_be_focused()
    opened.keyboard.press("Tab")
    opened.keyboard.type("by keys")
    opened.get_by_role("button", name="Save changes").focus()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("heading", level=1)).to_contain_text("by keys")
    expect(opened.get_by_role("button", name="Edit", exact=True)).to_be_focused()


def test_giving_up_an_edit_leads_back_to_where_it_began(opened: Page) -> None:
    opened.get_by_role("button", name="Edit", exact=True).focus()
    opened.keyboard.press("Enter")
    expect(opened.get_by_label("First name")).to_be_focused()
    opened.get_by_role("button", name="Cancel", exact=True).focus()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("button", name="Edit", exact=True)).to_be_focused()


def test_a_switch_that_may_not_be_used_is_reached_and_says_why(
    page: Page, person: dict[str, Any], dashboard: Running
) -> None:
    page.context.add_cookies([{"name": MASK_COOKIE, "value": "on", "url": dashboard.url}])
    page.goto(f"/subscribers/{person['subscriberId']}?tab=preferences")
    switch = page.get_by_role("switch", name="In-app for everything")
    page.get_by_label("Find a workflow").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if switch.evaluate("node => node === document.activeElement"):
            break
    expect(switch).to_be_focused()
    expect(switch).to_have_accessible_description("Personal data is masked; show it first")
    page.keyboard.press("Space")
    expect(switch).to_be_checked()


def test_a_global_change_that_is_closed_leaves_the_switch_as_it_was(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    address = f"/subscribers/{person['subscriberId']}"
    own = {"workflowId": "welcome-v2", "channels": {"email": False}}
    api_calls.patch(f"/v2{address}/preferences", json=own).raise_for_status()
    page.goto(f"{address}?tab=preferences")
    switch = page.get_by_role("switch", name="E-mail for everything")
    for key in ("Enter", "Escape"):
        switch.focus()
        page.keyboard.press("Space")
        expect(page.get_by_role("dialog", name="E-mail for everything")).to_be_visible()
        if key == "Enter":
            page.get_by_role("dialog").get_by_role("button", name="Close").focus()
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(switch).to_be_checked()
        expect(switch).to_be_focused()


def test_changes_are_undone_from_a_list_the_newest_first_long_after_their_toasts(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    address = f"/subscribers/{person['subscriberId']}"
    page.goto(f"{address}?tab=preferences")
    for name in ("inbox plain", "inbox buttons"):
        page.get_by_role("switch", name=f"In-app for {name}").press("Space")
        expect(page.locator(".undo-toast")).to_contain_text(name)
    page.get_by_role("button", name="Dismiss").click()
    page.get_by_role("link", name="← Subscribers").click()
    expect(page.get_by_label("Find subscribers by")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("switch", name="In-app for inbox plain")).not_to_be_checked()
    page.locator("summary", has_text="More").first.press("Enter")
    page.get_by_role("button", name="Undo changes…").press("Enter")
    dialog = page.get_by_role("dialog", name="Undo changes")
    lines = dialog.get_by_role("listitem")
    expect(lines).to_contain_text(
        ["In-app switched off for inbox buttons.", "In-app switched off for inbox plain."]
    )
    expect(dialog.get_by_role("button", name="Undo:")).to_have_count(1)
    assert violations_in_both_themes(page) == NONE
    dialog.get_by_role("button", name="Undo:").press("Enter")
    expect(lines).to_have_count(1)
    expect(dialog.get_by_role("button", name="Undo: In-app switched off for inbox plain.")).to_be_focused()
    expect(page.get_by_role("switch", name="In-app for inbox buttons", include_hidden=True)).to_be_checked()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Nothing to undo")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("summary", has_text="More").first).to_be_focused()
    expect(page.get_by_role("switch", name="In-app for inbox plain", include_hidden=True)).to_be_checked()
