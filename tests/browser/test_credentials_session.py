"""A session that ends in mid-form: a sentence that helps, and what was typed is still there."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import servers
from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.accounts import PASSWORD, add_accounts
from tests.browser.conftest import NewContext
from tests.browser.credentials import LONG, card, create, open_tab, store, stored
from tests.browser.servers import Running


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, api: Running) -> Iterator[Running]:
    """A dashboard with one account."""
    folder = tmp_path_factory.mktemp("guarded-credentials")
    add_accounts(folder / "data", {"ada": "operator"})
    with servers.dashboard(folder, api_url=api.url) as running:
        yield running


@pytest.fixture
def visitor(new_context: NewContext, guarded: Running) -> Page:
    return new_context(base_url=guarded.url).new_page()


def sign_in(page: Page) -> None:
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_what_was_typed_is_there_again_after_signing_in(visitor: Page, api_calls: httpx.Client) -> None:
    person = create(api_calls, "signed-out-in-mid-form")
    store(api_calls, person, "fcm-main", deviceTokens=["a"])
    visitor.goto(f"/subscribers/{person}?tab=credentials&fix=discord")
    sign_in(visitor)
    address = visitor.get_by_role("dialog", name="Add Discord").get_by_label("Webhook URL")
    address.fill("https://discord.com/api/webhooks/1/typed-before")
    card(visitor, "fcm-main").get_by_label("Paste one or many").evaluate(
        "(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", f"{LONG}1234"
    )
    other = visitor.context.new_page()
    other.goto("/subscribers")
    other.get_by_role("button", name="Sign out").click()
    expect(visitor).to_have_url(re.compile("/sign-in"))
    expect(visitor.get_by_text("Your session is over. Sign in to go on where you were.")).to_be_visible()
    assert violations_in_both_themes(visitor) == NONE
    sign_in(visitor)
    expect(visitor.get_by_text("You typed this before the page went away").first).to_be_visible()
    expect(address).to_have_value("https://discord.com/api/webhooks/1/typed-before")
    expect(card(visitor, "fcm-main").get_by_label("Paste one or many")).to_have_value(f"{LONG}1234")
    visitor.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(visitor.get_by_role("button", name="Undo")).to_be_visible()
    assert stored(api_calls, person)["discord-main"] == {
        "webhookUrl": "https://discord.com/api/webhooks/1/typed-before"
    }
    visitor.reload()
    open_tab(visitor, person)
    expect(card(visitor, "discord-main").get_by_label("Paste a new address")).to_have_value("")


def test_whoever_signs_out_leaves_nothing_typed_behind(visitor: Page, api_calls: httpx.Client) -> None:
    person = create(api_calls, "signed-out-on-purpose")
    store(api_calls, person, "fcm-main", deviceTokens=["a"])
    visitor.goto(f"/subscribers/{person}?tab=credentials")
    sign_in(visitor)
    card(visitor, "fcm-main").get_by_label("Paste one or many").fill(f"{LONG}1234")
    visitor.get_by_role("button", name="Sign out").click()
    expect(visitor.get_by_label("Name")).to_be_visible()
    assert visitor.evaluate("JSON.stringify({...sessionStorage})").count(LONG) == 0
