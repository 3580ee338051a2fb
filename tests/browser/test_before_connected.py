"""On a slow line what a person does before the page is connected, or answered, happens in its order."""

import re
import time
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.test_person import person

__all__ = ["person"]
ARRIVES_S = 30
THE_LATER_OVERTAKES = """() => {
    const usual = window.setTimeout, waiting = [];
    window.setTimeout = (call, ms, ...rest) =>
        ms === 10 && !window.did_handshake ? waiting.push(call) : usual(call, ms, ...rest);
    const watch = setInterval(() => {
        if (!window.did_handshake) return;
        clearInterval(watch);
        waiting.reverse().forEach((call) => call());
    }, 1);
}"""
"""NiceGUI lets each event wait by itself and look every 10 ms, so that chance decides which is sent first."""


class SlowLine:
    """Lets through what a page sends and holds up what it is answered, until it is let go."""

    def __init__(self, page: Page) -> None:
        self._held: list[str | bytes] | None = []
        page.route_web_socket(re.compile("socket.io"), self._join)

    def _join(self, near: WebSocketRoute) -> None:
        self._near = near
        near.connect_to_server().on_message(self._carry)

    def _carry(self, message: str | bytes) -> None:
        if self._held is None:
            self._near.send(message)
        else:
            self._held.append(message)

    def hold(self) -> None:
        self._held = []

    def await_held(self, page: Page, part: str) -> None:
        """An answer with this in it has come, and is held up."""
        last = time.monotonic() + ARRIVES_S
        while not any(part in str(message) for message in self._held or []):
            assert time.monotonic() < last, f"nothing with {part} has come"
            page.wait_for_timeout(20)

    def let_go(self) -> None:
        held, self._held = self._held or [], None
        for message in held:
            self._near.send(message)


def test_keys_pressed_before_the_page_is_connected_open_the_last_tab(
    page: Page, person: dict[str, Any]
) -> None:
    line = SlowLine(page)
    page.add_init_script(f"({THE_LATER_OVERTAKES})()")
    page.goto(f"/subscribers/{person['subscriberId']}")
    page.get_by_role("tab", name="Profile").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Preferences")).to_be_focused()
    expect(page.get_by_role("tab", name="Profile")).to_have_attribute("aria-selected", "true")
    line.let_go()
    expect(page.get_by_role("switch", name="E-mail for Welcome V2")).to_be_visible()
    expect(page.get_by_role("tab", name="Preferences")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("tab=preferences"))


def test_back_before_an_address_has_arrived_leaves_page_and_address_together(page: Page) -> None:
    line = SlowLine(page)
    line.let_go()
    page.goto("/jobs")
    page.get_by_role("link", name="Subscribers", exact=True).click()
    expect(page.get_by_role("button", name="Next page")).to_be_enabled()
    expect(page).to_have_url(re.compile("/subscribers$"))
    line.hold()
    page.get_by_role("button", name="Next page").click()
    line.await_held(page, "pushState")
    page.go_back()
    line.let_go()
    expect(page.get_by_role("heading", name="Bulk jobs", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("/jobs$"))
