"""The parts of the list page that follow its state: table look, pager, what was tried. No API calls."""

from collections.abc import Callable
from dataclasses import replace

from nicegui import ui

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
SCAN_OFFER = "Not who you meant? Novu cannot search for part of an id, a device token or custom data."
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


def what_was_tried(state: ListState) -> str:
    """Which fields were asked, and by which rules."""
    parts: list[str] = []
    if not state.query.is_empty:
        equal = "exactly " if state.query.exact else ""
        has_phones = any(ask.field == "phone" for ask in state.asks())
        fields = "e-mail addresses, names and phone numbers" if has_phones else "e-mail addresses and names"
        parts.append(
            f"Looked for {equal}“{state.query.text}” in {fields}, and as a full id: as typed, in lower case "
            "and in upper case."
        )
    if state.chips():
        filters = ", ".join(f"{FIELD_WORDS[field]} “{text}”" for field, text in state.chips())
        parts.append(f"Filters: {filters}.")
    return " ".join(parts)


def clear_words(state: ListState) -> str:
    """What stands on the button that shows everyone again."""
    if not state.chips():
        return "Clear search"
    return "Clear filters" if state.query.is_empty else "Clear search and filters"


class Pager:
    """First, Previous, Next and the page size. Built once: drawing costs time, and the focus stays."""

    def __init__(self, on_go: OnGo) -> None:
        self._on_go = on_go
        self._state = self._begin = self._back = self._forward = ListState()
        with html.nav().classes("pager") as bar:
            bar.props["aria-label"] = "Pages"
            self._first = self._step("First page", "first", lambda: self._begin)
            self._previous = self._step("Previous page", "previous", lambda: self._back)
            self._next = self._step("Next page", "next", lambda: self._forward)
            self._here = html.span().classes("muted small grow")
            self._size = choice(
                {str(size): f"{size} per page" for size in SIZES},
                "",
                label="People per page",
                on_change=lambda size: on_go(self._state.sized(int(size))),
                marker="page-size",
            )

    def show(self, view: ListView, state: ListState) -> None:
        """Where the list is, and where one can go from there."""
        self._state = state
        self._begin = state.first()
        self._back = state.back(view.previous) if view.previous else state
        self._forward = state.forward(view.next) if view.next else state
        self._first.set_enabled(not state.is_first_page)
        self._previous.set_enabled(view.previous is not None)
        self._next.set_enabled(view.next is not None)
        here = f"{wording.count(len(view.rows), 'person', 'people')} on this page"
        self._here.text = f"Page {state.page:,} · {here}" if state.page else here
        self._size.props["value"] = str(state.look.size)

    def _step(self, name: str, drawing: str, to: Callable[[], ListState]) -> ui.button:
        step = button(icon=drawing, label=name, on_click=lambda: self._on_go(to()))
        return step.mark(f"pager-{drawing}")


class ScanOffer:
    """Under a search: what it cannot find, and a button that scans for it."""

    def __init__(self, on_click: Callable[[], None]) -> None:
        self._on_click = on_click
        self._place = html.div().classes("row-x wrap")
        self._place.set_visibility(False)

    def show(self, *, on: bool) -> None:
        if on == self._place.visible:
            return
        self._place.set_visibility(on)
        with self._place.clear():
            if on:
                html.span(SCAN_OFFER).classes("muted small")
                button("Scan everyone", icon="search", on_click=self._on_click).mark("scan")
