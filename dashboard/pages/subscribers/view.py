"""The parts of the list page that follow its state: rows, pager, what was tried. They ask the API nothing."""

from collections.abc import Callable
from dataclasses import replace

from dashboard import wording
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.people_table import TableLook
from dashboard.pages.subscribers.loading import ListView
from dashboard.pages.subscribers.look import SIZES
from dashboard.pages.subscribers.state import ListState
from dashboard.search import Field

FIELD_WORDS: dict[Field, str] = {
    "email": "E-mail contains",
    "phone": "Phone contains",
    "name": "Name contains",
    "id": "Id is exactly",
}
SCAN_OFFER = "Not who you meant? The API finds no part of an id, no device token and no custom data."
OnGo = Callable[[ListState], None]


def look(state: ListState, *, chosen: frozenset[str], has_shortcuts: bool) -> TableLook:
    """The table as the state wants it. A scan knows one order only, and counts nothing."""
    columns = state.look.table_columns
    if state.needs_scan:
        columns = tuple(replace(one, sortable=one.key == "created") for one in columns if one.key != "unseen")
    return TableLook(
        columns,
        "created" if state.needs_scan else state.sort,
        state.descending,
        compact=state.look.is_compact,
        selectable=True,
        shortcuts=has_shortcuts,
        chosen=chosen,
    )


def draw_scan_offer(state: ListState, on_go: OnGo) -> None:
    """Under a search: what it could not find, and the way to find that."""
    with html.div().classes("row-x wrap"):
        html.span(SCAN_OFFER).classes("muted small")
        anywhere = state.looking_anywhere()
        button("Read everyone and look there", icon="search", on_click=lambda: on_go(anywhere)).mark("scan")


def what_was_tried(state: ListState) -> str:
    """Which fields were asked, and by which rules."""
    parts: list[str] = []
    if not state.query.is_empty:
        equal = "exactly " if state.query.exact else ""
        parts.append(
            f"Looked for {equal}“{state.query.text}” in e-mail, name and, if it looks like one, "
            "phone number, and for exactly this id: as it stands, in small letters and in capitals. The "
            "API finds no part of an id."
        )
    if state.chips():
        filters = ", ".join(f"{FIELD_WORDS[field]} “{text}”" for field, text in state.chips())
        parts.append(f"These filters hold as well: {filters}.")
    return " ".join(parts)


def draw_pager(view: ListView, state: ListState, *, on_go: OnGo) -> None:
    """First, Previous, Next and the page size."""
    with html.nav().classes("pager") as bar:
        bar.props["aria-label"] = "Pages"
        _step("First page", "first", None if state.is_first_page else state.first(), on_go)
        _step("Previous page", "previous", state.back(view.previous) if view.previous else None, on_go)
        _step("Next page", "next", state.forward(view.next) if view.next else None, on_go)
        here = f"{wording.count(len(view.rows), 'person', 'people')} on this page"
        html.span(f"Page {state.page:,} · {here}" if state.page else here).classes("muted small")
        html.span().classes("grow")
        choice(
            {str(size): f"{size} a page" for size in SIZES},
            str(state.look.size),
            label="People on a page",
            on_change=lambda size: on_go(state.sized(int(size))),
            marker="page-size",
        )


def _step(name: str, drawing: str, to: ListState | None, on_go: OnGo) -> None:
    step = button(icon=drawing, label=name, on_click=lambda: on_go(to) if to else None)
    step.mark(f"pager-{drawing}").set_enabled(to is not None)
