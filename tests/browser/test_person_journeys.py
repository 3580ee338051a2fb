"""More journeys of an operator on a person's page, each within its number of steps."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.steps import Steps
from tests.browser.test_person import feed, find, person, stored

__all__ = ["person"]
NAMED_BUT_NOT_COUNTED = """name => document.querySelector('h1')?.textContent.trim() === name
    && !document.querySelector('.figure b')"""


def test_online_state_and_counts_are_in_the_head_after_two_steps(page: Page, person: dict[str, Any]) -> None:
    steps = Steps(page)
    find(steps, page, person)
    expect(page.get_by_text("Never reported").first).to_be_visible()
    expect(page.get_by_text("there (Europe/Berlin)")).to_be_visible()
    expect(page.locator(".figure b")).to_have_text(["3", "3"])
    assert steps.count <= 2


def test_a_missing_token_is_found_in_three_steps_and_mended_in_three_more(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    api_calls.put(
        f"/v1/subscribers/{person['subscriberId']}/credentials",
        json={"providerId": "fcm", "integrationIdentifier": "fcm-main", "credentials": {"deviceTokens": []}},
    ).raise_for_status()
    steps = Steps(page)
    find(steps, page, person)
    push = page.get_by_role("listitem").filter(has_text="The token list of Firebase Cloud Messaging is empty")
    expect(push).to_contain_text("Not reachable")
    assert steps.count <= 3
    steps.click(push.get_by_role("link", name="Open Firebase Cloud Messaging"))
    dialog = page.get_by_role("dialog")
    steps.type(dialog.get_by_role("textbox").first, "abc:" + "x" * 70)
    steps.click(dialog.get_by_role("button", name=re.compile("^(Save|Add)")))
    expect(page.locator(".person")).to_contain_text("Push 1: Reachable")
    assert steps.count <= 6
    assert stored(api_calls, person["subscriberId"])["channels"][0]["credentials"]["deviceTokens"]


def test_whether_and_when_a_notice_was_seen_is_read_in_three_steps(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    newest = feed(api_calls, person["subscriberId"])[0]["_id"]
    path = f"/v1/subscribers/{person['subscriberId']}/messages/mark-as"
    api_calls.post(path, json={"messageId": [newest], "markAs": "read"}).raise_for_status()
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="In-app feed"))
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")
    expect(messages.first).to_contain_text(re.compile(r"Seen (just now|\d+ seconds? ago)"))
    expect(messages.first.get_by_text(re.compile("Read (just|[0-9])"))).to_have_attribute(
        "title", re.compile("UTC")
    )
    expect(messages.nth(1)).to_contain_text("Unseen")
    assert steps.count <= 3


def test_one_workflow_is_found_in_the_matrix_and_switched_off_in_four_steps(
    page: Page, person: dict[str, Any]
) -> None:
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="Preferences"))
    steps.click(page.get_by_role("switch", name="E-mail for Welcome V2"))
    expect(page.get_by_role("row").filter(has_text="welcome-v2")).to_contain_text("own choice")
    assert steps.count <= 4
    page.get_by_label("Find a workflow").fill("welc")
    expect(page).to_have_url(re.compile("find=welc"))
    page.get_by_role("checkbox", name="Only switched off").click()
    expect(page).to_have_url(re.compile("find=welc&off=1"))
    page.reload()
    expect(page.get_by_role("row")).to_have_count(3)  # the head, everything, and this one
    expect(page.get_by_label("Find a workflow")).to_have_value("welc")


def test_the_online_state_is_set_with_a_note_and_taken_back(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}")
    page.locator("summary", has_text="More").first.click()
    page.get_by_role("button", name="Set online").click()
    expect(page.get_by_text("Normally the person's own app reports this")).to_be_visible()
    expect(page.locator(".person").get_by_text("Online")).to_be_visible()
    assert stored(api_calls, person["subscriberId"])["isOnline"] is True
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".person").get_by_text("Seen just now")).to_be_visible()


def test_quiet_hours_are_shown_and_hold_a_channel_back(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    week = {day: {"isEnabled": False} for day in days}
    path = f"/v2/subscribers/{person['subscriberId']}/preferences"
    body = {"schedule": {"isEnabled": True, "weeklySchedule": week}}
    api_calls.patch(path, json=body).raise_for_status()
    page.goto(f"/subscribers/{person['subscriberId']}")
    row = page.get_by_role("listitem").filter(has_text="E-mail")
    expect(row).to_contain_text("The person's schedule has no open hours at all.")
    row.get_by_role("link", name="Open preferences").click()
    expect(page.get_by_role("region", name="Quiet hours")).to_contain_text("quiet all day")


def test_unseen_archived_and_put_off_are_compared_in_three_steps(page: Page, person: dict[str, Any]) -> None:
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="In-app feed"))
    expect(page.get_by_text("3 unseen · 3 unread · 0 archived · 0 snoozed")).to_be_visible()
    expect(page.get_by_role("list", name="Messages").get_by_text("Unseen").first).to_be_visible()
    assert steps.count <= 3


def test_the_rule_that_wins_is_read_in_three_steps(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    path = f"/v2/subscribers/{person['subscriberId']}/preferences"
    api_calls.patch(path, json={"channels": {"email": False}}).raise_for_status()
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="Preferences"))
    row = page.get_by_role("row").filter(has_text="Welcome V2")
    expect(row.get_by_text("overall")).to_have_attribute("title", re.compile("switched the channel off"))
    assert steps.count <= 3


def test_preferences_are_reset_in_four_steps(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    path = f"/v2/subscribers/{person['subscriberId']}/preferences"
    api_calls.patch(path, json={"channels": {"email": False}}).raise_for_status()
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="Preferences"))
    steps.click(page.get_by_role("button", name="Reset"))
    expect(page.get_by_role("switch", name="E-mail for everything")).to_be_checked()
    assert steps.count <= 4
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("switch", name="E-mail for everything")).not_to_be_checked()


def test_everything_about_a_person_is_one_file_in_four_steps(
    page: Page, person: dict[str, Any], tmp_path: Path
) -> None:
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.locator("summary", has_text="More").first)
    with page.expect_download() as download:
        steps.click(page.get_by_role("button", name="Download all data"))
    assert steps.count <= 4
    download.value.save_as(tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text())
    assert (found["profile"]["subscriberId"], len(found["messages"])) == (person["subscriberId"], 3)
    assert found["about"]["missing"] == []


def test_who_changed_something_here_is_read_in_three_steps(page: Page, person: dict[str, Any]) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}?tab=preferences")
    page.get_by_role("switch", name="E-mail for Welcome V2").click()
    expect(page.get_by_text("own choice")).to_be_visible()
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="Activity"))
    changes = page.get_by_role("list", name="Changes made here").get_by_role("listitem")
    expect(changes.first).to_contain_text("local")
    expect(changes.first).to_contain_text("Change preferences")
    expect(page.get_by_text("other tools change is not recorded here")).to_be_visible()
    assert steps.count <= 3


def test_a_person_opened_from_the_list_has_a_head_while_the_api_is_slow(
    page: Page, person: dict[str, Any], fail: Any
) -> None:
    page.goto(f"/subscribers?q={person['email']}")
    row = page.get_by_role("row").filter(has_text=person["subscriberId"])
    expect(row).to_be_visible()
    fail("GET /v2/subscribers/{subscriberId}", times=4, delay_s=5)
    row.get_by_role("link").first.click()
    page.wait_for_function(NAMED_BUT_NOT_COUNTED, arg="Ada Test")
    expect(page.locator(".figure b")).to_have_text(["3", "3"])


def test_the_keyboard_alone_switches_a_preference(page: Page, person: dict[str, Any]) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}")
    page.get_by_role("tab", name="Profile").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("switch", name="E-mail for Welcome V2")).to_be_visible()
    page.get_by_role("switch", name="E-mail for Welcome V2").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("own choice")).to_be_visible()
