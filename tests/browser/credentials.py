"""What the credentials' tests share: writing past the dashboard, reading what is stored, finding a card."""

import re
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import Steps

LONG = "abc:" + "x" * 70
"""Begins a token that looks as tokens do."""


def create(api_calls: httpx.Client, name: str) -> str:
    """Someone of whom nothing is stored."""
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


def open_tab(page: Page, person: str, fix: str = "") -> None:
    page.goto(f"/subscribers/{person}?tab=credentials{f'&fix={fix}' if fix else ''}")
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


def undo_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Undo")
