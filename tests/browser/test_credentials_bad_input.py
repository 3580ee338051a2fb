"""Too much, too large, too late, not allowed: a sentence that helps, and what was typed is still there."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.awaiting import copied
from tests.browser.credentials import LONG, card, open_tab, store, stored


@pytest.fixture
def person(api_calls: httpx.Client, request: pytest.FixtureRequest) -> str:
    """Someone with one push token."""
    name = f"bad-input-{abs(hash(request.node.name))}"
    api_calls.post("/v2/subscribers", json={"subscriberId": name}).raise_for_status()
    store(api_calls, name, "fcm-main", deviceTokens=[f"{LONG}7f3e"])
    return name


def lines(amount: int, width: int = 8) -> str:
    return "\n".join(f"{number:0{width}d}" for number in range(amount))


BAD_PASTES = {
    "101": (lines(101), "101 entered; Novu keeps at most 100"),
    "101 with the stored one": (lines(100), "1 token too many"),
    "10,000 lines": (lines(10_000), "10,000 entered; Novu keeps at most 100"),
    "2 MB": (lines(30_000, 70), "this box reads up to 150,000"),
    "twice": ("same\nother\nsame", "Entered more than once"),
    "blanks": ("two words", "Spaces or invisible characters in"),
    "broken JSON": ('["a", "b"', "starts like a JSON list but is none"),
}


def test_bad_pastes_are_told_before_sending_and_stay(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    open_tab(page, person)
    mine = card(page, "fcm-main")
    box = mine.get_by_label("Paste one or many")
    for text, sentence in BAD_PASTES.values():
        box.evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", text)
        expect(mine.get_by_text(sentence).first).to_be_visible()
        mine.get_by_role("button", name="Add").click()
        expect(mine.get_by_text(sentence).first).to_be_visible()
        assert box.input_value() == text
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert stored(api_calls, person)["fcm-main"]["deviceTokens"] == [f"{LONG}7f3e"]


def test_text_typed_in_one_card_outlives_a_write_in_another(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    open_tab(page, person)
    first = card(page, "fcm-main").get_by_label("Paste one or many")
    first.fill("half a thought")
    second = card(page, "fcm-second")
    second.get_by_label("Paste one or many").fill(f"{LONG}2222")
    second.get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(first).to_have_value("half a thought")


def test_an_outage_while_saving_keeps_what_was_typed(
    page: Page, api_calls: httpx.Client, person: str, fail: Any
) -> None:
    open_tab(page, person)
    mine = card(page, "fcm-main")
    mine.get_by_label("Paste one or many").fill(f"{LONG}2222")
    fail("PATCH /v1/subscribers/{subscriberId}/credentials", status=400, times=9)
    mine.get_by_role("button", name="Add").click()
    expect(page.locator(".q-notification")).to_be_visible()
    expect(mine.get_by_label("Paste one or many")).to_have_value(f"{LONG}2222")


def test_a_key_that_may_not_list_integrations_gets_a_plain_field(
    page: Page, api_calls: httpx.Client, person: str, fail: Any
) -> None:
    fail("GET /v1/integrations", status=403, times=9)
    open_tab(page, person)
    expect(page.get_by_text("The integrations could not be listed")).to_be_visible()
    expect(page.get_by_text("…7f3e")).to_be_visible()
    page.get_by_role("button", name="Add credentials").click()
    page.get_by_role("dialog").get_by_role("button", name="Firebase Cloud Messaging").click()
    page.get_by_label("Integration identifier").fill("fcm-second")
    page.get_by_label("Registration tokens").fill(f"{LONG}2222")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved and read back.")).to_be_visible()
    channels = api_calls.get(f"/v2/subscribers/{person}").json()["data"]["channels"]
    assert [one["credentials"]["deviceTokens"] for one in channels] == [[f"{LONG}7f3e"], [f"{LONG}2222"]]


def test_secrets_come_one_by_one_and_a_copy_leaves_the_mask(page: Page, person: str) -> None:
    told: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(str(frame))))
    open_tab(page, person)
    secret = f"{LONG}7f3e"
    mine = card(page, "fcm-main")
    expect(mine.get_by_text("…7f3e")).to_be_visible()
    assert told
    assert secret not in page.content()
    assert not [frame for frame in told if secret in frame]
    mine.get_by_role("button", name="Copy Firebase Cloud Messaging, fcm-main …7f3e").click()
    expect(page.get_by_text("Copied. The reveal is on record.")).to_be_visible()
    assert copied(page, secret) == secret
    assert secret not in page.content()
    eye = mine.get_by_role("button", name="Reveal")
    eye.click()
    expect(mine.get_by_text(secret)).to_be_visible()
    eye.click()
    expect(mine.get_by_text(secret)).to_have_count(0)


def test_the_keyboard_alone_adds_and_takes_back(page: Page, api_calls: httpx.Client, person: str) -> None:
    open_tab(page, person)
    card(page, "fcm-main").get_by_label("Paste one or many").focus()
    page.keyboard.type(f"{LONG}2222")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert len(stored(api_calls, person)["fcm-main"]["deviceTokens"]) == 2
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert len(stored(api_calls, person)["fcm-main"]["deviceTokens"]) == 1


def test_a_form_is_filled_and_sent_by_the_keyboard_alone(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    open_tab(page, person)
    page.get_by_role("button", name="Add credentials").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rocket.Chat").press("Enter")
    dialog = page.get_by_role("dialog", name="Add Rocket.Chat")
    dialog.get_by_label("Server address").focus()
    page.keyboard.type("https://chat.example.com")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Room id is required.")).to_be_visible()
    expect(dialog.get_by_label("Room id")).to_be_focused()
    page.keyboard.type("GENERAL")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert stored(api_calls, person)["rocket-chat-main"]["channel"] == "GENERAL"


FILL_AS_A_PASSWORD_MANAGER = """(box, text) => {
    box.value = text;
    for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
}"""


def test_a_password_manager_finds_the_fields_by_name_and_can_fill_them(
    page: Page, api_calls: httpx.Client, person: str
) -> None:
    """Nothing of it is offered to the browser's own memory: these are no passwords of the operator's."""
    open_tab(page, person, fix="mattermost")
    dialog = page.get_by_role("dialog", name="Add Mattermost")
    for name, text in (("webhookUrl", "https://chat.example.com/hooks/abc"), ("channel", "@ada")):
        field = dialog.locator(f'[name="{name}"]')
        expect(field).to_have_attribute("autocomplete", "off")
        field.evaluate(FILL_AS_A_PASSWORD_MANAGER, text)
    expect(page.locator("input[type=password]")).to_have_count(0)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    assert stored(api_calls, person)["mattermost-main"] == {
        "webhookUrl": "https://chat.example.com/hooks/abc",
        "channel": "@ada",
    }


def test_two_megabytes_in_a_form_are_answered_and_stay(page: Page, person: str) -> None:
    open_tab(page, person, fix="expo")
    dialog = page.get_by_role("dialog", name="Add Expo")
    box, text = dialog.get_by_label("Push tokens"), lines(30_000, 70)
    box.evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", text)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").filter(has_text="this box reads up to 150,000")).to_be_visible()
    assert box.input_value() == text


OPENERS = ("Add credentials", "Connect Slack", "Move tokens…", "Remove…", "Send a test…", "All fields…")
DIALOG = "[role=dialog]"
FORMS = ("fcm:fcm-second", "grafana-on-call", "rocket-chat", "webex-messaging")


@pytest.mark.parametrize("width", [1440, 400])
def test_no_dialog_has_barriers(page: Page, api_calls: httpx.Client, person: str, width: int) -> None:
    store(api_calls, person, "slack-main", webhookUrl="https://hooks.slack.com/x", channel="C1")
    page.set_viewport_size({"width": width, "height": 900})
    open_tab(page, person)
    card(page, "fcm-main").get_by_label("Paste one or many").fill("a\na")
    expect(page.get_by_role("alert").filter(has_text="Entered more than once")).to_be_visible()
    found = {"": violations_in_both_themes(page)}
    for opener in OPENERS:
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found[opener] = violations_in_both_themes(page, DIALOG)
        page.get_by_role("dialog").get_by_role("button", name="Close").first.click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert found == dict.fromkeys(found, NONE)


@pytest.mark.parametrize("width", [1440, 400])
def test_no_refused_form_has_barriers(page: Page, person: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for form in FORMS:
        open_tab(page, person, fix=form)
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_role("alert").first).to_be_visible()
        found[form] = violations_in_both_themes(page, DIALOG)
    assert found == dict.fromkeys(FORMS, NONE)
