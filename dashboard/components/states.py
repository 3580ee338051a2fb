"""Four faces of a panel without rows: loading, empty, no results, failed; never one for another."""

from collections.abc import Callable

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.icons import icon
from dashboard.feedback import Notice

Action = tuple[str, Callable[[], object]]
STILL = "Still waiting for the answer…"


def loading(rows: int = 6, *, label: str = "Loading", has_head: bool = False) -> None:
    """A skeleton in the shape of what comes; after two seconds the style sheet says that it is still awaited.

    `has_head`: a table's head stands above the rows, so that they do not move when they come.
    """
    with html.div().classes("loading-face headed" if has_head else "loading-face") as face:
        face.mark("loading").props.update({"role": "status", "data-still": STILL})
        html.span(label).classes("visually-hidden")
        html.div().classes("bones").style(f"--rows:{rows:d}").props('aria-hidden="true"')


def empty(title: str, text: str, *, icon_name: str = "people", action: Action | None = None) -> None:
    """There is nothing yet: say what will be here and how it comes."""
    with _face("empty", icon_name, title, text):
        _actions((action, "quiet"))


def no_results(title: str, text: str, *, clear: Action | None = None, level: int = 2) -> None:
    """Something is there, but nothing of it matches: name the filter and offer to clear it."""
    with _face("no-results", "search", title, text, level=level):
        _actions((clear, "quiet"))


def failed(notice: Notice, *, title: str, retry: Callable[[], object], level: int = 2) -> None:
    """It could not be loaded: say why, what to do, and offer to try again."""
    with _face("failed", "alert", title, notice.text, role="alert", level=level):
        if notice.detail:
            with html.details():
                html.summary("Details for support")
                html.pre(notice.detail)
        _actions((("Retry", retry), "quiet"))


def _face(
    marker: str, icon_name: str, title: str, text: str, *, role: str = "status", level: int = 2
) -> html.Tag:
    """`level` 1 where the face is the whole page, so that the page has its heading."""
    face = html.div().classes(f"face {marker}").mark(marker)
    face.props["role"] = role
    with face:
        ui.icon(icon(icon_name)).props('aria-hidden="true"')
        (html.h1 if level == 1 else html.h2)(title)
        html.p(text).classes("breakable")
    return face


def _actions(*offers: tuple[Action | None, str]) -> None:
    with html.div().classes("actions"):
        for action, look in offers:
            if action:
                button(action[0], on_click=action[1], look=look)
