"""The doors as a browser meets them: accounts, open tabs, the lock, the log."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import servers
from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.accounts import PASSWORD, add_accounts
from tests.browser.conftest import NewContext
from tests.browser.servers import ROOT, Running


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, api: Running) -> Iterator[Running]:
    """A dashboard over an environment called Production, with two accounts."""
    folder = tmp_path_factory.mktemp("guarded")
    add_accounts(folder / "data", {"ada": "admin", "vic": "viewer"})
    with servers.dashboard(folder, api_url=api.url, DASHBOARD_ENVIRONMENT="Production") as running:
        yield running


@pytest.fixture
def visitor(new_context: NewContext, guarded: Running) -> Page:
    return new_context(base_url=guarded.url).new_page()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/subscribers")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_one_signs_in_with_a_password_and_lands_where_one_wanted(visitor: Page) -> None:
    sign_in(visitor, "ada", "wrong, but long enough")
    expect(visitor.get_by_role("alert")).to_contain_text("Name or password is wrong")
    assert violations_in_both_themes(visitor) == NONE
    visitor.get_by_label("Password").fill(PASSWORD)
    visitor.get_by_role("button", name="Sign in").click()
    expect(visitor).to_have_url(re.compile("/subscribers$"))
    expect(visitor.get_by_role("row").nth(3)).to_be_visible()


def test_the_sign_in_page_fits_a_small_screen(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 360, "height": 740})
    visitor.goto("/sign-in")
    expect(visitor.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_signing_out_sends_the_other_tab_away_too(visitor: Page) -> None:
    sign_in(visitor, "ada")
    expect(visitor.get_by_role("row").nth(3)).to_be_visible()
    other = visitor.context.new_page()
    other.goto("/subscribers")
    other.get_by_role("button", name="Sign out").click()
    expect(visitor).to_have_url(re.compile("/sign-in"))


def test_production_is_unlocked_with_a_reason(visitor: Page) -> None:
    sign_in(visitor, "ada")
    bar = visitor.get_by_text("Production is locked")
    expect(bar).to_be_visible()
    expect(visitor).to_have_title(re.compile(r"Subscribers.* · Production · 127\.0\.0\.1:\d+$"))
    expect(visitor.get_by_role("row").nth(3)).to_be_visible()
    assert violations_in_both_themes(visitor) == NONE
    visitor.get_by_role("button", name="Unlock…").click()
    visitor.get_by_role("dialog").get_by_role("textbox").fill("ticket 4711")
    assert violations_in_both_themes(visitor) == NONE
    visitor.get_by_role("dialog").get_by_role("textbox").press("Enter")
    expect(visitor.get_by_text("Production is unlocked until")).to_be_visible()
    visitor.get_by_role("button", name="Lock now").click()
    expect(bar).to_be_visible()


def test_a_viewer_sees_why_it_may_not_unlock(visitor: Page) -> None:
    sign_in(visitor, "vic")
    expect(visitor.get_by_role("button", name="Unlock…")).to_be_disabled()


def test_the_log_of_all_that_is_whole(visitor: Page, guarded: Running) -> None:
    sign_in(visitor, "ada")
    expect(visitor.get_by_role("row").nth(3)).to_be_visible()
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "audit", "verify"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DASHBOARD_DATA_DIR": str(guarded.data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "the chain is whole" in done.stdout
    assert PASSWORD not in guarded.log()


def test_an_open_page_keeps_no_compressor_though_browsers_offer_one(
    dashboard: Running, signed_in: dict[str, Any]
) -> None:
    """Its tables take 0.3 MB each: at 200 pages more than all that is on them."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in signed_in["cookies"])
    offer = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Extensions": "permessage-deflate",
        "Origin": dashboard.url, "Cookie": cookies,
    }  # fmt: skip
    with closing(HTTPConnection(urlsplit(dashboard.url).netloc, timeout=10)) as connection:
        connection.request("GET", "/_nicegui_ws/socket.io/?EIO=4&transport=websocket", headers=offer)
        answer = connection.getresponse()

        assert answer.status == 101
        assert answer.getheader("Sec-WebSocket-Extensions") is None
