"""axe on a page as it stands, in a theme."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.awaiting import settled

Theme = Literal["light", "dark"]
_axe = Axe()


def violations(page: Page, within: str | None = None) -> list[str]:
    """One line a violation: the rule, and the first element that breaks it; `within` is a CSS selector."""
    settled(page)
    found = _axe.run(page, context=within).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def violations_in_both_themes(page: Page, within: str | None = None) -> dict[Theme, list[str]]:
    """The violations by theme; the page is left dark. Pages follow the system where no theme was chosen."""
    found: dict[Theme, list[str]] = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_function(
            "dark => document.body.classList.contains('body--dark') === dark", arg=theme == "dark"
        )
        found[theme] = violations(page, within)
    return found


NONE: dict[Theme, list[str]] = {"light": [], "dark": []}
