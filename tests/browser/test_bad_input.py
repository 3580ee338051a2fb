"""Wrong addresses, keys and links: a plain sentence each, and never a secret."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import servers
from tests.browser.conftest import NewContext
from tests.browser.servers import Running

WRONG_KEY = "a-wrong-key-that-must-not-leak"


def open_signed_in(new_context: NewContext, running: Running) -> Page:
    page = new_context(base_url=running.url).new_page()
    page.goto(servers.sign_in_link(running))
    return page


def test_an_api_that_cannot_be_reached_is_said_so_and_the_frame_stays(
    new_context: NewContext, tmp_path: Path
) -> None:
    with servers.dashboard(tmp_path, api_url=f"http://127.0.0.1:{servers.free_port()}") as running:
        page = open_signed_in(new_context, running)
        expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
        expect(page.get_by_role("button", name="Retry")).to_be_enabled()
        expect(page.get_by_role("link", name="Subscribers", exact=True)).to_be_visible()


def test_a_wrong_key_is_named_as_the_dashboards_own_and_leaks_nowhere(
    new_context: NewContext, api: Running, tmp_path: Path
) -> None:
    with servers.dashboard(tmp_path, api_url=api.url, key=WRONG_KEY) as running:
        page = open_signed_in(new_context, running)
        expect(page.get_by_role("alert")).to_contain_text("NOVU_SECRET_KEY")
        assert WRONG_KEY not in page.content()
        assert WRONG_KEY not in running.log()


@pytest.mark.parametrize(
    ("name", "value"),
    [("NOVU_API_URL", "not a url"), ("DASHBOARD_HOST", "0.0.0.0"), ("DASHBOARD_PORT", "abc")],
)
def test_a_bad_setting_stops_the_start_with_one_line_that_names_it(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(AssertionError) as stopped, servers.dashboard(tmp_path, api_url=None, **{name: value}):
        pass
    assert name in str(stopped.value)
    assert "Traceback" not in str(stopped.value)


def test_a_port_that_is_taken_is_said_so(dashboard: Running, tmp_path: Path) -> None:
    port = dashboard.url.rpartition(":")[2]
    with (
        pytest.raises(AssertionError) as stopped,
        servers.dashboard(tmp_path, api_url=None, DASHBOARD_PORT=port),
    ):
        pass
    assert f"Port {port} is taken" in str(stopped.value)
    assert "Traceback" not in str(stopped.value)


def test_the_one_time_link_opens_once(
    new_context: NewContext, dashboard: Running, signed_in: dict[str, Any]
) -> None:
    assert signed_in["cookies"]
    page = new_context().new_page()
    page.goto(servers.sign_in_link(dashboard))
    expect(page.get_by_role("alert")).to_contain_text("has been used or is too old")
    page.goto(f"{dashboard.url}/subscribers")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_api_key_reaches_neither_the_browser_nor_the_log(page: Page, dashboard: Running) -> None:
    page.goto("/subscribers")
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    assert servers.KEY not in page.content()
    assert servers.KEY not in dashboard.log()


def test_nonsense_in_the_address_is_named_and_everything_else_works(page: Page) -> None:
    page.goto("/subscribers?limit=abc&after=no-cursor")
    note = page.get_by_role("status").filter(has_text="was not understood")
    expect(note).to_contain_text("“limit”, “after”")
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Page 2 ·")).to_be_visible()
    expect(page).not_to_have_url(re.compile("limit|no-cursor"))
    note.get_by_role("button", name="Close").press("Enter")
    expect(note).to_have_count(0)
    page.goto("/subscribers/user-00010?tab=everything")
    expect(page.get_by_role("status").filter(has_text="was not understood")).to_contain_text("“tab”")
    expect(page.get_by_role("tab", name="Profile")).to_have_attribute("aria-selected", "true")
