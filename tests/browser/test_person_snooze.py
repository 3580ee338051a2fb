"""A message is snoozed, brought back and deleted; the quiet hours are changed; all of it by keyboard too."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.steps import Steps
from tests.browser.test_person import person

__all__ = ["person"]
BERLIN = ZoneInfo("Europe/Berlin")


def notifications(api: httpx.Client, who: str, **wanted: str) -> list[dict[str, Any]]:
    return api.get(f"/v2/subscribers/{who}/notifications", params=wanted).json()["data"]


def schedule(api: httpx.Client, who: str) -> dict[str, Any]:
    return api.get(f"/v2/subscribers/{who}/preferences").json()["data"]["global"].get("schedule", {})


def check(page: Page) -> None:
    """No barriers in the open dialog, narrow and wide, in both themes."""
    expect(page.get_by_role("dialog")).to_be_visible()
    for width in (400, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations_in_both_themes(page) == NONE, width
    page.emulate_media(color_scheme="light")


def test_a_message_is_snoozed_in_two_steps_brought_back_and_deleted(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    who = person["subscriberId"]
    page.goto(f"/subscribers/{who}?tab=feed")
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")
    figures = page.get_by_text(re.compile(r"\d unseen · "))
    dialog, steps = page.get_by_role("dialog"), Steps(page)
    steps.click(messages.first.get_by_role("button", name="Snooze"))
    check(page)
    expect(dialog.get_by_text("On the person's clock (Europe/Berlin).")).to_be_visible()
    steps.click(dialog.get_by_role("button", name="Tomorrow at 9:00"))
    expect(figures).to_contain_text("1 snoozed")
    assert steps.count == 2
    [snoozed] = notifications(api_calls, who, snoozed="true")
    local = datetime.fromisoformat(snoozed["snoozedUntil"]).astimezone(BERLIN)
    assert (local.hour, local.minute) == (9, 0)
    assert local.date() - datetime.now(BERLIN).date() <= timedelta(days=1)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("Alt+Z")
    expect(figures).to_contain_text("3 unseen · 3 unread · 0 archived · 0 snoozed")
    expect(dialog).to_have_count(0)
    messages.first.get_by_role("button", name="Snooze").press("Enter")
    page.get_by_role("button", name="Snooze until then").press("Enter")
    expect(dialog).to_contain_text("Choose a day and a time.")
    moment = datetime.now(UTC).astimezone(BERLIN) + timedelta(days=3)
    page.get_by_label("Or until").fill(f"{moment:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Snooze until then").press("Enter")
    expect(figures).to_contain_text("1 snoozed")
    page.get_by_label("Which messages").select_option("snoozed")
    expect(page).to_have_url(re.compile("show=snoozed"))
    expect(dialog).to_have_count(0)
    expect(messages).to_have_count(1)
    expect(messages).to_contain_text("Snoozed until")
    messages.get_by_role("button", name="Unsnooze").click()
    expect(page.get_by_text("No message matches")).to_be_visible()
    page.get_by_label("Which messages").select_option("all")
    expect(messages).to_have_count(3)
    messages.first.get_by_role("button", name="Archive").click()
    expect(figures).to_contain_text("1 archived · 0 snoozed")
    page.get_by_label("Which messages").select_option("archived")
    expect(messages).to_have_count(1)
    messages.get_by_role("button", name="Delete").click()
    expect(dialog).to_contain_text("It cannot be undone")
    check(page)
    dialog.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("No message matches")).to_be_visible()
    expect(figures).to_contain_text("0 archived · 0 snoozed")
    assert len(notifications(api_calls, who)) == 2


def test_quiet_hours_are_changed_and_taken_back(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    who = person["subscriberId"]
    page.goto(f"/subscribers/{who}?tab=preferences")
    hours, dialog = page.get_by_role("region", name="Quiet hours"), page.get_by_role("dialog")
    expect(hours).to_contain_text("None: messages may come at any time.")
    hours.get_by_role("button", name="Change quiet hours").press("Enter")
    expect(dialog).to_contain_text("there (Europe/Berlin)")
    expect(dialog.get_by_label("Friday")).to_have_value("09:00–17:00")
    check(page)
    dialog.get_by_label("Friday").fill("9 to late")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Write a time as in 09:00.")
    expect(dialog.get_by_label("Friday")).to_be_focused()
    dialog.get_by_label("Friday").fill("9-12, 13-15:30")
    expect(dialog.get_by_role("checkbox", name="Keep quiet outside these hours")).to_be_checked()
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(hours).to_contain_text("09:00–12:00, 13:00–15:30")
    expect(hours).to_contain_text("there (Europe/Berlin)")
    stored = schedule(api_calls, who)
    assert stored["isEnabled"]
    assert stored["weeklySchedule"]["saturday"] == {"isEnabled": False}
    page.get_by_role("button", name="Undo").click()
    expect(hours).to_contain_text("None: messages may come at any time.")
    assert not schedule(api_calls, who)["isEnabled"]
