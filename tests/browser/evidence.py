"""What a failed test leaves for whoever reads the log of CI: where its pages were and what they showed."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

PATIENCE_MS = 5_000
MOST_LINES = 80


def of(browser: Browser, folder: Path) -> str:
    """All open pages in words; a picture of each is left in `folder`."""
    pages = [page for context in browser.contexts for page in context.pages]
    return "\n\n".join(
        "\n".join(_told(page, folder / f"page-{number}.png")) for number, page in enumerate(pages)
    )


def _told(page: Page, picture: Path) -> Iterator[str]:
    yield page.url
    try:
        page.screenshot(path=picture, full_page=True, timeout=PATIENCE_MS)
        yield f"as seen: {picture}"
        lines = page.locator("body").aria_snapshot(timeout=PATIENCE_MS).splitlines()
    except Error as error:  # it hangs, or has just gone
        yield f"no more can be told: {error.message}"
        return
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"… and {len(lines) - MOST_LINES} lines more"
