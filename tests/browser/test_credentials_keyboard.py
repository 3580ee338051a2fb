"""Credentials by keyboard alone: what one stood on is redrawn, hidden or gone, and one goes on beside it."""

import re
import uuid

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.credentials import LONG, card, create, open_tab, store, stored

HOOK = "https://hooks.slack.com/services/T0000/B0000/"


@pytest.fixture
def person(api_calls: httpx.Client) -> str:
    return create(api_calls, f"keys-{uuid.uuid4().hex[:8]}")


def tab_to(page: Page, target: Locator) -> None:
    """Walk on by Tab until the target has the keyboard."""
    expect(target).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError("Tab does not lead there")


def open_by_key(page: Page, name: str) -> Locator:
    """Press a card's button by Enter; the dialog that opens."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    return page.get_by_role("dialog")


def test_a_removed_token_leaves_the_keyboard_at_the_next(
    page: Page, person: str, api_calls: httpx.Client
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=[f"{LONG}-aaaa", f"{LONG}-bbbb"])
    open_tab(page, person)
    page.get_by_role("button", name=re.compile("^Remove Firebase.*aaaa$")).focus()
    page.keyboard.press("Enter")
    rest = page.get_by_role("button", name=re.compile("^Remove Firebase.*bbbb$"))
    expect(rest).to_be_focused()
    page.keyboard.press("Alt+z")
    expect(page.get_by_role("button", name=re.compile("^Remove Firebase.*aaaa$"))).to_be_visible()
    expect(rest).to_be_focused()


def test_a_bad_paste_is_said_to_the_keyboard_and_a_good_one_leaves_it_in_the_box(
    page: Page, person: str, api_calls: httpx.Client
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=[f"{LONG}-aaaa"])
    open_tab(page, person)
    box = card(page, "fcm-main").get_by_label("Paste one or many")
    box.focus()
    page.keyboard.insert_text("two words")
    tab_to(page, card(page, "fcm-main").get_by_role("button", name="Add", exact=True))
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(re.compile("Enter one per line"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(f"{LONG}-bbbb")
    tab_to(page, card(page, "fcm-main").get_by_role("button", name="Add", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added to Firebase Cloud Messaging, fcm-main: 1 token.")).to_be_visible()
    expect(box).to_be_focused()
    assert stored(api_calls, person)["fcm-main"]["deviceTokens"] == [f"{LONG}-aaaa", f"{LONG}-bbbb"]


def test_some_tokens_are_moved_and_the_keyboard_is_back_at_the_card(
    page: Page, person: str, api_calls: httpx.Client
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=[f"{LONG}-{n}{n}{n}{n}" for n in range(5)])
    open_tab(page, person)
    dialog = open_by_key(page, "Move tokens… Firebase Cloud Messaging, fcm-main")
    every = dialog.get_by_role("checkbox", name="All 5")
    tab_to(page, every)
    page.keyboard.press("Space")
    expect(dialog.get_by_role("button", name="Move", exact=True)).to_be_disabled()
    tab_to(page, dialog.get_by_role("checkbox", name="…2222"))
    page.keyboard.press("Space")
    expect(dialog.get_by_text("Moves 1 token to fcm-second; 4 stay in fcm-main.")).to_be_visible()
    tab_to(page, dialog.get_by_role("button", name="Move", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move tokens… Firebase Cloud Messaging, fcm-main")).to_be_focused()
    assert stored(api_calls, person)["fcm-second"]["deviceTokens"] == [f"{LONG}-2222"]


def test_a_test_from_a_card_is_sent_and_the_keyboard_is_back_at_the_card(
    page: Page, person: str, api_calls: httpx.Client
) -> None:
    store(api_calls, person, "slack-main", webhookUrl=f"{HOOK}one")
    open_tab(page, person)
    dialog = open_by_key(page, "Send a test… Slack, slack-main")
    tab_to(page, dialog.get_by_role("button", name="Send", exact=True))
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Slack took it.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Send a test… Slack, slack-main")).to_be_focused()


def test_a_saved_and_tested_address_leaves_the_keyboard_in_its_box(
    page: Page, person: str, api_calls: httpx.Client
) -> None:
    store(api_calls, person, "slack-main", webhookUrl=f"{HOOK}one")
    open_tab(page, person)
    box = card(page, "slack-main").get_by_label("Paste a new address")
    box.focus()
    page.keyboard.insert_text(f"{HOOK}two")
    tab_to(page, card(page, "slack-main").get_by_role("button", name="Save and send a test"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("Slack took it.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()


@pytest.mark.parametrize("choice", ["Keep what is stored", "Overwrite with mine"])
def test_a_comparison_is_decided_and_the_keyboard_is_back_where_the_form_was_opened(
    page: Page, person: str, api_calls: httpx.Client, choice: str
) -> None:
    store(api_calls, person, "slack-main", webhookUrl=f"{HOOK}one", channel="C1")
    open_tab(page, person)
    dialog = open_by_key(page, "All fields… Slack, slack-main")
    expect(dialog.get_by_label("Incoming webhook URL")).to_be_focused()
    page.keyboard.insert_text(f"{HOOK}mine")
    store(api_calls, person, "slack-main", webhookUrl=f"{HOOK}theirs", channel="C1")
    tab_to(page, dialog.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Slack was changed elsewhere")).to_be_visible()
    tab_to(page, page.get_by_role("button", name=choice))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="All fields… Slack, slack-main")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    kept = stored(api_calls, person)["slack-main"]["webhookUrl"]
    assert kept == f"{HOOK}{'mine' if choice == 'Overwrite with mine' else 'theirs'}"


def test_an_emptied_entry_leaves_the_keyboard_at_its_card(
    page: Page, person: str, api_calls: httpx.Client
) -> None:
    store(api_calls, person, "slack-main", webhookUrl=f"{HOOK}one")
    open_tab(page, person)
    dialog = open_by_key(page, "Remove… Slack, slack-main")
    tab_to(page, dialog.get_by_role("button", name="Empty this entry"))
    page.keyboard.press("Enter")
    expect(card(page, "slack-main").get_by_text("This entry is empty.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove… Slack, slack-main")).to_be_focused()
