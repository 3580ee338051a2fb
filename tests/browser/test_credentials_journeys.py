"""Journeys 8 to 12 of the operators, with their steps counted: in the number of PRODUCT.md, or fewer."""

import itertools

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.credentials import LONG, card, create, find, store, stored, undo_button
from tests.browser.steps import Steps

NUMBERS = itertools.count(1)


@pytest.fixture
def person(api_calls: httpx.Client) -> str:
    return create(api_calls, f"journey-{next(NUMBERS)}")


def test_8_one_dead_token_goes_in_four_steps_and_comes_back_by_undo(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=[f"{LONG}1111", f"{LONG}2222"])
    store(api_calls, person, "fcm-second", deviceTokens=["other"])
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("button", name="Remove Firebase Cloud Messaging, fcm-main …1111"))
    expect(undo_button(page)).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-main": {"deviceTokens": [f"{LONG}2222"]},
        "fcm-second": {"deviceTokens": ["other"]},
    }
    assert steps.count <= 4
    page.keyboard.press("Alt+z")
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert stored(api_calls, person)["fcm-main"] == {"deviceTokens": [f"{LONG}1111", f"{LONG}2222"]}


@pytest.mark.parametrize("amount", [1, 6], ids=["9: one token", "11: six tokens"])
def test_9_and_11_tokens_are_pasted_into_the_right_of_two_integrations_in_five_steps(
    page: Page, api_calls: httpx.Client, person: str, amount: int
) -> None:
    store(api_calls, person, "fcm-second", deviceTokens=["other"])
    steps = Steps(page)
    find(steps, page, person)
    pasted = [f"{LONG}{number}" for number in range(amount)]
    expect(card(page, "fcm-second").get_by_text("Default", exact=True)).to_be_visible()
    steps.type(card(page, "fcm-main").get_by_label("Paste one or many"), "\n".join(pasted))
    expect(card(page, "fcm-main").get_by_text(f"Add: {amount} new")).to_be_visible()
    steps.click(card(page, "fcm-main").get_by_role("button", name="Add"))
    expect(undo_button(page)).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-second": {"deviceTokens": ["other"]},
        "fcm-main": {"deviceTokens": pasted},
    }
    assert steps.count <= 5


def test_10_a_webhook_is_replaced_and_proven_in_five_steps(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "slack-main", webhookUrl="https://hooks.slack.com/broken", deviceTokens=["t"])
    steps = Steps(page)
    find(steps, page, person)
    mine = card(page, "slack-main")
    steps.type(mine.get_by_label("Paste a new address"), "https://hooks.slack.com/services/T/B/new1")
    expect(mine.get_by_text("The test sends “Chat alert” to this person, for real.")).to_be_visible()
    steps.click(mine.get_by_role("button", name="Save and send a test"))
    dialog = page.get_by_role("dialog", name="Send a test over Slack")
    expect(dialog.get_by_text("Taken by Novu, as transaction")).to_be_visible()
    expect(dialog.get_by_text("Slack took it.")).to_be_visible()
    assert steps.count <= 5
    assert stored(api_calls, person)["slack-main"] == {
        "webhookUrl": "https://hooks.slack.com/services/T/B/new1",
        "deviceTokens": ["t"],
    }
    (sent,) = api_calls.get("/v1/messages", params={"subscriberId": person}).json()["data"]
    assert (sent["channel"], sent["providerId"]) == ("chat", "slack")


def test_12_tokens_move_to_the_other_integration_in_five_steps_and_back_by_undo(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=["a", "b"])
    store(api_calls, person, "fcm-second", deviceTokens=["c"])
    steps = Steps(page)
    find(steps, page, person)
    steps.click(card(page, "fcm-main").get_by_role("button", name="Move tokens…"))
    steps.click(page.get_by_role("dialog").get_by_role("button", name="Move"))
    expect(page.get_by_text("Moved 2 tokens")).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-main": {"deviceTokens": []},
        "fcm-second": {"deviceTokens": ["c", "a", "b"]},
    }
    assert steps.count <= 5
    undo_button(page).click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-main": {"deviceTokens": ["a", "b"]},
        "fcm-second": {"deviceTokens": ["c"]},
    }
