"""What tests wait for where no single element tells: a page at rest, a text on the clipboard."""

from playwright.sync_api import Page

_AT_REST = """() =>
    !document.querySelector('.bone, .bones, .stale, .progress-line')
    && !document.querySelector('[class*="-enter-active"], [class*="-leave-active"]')
    && document.getAnimations().every(one => one.playState !== 'running')"""
_CLIPBOARD = "navigator.clipboard.readText()"
_HOLDS = f"part => {_CLIPBOARD}.then(text => text.includes(part))"


def settled(page: Page) -> None:
    """Nothing loads and nothing moves any more."""
    page.wait_for_function(_AT_REST)


def copied(page: Page, part: str) -> str:
    """What is on the clipboard, once `part` stands in it: a page puts it there some time after the click."""
    page.wait_for_function(_HOLDS, arg=part)
    return str(page.evaluate(_CLIPBOARD))
