"""Each provider's form in a real browser, from its row: a new row is tested by being there."""

import itertools
import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.providers import PROVIDERS, Provider, mask, payload
from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.steps import Steps
from tests.dashboard.providers.samples import GOOD

NOT_JOINED = {"novu-slack", "webex-messaging", "line", "telegram"}  # no integration in the seed
ROWS = [row for row in PROVIDERS.values() if row.fields and row.id not in NOT_JOINED]
NUMBERS = itertools.count(1)


@pytest.fixture
def person(api_calls: httpx.Client) -> str:
    """Someone of whom nothing is stored."""
    name = f"credentials-{next(NUMBERS)}"
    api_calls.post("/v2/subscribers", json={"subscriberId": name}).raise_for_status()
    return name


def store(api_calls: httpx.Client, person: str, integration: str, **credentials: Any) -> None:
    """Someone else writes, past the dashboard."""
    provider = integration.rpartition("-")[0]
    body = {"providerId": provider, "integrationIdentifier": integration, "credentials": credentials}
    api_calls.put(f"/v1/subscribers/{person}/credentials", json=body).raise_for_status()


def stored(api_calls: httpx.Client, person: str) -> dict[str, Any]:
    """Credentials by the identifier of their integration."""
    names = {one["_id"]: one["identifier"] for one in api_calls.get("/v1/integrations").json()["data"]}
    channels = api_calls.get(f"/v2/subscribers/{person}").json()["data"]["channels"]
    return {names[one["_integrationId"]]: one["credentials"] for one in channels}


def open_tab(page: Page, person: str) -> None:
    page.goto(f"/subscribers/{person}?tab=credentials")
    expect(page.get_by_role("button", name="Add credentials")).to_be_visible()


def find(steps: Steps, page: Page, person: str) -> None:
    """From the list to the person's credentials, as PRODUCT.md counts it."""
    page.goto("/subscribers")
    steps.type(page.get_by_label("Find subscribers by"), person)
    steps.press("Enter")
    expect(page).to_have_url(re.compile(f"/subscribers/{person}"))
    steps.click(page.get_by_role("tab", name="Credentials"))


def card(page: Page, integration: str) -> Locator:
    return page.get_by_role("region", name=integration)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_form_refuses_nothing_saves_good_values_and_lets_go_of_them(
    row: Provider, page: Page, api_calls: httpx.Client, person: str
) -> None:
    twin = f"{row.id}-second" if row.id in {"slack", "fcm"} else ""
    if twin:
        store(api_calls, person, twin, deviceTokens=["twin"], webhookUrl="https://twin.example")
    open_tab(page, person)
    page.get_by_role("button", name="Add credentials").click()
    page.get_by_role("button", name=row.label, exact=True).click()
    dialog = page.get_by_role("dialog")
    if twin:
        dialog.get_by_label("Integration").select_option(label=f"{row.id} · {row.id}-main")
    dialog.get_by_role("button", name="Save").click()
    needed = next(field for field in row.fields if field.required)
    expect(dialog.get_by_role("alert").filter(has_text=needed.label)).to_be_visible()
    for key, text in GOOD[row.id].items():
        label = next(field.label for field in row.fields if field.key == key)
        dialog.get_by_label(label).fill(text)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    page.reload()
    mine = card(page, f"{row.id}-main")
    expect(mine).to_be_visible()
    wanted = {key: value for key, value in payload(row, GOOD[row.id]).items() if key in KEPT}
    assert stored(api_calls, person)[f"{row.id}-main"] == wanted
    secrets = [GOOD[row.id][field.key] for field in row.fields if field.secret]
    expect(mine.locator(".secret")).to_have_text([mask(secret) for secret in secrets])
    mine.get_by_role("button", name="Remove…").click()
    page.get_by_role("button", name="Empty this entry").click()
    expect(page.get_by_text(re.compile("^Emptied"))).to_be_visible()
    left = stored(api_calls, person)
    assert not any(left[f"{row.id}-main"].values())
    if twin:
        assert left[twin]["deviceTokens"] == ["twin"]


