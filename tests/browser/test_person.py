"""A person's page in a real browser: reach, profile, feed, preferences, deletion; steps are counted."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.awaiting import settled
from tests.browser.steps import Steps

TABS = ("profile", "feed", "preferences", "activity")


@pytest.fixture
def person(api_calls: httpx.Client) -> dict[str, Any]:
    """Somebody new with three in-app messages."""
    new = {
        "subscriberId": f"p-{uuid.uuid4().hex[:10]}",
        "firstName": "Ada",
        "lastName": "Test",
        "email": f"{uuid.uuid4().hex[:8]}@person.example.com",
        "phone": "+4915112345678",
        "timezone": "Europe/Berlin",
    }
    api_calls.post("/v2/subscribers", json=new).raise_for_status()
    for name in ("inbox-plain", "inbox-plain", "inbox-buttons"):
        send(api_calls, new["subscriberId"], name, {"name": "Ada"})
    return new


def send(api: httpx.Client, subscriber_id: str, workflow: str, payload: dict[str, Any]) -> None:
    body = {"name": workflow, "to": {"subscriberId": subscriber_id}, "payload": payload}
    api.post("/v1/events/trigger", json=body).raise_for_status()


def stored(api: httpx.Client, subscriber_id: str) -> dict[str, Any]:
    return api.get(f"/v2/subscribers/{subscriber_id}").json()["data"]


def feed(api: httpx.Client, subscriber_id: str) -> list[dict[str, Any]]:
    return api.get(f"/v1/subscribers/{subscriber_id}/notifications/feed").json()["data"]


def find(steps: Steps, page: Page, person: dict[str, Any]) -> None:
    """Paste and Enter: two steps, as in every journey."""
    page.goto("/subscribers")
    steps.type(page.get_by_label("Find subscribers by"), person["subscriberId"])
    steps.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada")


def test_why_no_push_arrives_is_read_in_three_steps(page: Page, person: dict[str, Any]) -> None:
    steps = Steps(page)
    find(steps, page, person)
    push = page.get_by_role("listitem").filter(has_text="Push")
    expect(push).to_contain_text("Not reachable")
    expect(push).to_contain_text("No device token for")
    push.get_by_role("link", name="Add credentials").click()
    expect(page.get_by_role("tab", name="Credentials")).to_have_attribute("aria-selected", "true")
    assert steps.count <= 3


def test_a_stuck_badge_is_cleared_in_four_steps_and_can_be_taken_back(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="In-app feed"))
    steps.click(page.get_by_role("button", name="Mark all read"))
    expect(page.locator(".figure b")).to_have_text(["0", "0"])
    assert steps.count <= 4
    assert all(one["read"] for one in feed(api_calls, person["subscriberId"]))
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".figure b")).to_have_text(["3", "3"])
    assert not any(one["read"] or one["seen"] for one in feed(api_calls, person["subscriberId"]))


def test_a_message_is_marked_and_its_button_pressed(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}?tab=feed")
    first = page.get_by_role("list", name="Messages").get_by_role("listitem").first
    first.get_by_role("button", name="Accept").click()
    expect(first.get_by_role("button", name="Accept: Record as not pressed")).to_be_visible()
    first.get_by_role("button", name="Mark seen").click()
    expect(page.locator(".figure b")).to_have_text(["2", "3"])
    pressed = feed(api_calls, person["subscriberId"])[0]
    assert pressed["seen"]
    assert pressed["cta"]["action"]["result"]["type"] == "primary"
    first.get_by_role("button", name="Decline: Record as pressed").click()
    expect(first.get_by_role("button", name="Decline: Record as not pressed")).to_be_visible()
    page.keyboard.press("Alt+Z")  # Undo
    expect(first.get_by_role("button", name="Accept: Record as not pressed")).to_be_visible()


def test_one_workflow_is_switched_off_in_four_steps_and_on_again_by_undo(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    def wanted() -> Any:
        rows = api_calls.get(f"/v2/subscribers/{person['subscriberId']}/preferences").json()["data"][
            "workflows"
        ]
        return next(one for one in rows if one["workflow"]["identifier"] == "welcome-v2")["channels"]["email"]

    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("tab", name="Preferences"))
    steps.click(page.get_by_role("switch", name="E-mail for Welcome V2"))
    expect(page.get_by_text("own choice")).to_be_visible()
    assert steps.count <= 4
    assert wanted() is False
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("switch", name="E-mail for Welcome V2")).to_be_checked()
    assert wanted() is True


def test_a_global_change_warns_of_what_it_drops_and_undo_brings_it_back(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    path = f"/v2/subscribers/{person['subscriberId']}/preferences"
    api_calls.patch(
        path, json={"workflowId": "inbox-plain", "channels": {"in_app": False}}
    ).raise_for_status()
    page.goto(f"/subscribers/{person['subscriberId']}?tab=preferences")
    everything = page.get_by_role("switch", name="In-app for everything")
    everything.click()
    expect(page.get_by_role("dialog")).to_contain_text("inbox plain")
    page.get_by_role("dialog").get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("switch", name="In-app for inbox news")).not_to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("switch", name="In-app for inbox news")).to_be_checked()
    expect(page.get_by_role("switch", name="In-app for inbox plain")).not_to_be_checked()


def test_only_the_changed_field_is_saved_and_bad_values_are_said_at_the_field(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}?edit=email")
    page.get_by_label("Time zone").fill("Europe/Berlni")
    page.get_by_label("Custom data").fill('{\n  "a": 1,\n}')
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Did you mean Europe/Berlin?")).to_be_visible()
    expect(page.get_by_text(re.compile("Line [23], column"))).to_have_count(
        2
    )  # at the field and in the summary
    page.get_by_label("Time zone").fill("Asia/Tokyo")
    page.get_by_label("Custom data").fill("")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Asia/Tokyo").first).to_be_visible()
    now = stored(api_calls, person["subscriberId"])
    assert (now["timezone"], now["email"], now["phone"]) == ("Asia/Tokyo", person["email"], person["phone"])


def test_a_change_from_elsewhere_is_shown_side_by_side(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}?edit=last_name")
    page.get_by_label("Last name").fill("Mine")
    api_calls.patch(
        f"/v2/subscribers/{person['subscriberId']}", json={"lastName": "Theirs"}
    ).raise_for_status()
    page.get_by_role("button", name="Save changes").click()
    row = page.get_by_role("dialog").get_by_role("row").filter(has_text="Last name")
    expect(row.get_by_role("cell")).to_have_text(["Test", "Theirs", "Mine"])
    assert stored(api_calls, person["subscriberId"])["lastName"] == "Theirs"
    page.get_by_role("button", name="Overwrite with mine").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Mine")


def test_what_was_typed_survives_a_reload(page: Page, person: dict[str, Any]) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/subscribers/{person['subscriberId']}?edit=last_name")
    page.get_by_label("Last name").fill("Half-typed")
    page.reload()
    expect(page.get_by_label("Last name")).to_have_value("Half-typed")
    expect(page.get_by_text("Will change: Last name.")).to_be_visible()


def test_an_erasure_takes_five_steps_and_leaves_a_file(
    page: Page, person: dict[str, Any], api_calls: httpx.Client, tmp_path: Path
) -> None:
    steps = Steps(page)
    find(steps, page, person)
    steps.click(page.get_by_role("button", name="Delete this person"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("3 in-app messages")
    steps.type(dialog.get_by_label(re.compile("Type the id")), person["subscriberId"])
    with page.expect_download() as download:
        steps.click(dialog.get_by_role("button", name="Delete for good"))
    expect(page).to_have_url(re.compile(r"/subscribers(\?|$)"))  # with the look kept for the operator, if any
    assert steps.count <= 5
    download.value.save_as(tmp_path / "all.json")
    kept = json.loads((tmp_path / "all.json").read_text())
    assert (kept["profile"]["email"], len(kept["messages"])) == (person["email"], 3)
    assert api_calls.get(f"/v2/subscribers/{person['subscriberId']}").status_code == 404
    page.goto(f"/audit?about={person['subscriberId']}")
    expect(page.get_by_role("listitem").filter(has_text="Delete a person").first).to_be_visible()


def test_a_test_message_is_seen_to_arrive(page: Page, person: dict[str, Any]) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}?tab=feed")
    expect(page.get_by_role("list", name="Messages").get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Send test").click()
    page.get_by_role("dialog").get_by_label("Payload").fill('{"name": "from a test"}')
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Hello from a test")).to_be_visible()


@pytest.mark.parametrize("query", ["?", "?edit=email", "?tab=feed", "?tab=preferences", "?tab=activity"])
def test_no_barriers(page: Page, person: dict[str, Any], query: str) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}{query}")
    expect(page.locator(".figure b").first).to_have_text("3")
    settled(page)
    for folded in page.locator(".tab-panel summary").all()[:3]:
        folded.click()
    for width in (1440, 400):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations_in_both_themes(page) == NONE, width


def test_three_people_with_tokens_are_created_in_eight_steps(page: Page, api_calls: httpx.Client) -> None:
    names = [f"quick-{uuid.uuid4().hex[:8]}" for _ in range(3)]
    steps = Steps(page)
    page.goto("/subscribers")
    steps.click(page.get_by_role("button", name="Create", exact=True))
    dialog = page.get_by_role("dialog")
    steps.count += 1
    dialog.get_by_label("How many").select_option("several")
    lines = "\n".join(f"{name}, {name}@example.com, , , , token-{name}" for name in names)
    steps.type(dialog.get_by_label("One person per line"), lines)
    steps.click(dialog.get_by_role("button", name="Create", exact=True))
    expect(dialog).to_have_count(0)
    assert steps.count <= 8
    for name in names:
        entry = stored(api_calls, name)["channels"][0]
        assert (entry["providerId"], entry["credentials"]["deviceTokens"]) == ("fcm", [f"token-{name}"])
