"""Panels of a person's page when the network breaks; every fault of every panel is in tests/dashboard."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People

ONE = "/v2/subscribers/{subscriberId}"


@pytest.fixture
def someone(people: People) -> str:
    people({"subscriberId": "over-a-bad-line"})
    return "over-a-bad-line"


@pytest.mark.parametrize("fault", [{"truncate": True}, {"drop": True}, {"status": 500}])
def test_a_failed_panel_says_so_and_recovers(
    page: Page, someone: str, fail: Any, fault: dict[str, Any]
) -> None:
    fail("GET /v1/subscribers/{subscriberId}/notifications/feed", times=99, **fault)
    page.goto(f"/subscribers/{someone}?tab=feed")
    face = page.get_by_role("alert").filter(has_text="The feed could not be loaded")
    expect(face).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("This person could not be loaded")
    expect(page.get_by_text("No in-app messages")).to_have_count(0)
    fail.no_more()
    page.get_by_role("tab", name="Preferences").click()
    expect(page.get_by_role("switch", name="E-mail for Welcome V2")).to_be_visible()


def test_a_server_without_topics_hides_them_and_says_why(page: Page, someone: str, fail: Any) -> None:
    fail(f"GET {ONE}/subscriptions", times=99, status=404)
    page.goto(f"/subscribers/{someone}?tab=activity")
    expect(page.get_by_text("This server does not tell which topics")).to_be_visible()
