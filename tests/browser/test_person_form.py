"""The form of a profile: what is typed survives, and is never sent over what somebody else wrote."""

import uuid
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.test_person import person, stored

__all__ = ["person"]


def test_a_dropped_connection_loses_nothing_that_was_typed(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    page.goto(f"/subscribers/{person['subscriberId']}?edit=last_name")
    page.get_by_label("Last name").fill("Typed before")
    expect(page.get_by_text("Will change: Last name.")).to_be_visible()
    page.evaluate("window.socket.io.engine.close()")
    page.get_by_label("First name").fill("Typed while away")
    page.wait_for_function("window.socket.connected")
    expect(page.get_by_label("Last name")).to_have_value("Typed before")
    expect(page.get_by_text("Will change: First name, Last name.")).to_be_visible()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Typed while away Typed before")
    assert stored(api_calls, person["subscriberId"])["lastName"] == "Typed before"


def test_a_draft_that_comes_back_is_not_saved_over_a_change_from_elsewhere(
    page: Page, person: dict[str, Any], api_calls: httpx.Client
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/subscribers/{person['subscriberId']}?edit=last_name")
    page.get_by_label("Last name").fill("Mine")
    api_calls.patch(
        f"/v2/subscribers/{person['subscriberId']}", json={"lastName": "Theirs"}
    ).raise_for_status()
    page.reload()
    expect(page.get_by_label("Last name")).to_have_value("Mine")
    expect(page.get_by_text("Will change: Last name.")).to_be_visible()
    page.get_by_role("button", name="Save changes").click()
    row = page.get_by_role("dialog").get_by_role("row").filter(has_text="Last name")
    expect(row.get_by_role("cell")).to_have_text(["Test", "Theirs", "Mine"])
    page.get_by_role("button", name="Keep what is stored").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Theirs")
    assert stored(api_calls, person["subscriberId"])["lastName"] == "Theirs"


def test_leaving_with_unsaved_changes_asks_and_staying_keeps_them(page: Page, person: dict[str, Any]) -> None:
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"/subscribers/{person['subscriberId']}?edit=last_name")
    page.get_by_label("Last name").fill("Half-typed")
    page.get_by_role("link", name="← Subscribers").click()  # returns once the question is answered
    expect(page.get_by_label("Last name")).to_have_value("Half-typed")
    assert "unsaved changes" in asked[0]
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Last name")).to_have_count(0)
    page.get_by_role("link", name="← Subscribers").click()
    expect(page.get_by_role("table")).to_be_visible()


def test_somebody_half_created_is_offered_again_after_a_reload(page: Page, api_calls: httpx.Client) -> None:
    who = f"half-{uuid.uuid4().hex[:8]}"
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/subscribers")
    page.get_by_role("button", name="Create", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Subscriber id").fill(who)
    dialog.get_by_label("E-mail").fill("not complete")
    page.reload()
    page.get_by_role("button", name="Create", exact=True).click()
    expect(dialog.get_by_text("What you had typed before is back")).to_be_visible()
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_text("This is not a complete e-mail address")).to_be_visible()
    dialog.get_by_label("E-mail").fill(f"{who}@example.com")
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(who)
    assert stored(api_calls, who)["email"] == f"{who}@example.com"