KEPT = {"webhookUrl", "channel", "deviceTokens"}
LONG = "abc:" + "x" * 70


def test_one_dead_token_goes_in_four_steps_and_comes_back_by_undo(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=[f"{LONG}1111", f"{LONG}2222"])
    store(api_calls, person, "fcm-second", deviceTokens=["other"])
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("button", name="Remove Firebase Cloud Messaging, fcm-main …1111"))
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-main": {"deviceTokens": [f"{LONG}2222"]},
        "fcm-second": {"deviceTokens": ["other"]},
    }
    assert steps.count <= 4
    undo.click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert stored(api_calls, person)["fcm-main"] == {"deviceTokens": [f"{LONG}1111", f"{LONG}2222"]}


@pytest.mark.parametrize("amount", [1, 6])
def test_tokens_are_pasted_into_the_right_of_two_integrations_in_five_steps(
    page: Page, api_calls: httpx.Client, person: str, amount: int
) -> None:
    store(api_calls, person, "fcm-second", deviceTokens=["other"])
    steps = Steps(page)
    find(steps, page, person)
    pasted = [f"{LONG}{number}" for number in range(amount)]
    expect(card(page, "fcm-second").get_by_text("default", exact=True)).to_be_visible()
    steps.type(card(page, "fcm-main").get_by_label("Paste one or many"), "\n".join(pasted))
    expect(card(page, "fcm-main").get_by_text(f"Add: +{amount}")).to_be_visible()
    steps.click(card(page, "fcm-main").get_by_role("button", name="Add"))
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-second": {"deviceTokens": ["other"]},
        "fcm-main": {"deviceTokens": pasted},
    }
    assert steps.count <= 5


def test_a_webhook_is_replaced_in_five_steps_and_a_test_goes_out(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "slack-main", webhookUrl="https://hooks.slack.com/broken", deviceTokens=["t"])
    steps = Steps(page)
    find(steps, page, person)
    mine = card(page, "slack-main")
    steps.type(mine.get_by_label("Paste a new address"), "https://hooks.slack.com/services/T/B/new1")
    steps.click(mine.get_by_role("button", name="Save and send a test"))
    expect(page.get_by_role("dialog", name="Send a test over Slack")).to_be_visible()
    assert steps.count <= 5
    assert stored(api_calls, person)["slack-main"] == {
        "webhookUrl": "https://hooks.slack.com/services/T/B/new1",
        "deviceTokens": ["t"],
    }
    page.get_by_role("dialog").get_by_label("Workflow").select_option("welcome-v2")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_text(re.compile("Taken by Novu, as transaction"))).to_be_visible()
    expect(page.get_by_text("Its in-app message is in the person's feed.")).to_be_visible()


def test_tokens_move_to_the_other_integration_in_five_steps(
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
    dialog.get_by_role("button", name="Use mine").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert stored(api_calls, person)["discord-main"]["webhookUrl"].endswith("mine")


def test_a_provider_goes_everywhere_only_by_its_name(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    store(api_calls, person, "fcm-main", deviceTokens=["a"])
    store(api_calls, person, "fcm-second", deviceTokens=["b"])
    open_tab(page, person)
    card(page, "fcm-main").get_by_role("button", name="Remove…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_text(["fcm-main: 1 token", "fcm-second: 1 token"])
    dialog.get_by_role("button", name="Remove everywhere").click()
    expect(dialog.get_by_role("alert").filter(has_text="Type fcm")).to_be_visible()
    assert len(stored(api_calls, person)) == 2
    dialog.get_by_label("Type fcm to remove them all").fill("fcm")
    dialog.get_by_role("button", name="Remove everywhere").click()
    expect(page.get_by_text("Removed Firebase Cloud Messaging in 2 integrations.")).to_be_visible()
    assert stored(api_calls, person) == {}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert stored(api_calls, person) == {
        "fcm-main": {"deviceTokens": ["a"]},
        "fcm-second": {"deviceTokens": ["b"]},
    }
