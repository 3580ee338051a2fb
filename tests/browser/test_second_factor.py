"""The second factor in a browser: set up by keyboard, asked for at the next sign-in, reset by an admin."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import servers
from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.accounts import PASSWORD, add_accounts
from tests.browser.awaiting import copied
from tests.browser.conftest import NewContext, errors_of
from tests.browser.servers import Running
from tests.dashboard.authenticator import code_of

Visit = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, api: Running) -> Iterator[Running]:
    """A dashboard that asks everybody for a second factor; nobody has one yet."""
    folder = tmp_path_factory.mktemp("guarded")
    add_accounts(folder / "data", {"ada": "admin", "vic": "viewer", "otto": "operator", "eve": "viewer"})
    required = {"DASHBOARD_REQUIRE_SECOND_FACTOR": "true", "DASHBOARD_ENVIRONMENT": "Staging"}
    with servers.dashboard(folder, api_url=api.url, **required) as running:
        yield running


@pytest.fixture
def visit(new_context: NewContext, guarded: Running) -> Visit:
    """Sign in with the password, in a browser of one's own, by keyboard alone."""

    def visit(name: str, path: str) -> Page:
        context = new_context(base_url=guarded.url)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(path)
        type_password(page, name)
        return page

    return visit


def type_password(page: Page, name: str) -> None:
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def says(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def set_up(page: Page) -> str:
    """With the key that is copied from the page; the recovery codes are shown then."""
    says(page, "Set up a second factor")
    page.wait_for_load_state()  # from then on the button copies
    button = page.get_by_role("button", name="Copy")
    key = str(button.get_attribute("data-copy"))
    button.focus()
    page.keyboard.press("Enter")
    assert copied(page, key) == key
    page.keyboard.press("Tab")
    page.keyboard.type(code_of(key))
    page.keyboard.press("Enter")
    says(page, "Save your recovery codes")
    return key


def recovery_codes(page: Page) -> list[str]:
    shown = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(shown).to_have_count(10)
    return shown.all_inner_texts()


def test_whoever_has_none_sets_one_up_by_keyboard_before_anything_else(visit: Visit, tmp_path: Path) -> None:
    page = visit("vic", "/jobs")
    says(page, "Set up a second factor")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    expect(page.get_by_role("textbox", name="Code")).to_be_focused()
    assert violations_in_both_themes(page) == NONE
    page.keyboard.type("12 34 5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("That code is wrong or has been used already")
    page.goto("/jobs")
    type_password(page, "vic")
    set_up(page)
    assert violations_in_both_themes(page) == NONE
    shown = recovery_codes(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").press("Enter")
    kept = tmp_path / "codes.txt"
    download.value.save_as(kept)
    assert kept.read_text().split()[-10:] == shown
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/jobs$"))
    page.go_back()
    expect(page.get_by_text("Signed in as vic")).to_be_visible()
    assert page.get_by_role("list", name="Recovery codes").count() == 0


def test_at_the_next_sign_in_a_code_is_asked_for_and_a_recovery_code_will_do(visit: Visit) -> None:
    page = visit("otto", "/subscribers?q=u")
    key = set_up(page)
    codes = recovery_codes(page)
    page.get_by_role("link", name="I have saved them").click()
    page.get_by_role("button", name="Sign out").click()
    type_password(page, "otto")
    says(page, "Enter your code")
    assert violations_in_both_themes(page) == NONE
    page.reload()
    says(page, "Enter your code")
    page.go_back()
    says(page, "Sign in")
    page.go_forward()
    code = code_of(key, later=1)  # the one that confirmed it counts no second time
    page.evaluate("text => navigator.clipboard.writeText(text)", f"{code[:3]} {code[3:]}")
    expect(page.get_by_role("textbox", name="Code")).to_be_focused()
    page.keyboard.press("Control+v")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Signed in as otto")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    type_password(page, "otto")
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_role("textbox", name="Recovery code").fill(codes[0])
    assert violations_in_both_themes(page) == NONE
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Your account").click()
    account = page.get_by_role("dialog")
    expect(account).to_contain_text("9 recovery codes left.")
    expect(account.get_by_role("link", name="Turn off")).to_have_count(0)
    assert violations_in_both_themes(page) == NONE


def test_an_administrator_resets_it_with_a_reason(visit: Visit) -> None:
    eve = visit("eve", "/jobs")
    set_up(eve)
    eve.get_by_role("link", name="I have saved them").click()
    expect(eve.get_by_text("Signed in as eve")).to_be_visible()
    ada = visit("ada", "/operators")
    set_up(ada)
    ada.get_by_role("link", name="I have saved them").click()
    errors = errors_of(ada)
    operators = ada.get_by_role("list", name="Operators").get_by_role("listitem")
    row = operators.filter(has_text=re.compile("^eve"))
    expect(row).to_contain_text("Password and second factor")
    row.get_by_text("Change", exact=True).click()
    row.get_by_role("button", name="Lock…").click()
    expect(ada.get_by_role("dialog")).to_be_visible()
    ada.keyboard.press("Escape")
    expect(ada.get_by_role("dialog")).to_have_count(0)
    row.get_by_text("Change", exact=True).click()
    row.get_by_role("button", name="Reset second factor…").click()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_role("button", name="Reset", exact=True).click()
    expect(dialog.get_by_text("Say briefly why")).to_be_visible()
    assert violations_in_both_themes(ada) == NONE
    expect(dialog).to_contain_text("at the next sign-in sets up a new one")
    dialog.get_by_label("Reason").fill("lost the phone; called back")
    ada.keyboard.press("Enter")
    expect(row).not_to_contain_text("second factor")
    expect(eve).to_have_url(re.compile("/sign-in"))
    assert errors == []
