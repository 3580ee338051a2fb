"""Joining and leaving topics, runs narrowed in the address, and who else has the same e-mail."""

import re
import uuid
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.test_person import person

__all__ = ["person"]


def topics_of(api: httpx.Client, subscriber_id: str) -> list[str]:
    found = api.get(f"/v2/subscribers/{subscriber_id}/subscriptions").json()["data"]
    return [one["topic"]["key"] for one in found]


def test_a_topic_is_joined_by_keyboard_left_again_and_both_can_be_taken_back(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    who, key = person["subscriberId"], f"t-{uuid.uuid4().hex[:8]}"
    page.goto(f"/subscribers/{who}?tab=activity")
    topics = page.get_by_role("region", name="Topics")
    topics.get_by_role("button", name="Join a topic").press("Enter")
    dialog = page.get_by_role("dialog", name="Join a topic")
    expect(dialog.get_by_label("Topics that exist")).to_be_visible()
    dialog.get_by_label("Topic key").fill(key)
    expect(dialog.get_by_text("joining makes a new one")).to_be_visible()
    assert violations_in_both_themes(page) == NONE
    dialog.get_by_label("Topic key").press("Enter")
    expect(topics.get_by_role("listitem")).to_contain_text(key)
    expect(dialog).to_have_count(0)
    assert topics_of(api_calls, who) == [key]
    page.get_by_role("button", name="Undo").click()
    expect(topics.get_by_text("belongs to no topic")).to_be_visible()
    assert topics_of(api_calls, who) == []
    topics.get_by_role("button", name="Join a topic").click()
    dialog.get_by_label("Topics that exist").select_option("incidents")
    dialog.get_by_role("button", name="Join", exact=True).click()
    topics.get_by_role("button", name=re.compile("Leave: .*incidents")).click()
    expect(topics.get_by_text("belongs to no topic")).to_be_visible()
    page.locator(".undo-toast", has_text="Left").get_by_role("button", name="Undo").click()
    expect(topics.get_by_role("listitem")).to_contain_text("incidents")
    assert topics_of(api_calls, who) == ["incidents"]


def test_runs_are_narrowed_in_the_address_and_one_transaction_stands_together(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    who, transaction = person["subscriberId"], f"txn-{uuid.uuid4().hex[:8]}"
    for workflow in ("inbox-plain", "welcome-v2"):
        body = {"name": workflow, "to": {"subscriberId": who}, "transactionId": transaction, "payload": {}}
        api_calls.post("/v1/events/trigger", json=body).raise_for_status()
    page.goto(f"/subscribers/{who}?tab=activity")
    runs = page.get_by_role("region", name="Runs of workflows")
    steps = runs.get_by_text("Steps", exact=True)
    expect(steps).to_have_count(5)
    runs.get_by_role("button", name=f"Only this transaction: {transaction}").first.click()
    expect(steps).to_have_count(2)
    expect(page).to_have_url(re.compile(f"transaction={transaction}"))
    runs.get_by_label("Channel").select_option("email")
    expect(steps).to_have_count(1)
    expect(page).to_have_url(re.compile("channel=email"))
    page.reload()
    expect(steps).to_have_count(1)
    assert violations_in_both_themes(page) == NONE
    runs.get_by_label("From (UTC)").fill("2999-01-01")
    runs.get_by_label("From (UTC)").press("Enter")
    expect(runs.get_by_text("No run matches")).to_be_visible()
    page.go_back()
    expect(steps).to_have_count(1)
    runs.get_by_role("button", name="Clear the filter").click()
    expect(steps).to_have_count(5)


def test_the_profile_names_who_else_has_the_same_email_and_phone(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    twin = f"twin-{uuid.uuid4().hex[:8]}"
    shared = {"email": person["email"].upper(), "phone": person["phone"]}
    body = {"subscriberId": twin, **shared, "data": {"plan": "pro"}}
    api_calls.post("/v2/subscribers", json=body).raise_for_status()
    page.goto(f"/subscribers/{person['subscriberId']}")
    hint = page.get_by_role("status").filter(has_text="Same e-mail as:")
    expect(hint).to_contain_text("Same phone as:")
    hint.get_by_role("link", name=twin).first.click()
    expect(page.get_by_text(person["email"].upper()).first).to_be_visible()
    expect(page.get_by_text("14 bytes as JSON")).to_be_visible()
    expect(page.get_by_role("link", name=person["subscriberId"]).first).to_be_visible()
    assert violations_in_both_themes(page) == NONE
