"""Each panel of a person's page has its own face when its call fails, and the rest stays usable."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

ONE = "/v2/subscribers/{subscriberId}"
PANELS = {
    "?tab=feed": ("GET /v1/subscribers/{subscriberId}/notifications/feed", "The feed could not be loaded"),
    "?tab=preferences": (f"GET {ONE}/preferences", "The preferences could not be loaded"),
    "?tab=activity": (f"GET {ONE}/subscriptions", "The topics could not be loaded"),
}
FAULTS: dict[str, dict[str, Any]] = {
    "401": {"status": 401},
    "422": {"status": 422},
    "429": {"status": 429},
    "500": {"status": 500},
    "cut off": {"truncate": True},
}


@pytest.fixture(scope="module")
def someone(api_calls: httpx.Client) -> str:
    return str(api_calls.get("/v2/subscribers", params={"limit": "1"}).json()["data"][0]["subscriberId"])


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("tab", PANELS)
def test_a_failed_panel_says_so_and_recovers(
    page: Page, someone: str, fail: Any, tab: str, fault: str
) -> None:
    route, title = PANELS[tab]
    fail(route, times=12, **FAULTS[fault])
    page.goto(f"/subscribers/{someone}{tab}")
    expect(page.get_by_role("alert").filter(has_text=title)).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("This person could not be loaded")
    expect(page.get_by_text("No in-app messages")).to_have_count(0)


def test_the_reach_panel_says_what_it_could_not_find_out(page: Page, someone: str, fail: Any) -> None:
    fail("GET /v1/integrations", times=9, status=403)
    fail(f"GET {ONE}/preferences", times=9, status=403)
    page.goto(f"/subscribers/{someone}")
    expect(page.get_by_text("The integrations could not be listed").first).to_be_visible()
    expect(page.get_by_text("The preferences could not be read").first).to_be_visible()


def test_a_server_without_topics_hides_them_and_says_why(page: Page, someone: str, fail: Any) -> None:
    fail(f"GET {ONE}/subscriptions", times=3, status=404)
    page.goto(f"/subscribers/{someone}?tab=activity")
    expect(page.get_by_text("This server does not tell which topics")).to_be_visible()
