"""The parts of the list page: search box, chips, pager. They draw and report; they ask the API nothing."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from dashboard import wording
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.icons import icon
from dashboard.components.people_table import TableLook
from dashboard.pages.subscribers.loading import ListView
from dashboard.pages.subscribers.look import SIZES
from dashboard.pages.subscribers.state import ListState
from dashboard.search import Field

DEBOUNCE_MS = 200
FIELD_WORDS: dict[Field, str] = {
    "email": "E-mail contains",
    "phone": "Phone contains",
    "name": "Name contains",
    "id": "Id is exactly",
}
OnGo = Callable[[ListState], None]


def look(state: ListState, *, chosen: frozenset[str], has_shortcuts: bool) -> TableLook:
    """The table as the state wants it."""
    return TableLook(
        state.look.table_columns,
        state.sort,
        state.descending,
        compact=state.look.is_compact,
        selectable=True,
        shortcuts=has_shortcuts,
        chosen=chosen,
    )


class SearchBox:
    """One box for id, e-mail, phone and name. It reports what is typed once the typing pauses.

    Enter reports at once; the arrow down asks to go on in the rows.
    """

    def __init__(
        self,
        text: str,
        *,
        on_text: Callable[[str], None],
        on_enter: Callable[[str], None],
        on_down: Callable[[], None],
    ) -> None:
        self._box = ui.input(value=text, placeholder="Find by e-mail, phone, name or id")
        self._box.classes("search-box").mark("search")
        self._box.props.update(
            {
                "debounce": DEBOUNCE_MS,
                "clearable": True,
                "type": "search",
                "autocomplete": "off",
                "aria-label": "Find subscribers by e-mail, phone, name or id",
                "clear-icon": icon("close"),
            }
        )
        with self._box.add_slot("prepend"):
            ui.icon(icon("search"), size="18px").props('aria-hidden="true"')
        with self._box.add_slot("append"):
            html.kbd("/").props('aria-hidden="true"')
        self._box.on_value_change(lambda e: on_text(e.value or ""))
        self._box.on(
            "keydown.enter", lambda e: on_enter(str(e.args)), js_handler="(e) => emit(e.target.value)"
        )
        self._box.on("keydown.down", on_down, js_handler="(e) => { e.preventDefault(); emit(); }")

    def show(self, text: str) -> None:
        """Put a text into the box, as if it had been typed."""
        self._box.value = text


def draw_chips(state: ListState, on_go: OnGo, on_edit: Callable[[], None]) -> None:
    """The filters that are set, each with a way to take it off."""
    for field, text in state.chips():
        with html.span().classes("filter-chip").mark(f"chip-{field}"):
            edit = html.button().classes("clip").attributes(type="button")
            with edit:
                html.span(f"{FIELD_WORDS[field]} ")
                html.b(text)
            edit.on("click", on_edit)
            off = html.button().classes("off")
            off.attributes(type="button", aria_label=f"Remove the filter {FIELD_WORDS[field]} {text}")
            off.on("click", partial(on_go, state.filtered(field, "")))
            with off:
                ui.icon(icon("close"), size="13px").props('aria-hidden="true"')


def what_was_tried(state: ListState) -> str:
    """Which fields were asked, and by which rules."""
    parts: list[str] = []
    if not state.query.is_empty:
        equal = "exactly " if state.query.exact else ""
        parts.append(
            f"Looked for {equal}“{state.query.text}” in e-mail, name and, if it looks like one, "
            "phone number, and for exactly this id. Ids match only whole and in the same case."
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
        html.span(f"{wording.count(len(view.rows), 'person', 'people')} on this page").classes("muted small")
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
