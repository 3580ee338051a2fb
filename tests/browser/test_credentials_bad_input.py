"""Too much, too large, too late, not allowed: a sentence that helps, and what was typed is still there."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.test_credentials import LONG, card, open_tab, store, stored


@pytest.fixture
def person(api_calls: httpx.Client, request: pytest.FixtureRequest) -> str:
    """Someone with one push token."""
    name = f"bad-input-{abs(hash(request.node.name))}"
    api_calls.post("/v2/subscribers", json={"subscriberId": name}).raise_for_status()
    store(api_calls, name, "fcm-main", deviceTokens=[f"{LONG}7f3e"])
    return name


def lines(amount: int, width: int = 8) -> str:
    return "\n".join(f"{number:0{width}d}" for number in range(amount))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (lines(101), "101 entered; Novu keeps at most 100"),
        (lines(100), "1 token too many"),
        (lines(10_000), "10,000 entered; Novu keeps at most 100"),
        (lines(30_000, 70), "this box reads up to 150,000"),
        ("same\nother\nsame", "Entered more than once"),
        ("two words", "Blanks or invisible characters inside"),
        ('["a", "b"', "starts like a JSON list but is none"),
    ],
    ids=["101", "101 with the stored one", "10,000 lines", "2 MB", "twice", "blanks", "broken JSON"],
)
def test_a_bad_paste_is_told_before_sending_and_stays(
    page: Page, api_calls: httpx.Client, person: str, text: str, sentence: str
) -> None:
    open_tab(page, person)
    mine = card(page, "fcm-main")
    box = mine.get_by_label("Paste one or many")
    box.evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", text)
    expect(mine.get_by_text(sentence).first).to_be_visible()
    mine.get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert box.input_value() == text
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
    assert first.input_value() == "half a thought"


def test_an_outage_while_saving_keeps_what_was_typed(
    page: Page, api_calls: httpx.Client, person: str, fail: Any
) -> None:
    open_tab(page, person)
    mine = card(page, "fcm-main")
    mine.get_by_label("Paste one or many").fill(f"{LONG}2222")
    fail("PATCH /v1/subscribers/{subscriberId}/credentials", status=400, times=9)
    mine.get_by_role("button", name="Add").click()
    expect(page.locator(".q-notification")).to_be_visible()
    assert mine.get_by_label("Paste one or many").input_value() == f"{LONG}2222"


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


def test_secrets_come_one_by_one_and_a_copy_leaves_the_mask(
    page: Page, context: BrowserContext, person: str
) -> None:
    open_tab(page, person)
    secret = f"{LONG}7f3e"
    assert secret not in page.content()
    mine = card(page, "fcm-main")
    mine.get_by_role("button", name="Copy Firebase Cloud Messaging, fcm-main …7f3e").click()
    expect(page.get_by_text("Copied. The reveal is on record.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
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
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert len(stored(api_calls, person)["fcm-main"]["deviceTokens"]) == 1


@pytest.mark.parametrize(
    "opener", ["", "Add credentials", "Connect Slack", "Move tokens…", "Remove…", "Send a test…"]
)
@pytest.mark.parametrize("width", [1440, 400])
def test_no_state_has_barriers(page: Page, person: str, opener: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_tab(page, person)
    if not opener:
        card(page, "fcm-main").get_by_label("Paste one or many").fill("a\na")
        expect(page.get_by_role("alert").filter(has_text="Entered more than once")).to_be_visible()
    else:
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
    assert violations_in_both_themes(page) == NONE
