"""The feed's filters and pages, what stands behind each panel, and what a server does not tell."""

import re
import uuid
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import servers
from tests.browser.test_person import person, send

__all__ = ["person"]
SECRET = "https://hooks.slack.com/services/T0/B0/very-secret-part"
RAW = {"": ["reach", "profile"], "?tab=feed": ["feed"], "?tab=preferences": ["preferences"],
       "?tab=credentials": ["credentials"], "?tab=activity": ["runs", "topics"]}  # fmt: skip


def test_filters_narrow_the_feed_and_stand_in_the_address(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    who = person["subscriberId"]
    send(api_calls, who, "inbox-news", {"name": "News", "order": {"id": 7}})
    page.goto(f"/subscribers/{who}?tab=feed")
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")
    expect(messages).to_have_count(4)
    page.get_by_label("Payload", exact=True).fill("order.id=7")
    expect(messages).to_have_count(1)
    expect(page).to_have_url(re.compile("payload=order.id"))
    messages.get_by_role("button", name="Mark read").click()
    expect(page.locator(".figure b")).to_have_text(["3", "3"])
    page.get_by_label("Payload", exact=True).fill("")
    page.get_by_label("Which messages").select_option("unread")
    expect(messages).to_have_count(3)
    page.get_by_label("Which messages").select_option("unseen")
    expect(page).to_have_url(re.compile("show=unseen"))
    expect(messages).to_have_count(3)
    page.get_by_label("Which messages").select_option("all")
    page.get_by_label("Feed", exact=True).fill("nowhere")
    expect(page.get_by_text("No message matches")).to_be_visible()
    page.get_by_role("button", name="Clear the filter").click()
    expect(messages).to_have_count(4)


def test_a_feed_is_turned_page_by_page_and_back_returns(page: Page, api_calls: httpx.Client) -> None:
    who = f"long-{uuid.uuid4().hex[:8]}"
    for number in range(13):
        send(api_calls, who, "inbox-plain", {"name": f"number {number}"})
    page.goto(f"/subscribers/{who}?tab=feed")
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")
    expect(messages).to_have_count(10)
    page.get_by_role("button", name="Older messages").click()
    expect(messages).to_have_count(3)
    expect(page.get_by_text("Hello number 0", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Older messages")).to_be_disabled()
    page.go_back()
    expect(messages).to_have_count(10)


@pytest.mark.parametrize("query", RAW)
def test_what_is_behind_a_panel_can_be_pasted_and_holds_no_secret(
    page: Page, person: dict[str, Any], api_calls: httpx.Client, query: str
) -> None:
    path = f"/v1/subscribers/{person['subscriberId']}/credentials"
    body = {
        "providerId": "slack",
        "integrationIdentifier": "slack-main",
        "credentials": {"webhookUrl": SECRET},
    }
    api_calls.put(path, json=body).raise_for_status()
    page.goto(f"/subscribers/{person['subscriberId']}{query}")
    dialog = page.get_by_role("dialog")
    for name in RAW[query]:
        page.get_by_role("button", name=f"Raw: {name} as JSON and as an API call").click()
        expect(dialog).to_contain_text("Authorization: ApiKey $NOVU_SECRET_KEY")
        expect(dialog).to_contain_text("ApiKey YOUR_NOVU_SECRET_KEY")
        expect(dialog.get_by_role("region", name="Answer")).to_contain_text(re.compile(r"[\[{]"))
        said = dialog.inner_text()
        assert person["subscriberId"] in said
        assert servers.KEY not in said
        assert "very-secret-part" not in said
        dialog.get_by_role("button", name="Close").first.click()
        expect(dialog).to_have_count(0)
