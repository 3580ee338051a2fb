"""Counts what an operator does: each click, each typed or pasted value and each key that acts is one step."""

from playwright.sync_api import Locator, Page


class Steps:
    """Drives a page for the operator and counts; looking and waiting cost nothing."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def click(self, target: Locator) -> None:
        self.count += 1
        target.click()

    def type(self, target: Locator, text: str) -> None:
        """Paste or type a value into a field, the focus included."""
        self.count += 1
        target.fill(text)

    def press(self, key: str) -> None:
        """A key that does something by itself, such as Enter."""
        self.count += 1
        self._page.keyboard.press(key)
