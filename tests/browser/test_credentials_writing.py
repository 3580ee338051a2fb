"""Safe writing as a browser shows it: three versions, diffs, the wide delete by name, Slack, the unknown."""

import itertools
import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.awaiting import copied
from tests.browser.credentials import LONG, card, create, open_tab, store, stored, undo_button
from tests.browser.steps import Steps

NUMBERS = itertools.count(1)


@pytest.fixture
def person(api_calls: httpx.Client) -> str:
    return create(api_calls, f"writing-{next(NUMBERS)}")


def test_a_change_made_elsewhere_is_shown_before_anything_is_sent(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "discord-main", webhookUrl="https://discord.com/api/webhooks/1/first")
    open_tab(page, person)
    box = card(page, "discord-main").get_by_label("Paste a new address")
    box.fill("https://discord.com/api/webhooks/1/mine")
    store(api_calls, person, "discord-main", webhookUrl="https://discord.com/api/webhooks/1/theirs")
    card(page, "discord-main").get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Discord was changed elsewhere")
    expect(dialog.get_by_role("cell")).to_have_text(
        ["https://discord.com/…irst", "https://discord.com/…eirs", "https://discord.com/…mine"]
    )
    assert stored(api_calls, person)["discord-main"]["webhookUrl"].endswith("theirs")
    assert violations_in_both_themes(page) == NONE
    page.set_viewport_size({"width": 400, "height": 900})
    assert violations_in_both_themes(page) == NONE
    dialog.get_by_role("button", name="Overwrite with mine").click()
    expect(undo_button(page)).to_be_visible()
    assert stored(api_calls, person)["discord-main"]["webhookUrl"].endswith("mine")


def test_replacing_shows_what_goes_and_sends_it_only_by_its_own_button(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=[f"{LONG}1111", f"{LONG}2222"])
    open_tab(page, person)
    mine = card(page, "fcm-main")
    mine.get_by_label("Paste one or many").fill(f"{LONG}2222\n{LONG}3333")
    expect(mine.get_by_text("Add: 1 new (…3333), 1 already stored. Then 3 of 100.")).to_be_visible()
    expect(
        mine.get_by_text("Replace all: 1 new (…3333), 1 removed (…1111), 1 already stored. Then 2 of 100.")
    ).to_be_visible()
    mine.get_by_role("button", name="Replace all").click()
    expect(undo_button(page)).to_be_visible()
    assert stored(api_calls, person)["fcm-main"]["deviceTokens"] == [f"{LONG}2222", f"{LONG}3333"]
    undo_button(page).click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert stored(api_calls, person)["fcm-main"]["deviceTokens"] == [f"{LONG}1111", f"{LONG}2222"]


