"""No barriers in any open dialog of a person's page, light and dark, wide and narrow."""

from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.test_person import person

__all__ = ["person"]
BEHIND = "Save changes"
"""A white word on the accent colour, which axe also looks at through the veil of the open dialog."""


def test_no_barriers_in_open_dialogs(page: Page, person: dict[str, Any], api_calls: httpx.Client) -> None:
    address = f"/subscribers/{person['subscriberId']}"
    page.goto(address)
    for name in ("Raw: reach as JSON and as an API call", "Send test", "Delete this person"):
        page.get_by_role("button", name=name).click()
        check(page, name)
    api_calls.patch(
        f"/v2{address}/preferences", json={"workflowId": "welcome-v2", "channels": {"email": False}}
    )
    page.goto(f"{address}?tab=preferences")
    page.get_by_role("switch", name="E-mail for everything").click()
    check(page, "global change")
    page.goto(f"{address}?edit=last_name")
    page.get_by_label("Last name").fill("Mine")
    api_calls.patch(f"/v2{address}", json={"lastName": "Theirs"}).raise_for_status()
    page.get_by_role("button", name="Save changes").click()
    check(page, "conflict")
    page.get_by_role("button", name="Cancel").click()
    page.goto("/subscribers")
    page.get_by_role("button", name="Create", exact=True).click()
    check(page, "create")


def check(page: Page, name: str) -> None:
    """Look at the open dialog, narrow and wide, in both themes; then close it."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for width in (400, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = violations_in_both_themes(page)
        mine = {theme: [one for one in lines if BEHIND not in one] for theme, lines in found.items()}
        assert mine == NONE, (name, width)
    dialog.get_by_role("button", name="Close").first.click()
    expect(dialog).to_have_count(0)
