"""Panels of a person's page when the network breaks; every fault of every panel is in tests/dashboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
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


def test_figures_that_could_not_be_counted_tell_the_keyboard_why(page: Page, someone: str, fail: Any) -> None:
    fail("GET /v1/subscribers/{subscriberId}/notifications/unseen", times=99, status=403)
    page.goto(f"/subscribers/{someone}")
    figure = page.get_by_role("img", name="unseen not counted")
    expect(figure).to_have_text("?")
    figure.focus()
    expect(figure).to_be_focused()
    expect(figure).to_have_accessible_description(re.compile("."))
    assert violations(page) == []
    fail.no_more()
    page.get_by_role("tab", name="In-app feed").click()
    page.get_by_role("button", name="Refresh the feed").click()
    expect(page.locator(".figure b").first).to_have_text("0")
    expect(figure).to_have_count(0)