def test_what_merely_looks_odd_is_warned_about_and_sent_all_the_same(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    open_tab(page, person, fix="slack:slack-main")
    dialog = page.get_by_role("dialog", name="Add Slack")
    dialog.get_by_label("Incoming webhook URL").fill("https://slack.internal/services/T/B/x")
    dialog.get_by_label("Channel id").fill("C1")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    assert stored(api_calls, person)["slack-main"]["webhookUrl"] == "https://slack.internal/services/T/B/x"
    mine = card(page, "slack-main")
    mine.get_by_label("Paste a new address").fill("https://slack.internal/services/T/B/y")
    expect(mine.get_by_text("Slack's webhooks usually start with https://hooks.slack.com/.")).to_be_visible()


def test_the_reach_panel_leads_to_the_form_that_mends_it_in_three_steps(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "slack-main", channel="C1")
    page.goto(f"/subscribers/{person}")
    steps = Steps(page)
    steps.click(page.get_by_role("link", name="Open Slack").first)
    dialog = page.get_by_role("dialog", name="Change Slack, slack-main")
    steps.type(dialog.get_by_label("Incoming webhook URL"), "https://hooks.slack.com/services/T/B/mended")
    steps.click(dialog.get_by_role("button", name="Save"))
    expect(undo_button(page)).to_be_visible()
    assert stored(api_calls, person)["slack-main"]["webhookUrl"].endswith("mended")
    assert steps.count <= 3
    page.go_back()
    expect(page.get_by_role("tab", name="Profile")).to_have_attribute("aria-selected", "true")


def test_a_provider_goes_everywhere_only_by_its_name(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    before = {"fcm-main": {"deviceTokens": ["a"]}, "fcm-second": {"deviceTokens": ["b"]}}
    for integration, credentials in before.items():
        store(api_calls, person, integration, **credentials)
    open_tab(page, person)
    card(page, "fcm-main").get_by_role("button", name="Remove…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_text(["fcm-main: 1 token", "fcm-second: 1 token"])
    dialog.get_by_role("button", name="Remove everywhere").click()
    expect(dialog.get_by_role("alert").filter(has_text="Type fcm")).to_be_visible()
    assert stored(api_calls, person) == before
    dialog.get_by_label("Type fcm to remove them all").fill("fcm")
    dialog.get_by_role("button", name="Remove everywhere").click()
    expect(page.get_by_text("Removed Firebase Cloud Messaging in 2 integrations.")).to_be_visible()
    assert stored(api_calls, person) == {}
    undo_button(page).click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert stored(api_calls, person) == before


def test_what_nobody_can_write_is_shown_as_it_is(page: Page, api_calls: httpx.Client) -> None:
    """A provider of tomorrow, and an entry whose integration is gone, as an old import leaves them."""
    odd = {"providerId": "pigeon-post", "credentials": {"webhookUrl": f"https://pigeon.example/{LONG}"}}
    orphan = {"providerId": "fcm", "credentials": {"deviceTokens": ["a"]}}
    body = {"subscribers": [{"subscriberId": "written-oddly", "channels": [odd, orphan]}]}
    api_calls.post("/v1/subscribers/bulk", json=body).raise_for_status()
    open_tab(page, "written-oddly", fix="pigeon-post")
    unknown = page.get_by_role("region", name="pigeon-post")
    expect(unknown.get_by_text("newer than this dashboard")).to_be_visible()
    expect(unknown).to_contain_text("pigeon.example")
    expect(unknown).to_be_focused()
    expect(unknown.get_by_role("button", name=re.compile("Remove|Save|Add"))).to_have_count(0)
    assert LONG not in page.content()
    missing = page.get_by_role("region", name="Firebase Cloud Messaging", exact=True)
    expect(missing.get_by_text("Integration missing")).to_be_visible()
    expect(missing.get_by_label("Paste one or many")).to_have_count(0)
    assert violations_in_both_themes(page) == NONE


def test_slack_is_connected_by_an_address_for_the_person(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    open_tab(page, person)
    page.get_by_role("button", name="Connect Slack").click()
    dialog = page.get_by_role("dialog", name="Connect Slack")
    dialog.get_by_label("Integration").select_option(label="slack · slack-main")
    expect(dialog.get_by_text("Not connected through this integration.")).to_be_visible()
    dialog.get_by_role("button", name="Create link").click()
    dialog.get_by_role("button", name="Copy the link").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    address = copied(page, f"/v1/subscribers/{person}/credentials/slack/oauth?")
    assert "integrationIdentifier=slack-main" in address
    sent_on = httpx.get(address, trust_env=False)
    assert sent_on.headers["location"].startswith("https://slack.com/oauth/v2/authorize?client_id=cid&")
    store(api_calls, person, "slack-main", webhookUrl="https://hooks.slack.com/services/T/B/byslack")
    dialog.get_by_role("button", name="Check connection").click()
    expect(dialog.get_by_text("Connected: https://hooks.slack.com/…lack")).to_be_visible()


def test_many_tokens_are_searched_on_the_server_by_any_part(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    tokens = [f"{LONG}-middle{number}-{'y' * 20}{number:04}" for number in range(40)]
    store(api_calls, person, "fcm-main", deviceTokens=tokens)
    open_tab(page, person)
    mine = card(page, "fcm-main")
    expect(mine.locator(".secret")).to_have_count(6)
    mine.get_by_label("Search these tokens").fill("middle17-")
    expect(mine.locator(".secret")).to_have_text(["…0017"])
    mine.get_by_label("Search these tokens").fill("nowhere")
    expect(mine.get_by_text("No token has this in it.")).to_be_visible()
    mine.get_by_label("Search these tokens").fill("")
    mine.get_by_role("button", name="Show all 40").click()
    expect(mine.locator(".secret")).to_have_count(40)


def test_a_test_can_be_sent_with_another_workflow_and_says_what_else_it_reached(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=["a", "b"])
    open_tab(page, person)
    card(page, "fcm-main").get_by_role("button", name="Send a test…").click()
    dialog = page.get_by_role("dialog", name="Send a test over Firebase Cloud Messaging")
    expect(dialog.get_by_label("Workflow")).to_have_value("push-alert")
    dialog.get_by_label("Workflow").select_option("order-shipped")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Firebase Cloud Messaging took it, 2 times.")).to_be_visible()
