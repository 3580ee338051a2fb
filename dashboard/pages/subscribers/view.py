"""The parts of the list page: search box, table, pager. They draw and report; they ask the API nothing."""

from collections.abc import Callable

from nicegui import ui

from dashboard import wording
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.icons import icon
from dashboard.components.people_table import TableColumn, TableLook
from dashboard.pages.subscribers.loading import ListView
from dashboard.pages.subscribers.state import SIZES, ListState

DEBOUNCE_MS = 200
COLUMNS = (
    TableColumn("person", "Person"),
    TableColumn("email", "E-mail", classes="wide-1"),
    TableColumn("phone", "Phone", classes="wide-2"),
    TableColumn("channels", "Reachable by", classes="wide-1"),
    TableColumn("unseen", "Unseen", classes="numeric"),
    TableColumn("online", "Online", classes="wide-2"),
    TableColumn("created", "Created", sortable=True, time=True, classes="wide-2"),
    TableColumn("updated", "Updated", sortable=True, time=True, classes="wide-2"),
)


def look(state: ListState) -> TableLook:
    """The table as the state wants it."""
    return TableLook(COLUMNS, state.sort, state.descending)


def search_box(text: str, on_text: Callable[[str], None]) -> ui.input:
    """One box for id, e-mail, phone and name. It reports what is typed once the typing pauses."""
    box = ui.input(value=text, placeholder="Find by e-mail, phone, name or id")
    box.classes("search-box").mark("search")
    box.props.update({"debounce": DEBOUNCE_MS, "clearable": True, "type": "search", "autocomplete": "off"})
    box.props.update(
        {"aria-label": "Find subscribers by e-mail, phone, name or id", "clear-icon": icon("close")}
    )
    with box.add_slot("prepend"):
        ui.icon(icon("search"), size="18px").props('aria-hidden="true"')
    with box.add_slot("append"):
        html.kbd("/").props('aria-hidden="true"')
    box.on_value_change(lambda e: on_text(e.value or ""))
    return box


def pager(
    view: ListView, state: ListState, *, on_go: Callable[[ListState], None], can_go_first: bool
) -> None:
    """First, Previous, Next and the page size."""
    with html.nav().classes("pager") as bar:
        bar.props["aria-label"] = "Pages"
        _step("First page", "first", state.first() if can_go_first else None, on_go)
        _step("Previous page", "previous", state.back(view.previous) if view.previous else None, on_go)
        _step("Next page", "next", state.forward(view.next) if view.next else None, on_go)
        html.span(f"{wording.count(len(view.rows), 'person', 'people')} on this page").classes("muted small")
        html.span().classes("grow")
        choice(
            {str(size): f"{size} a page" for size in SIZES},
            str(state.size),
            label="People on a page",
            on_change=lambda size: on_go(state.sized(int(size))),
            marker="page-size",
        )


def _step(name: str, drawing: str, to: ListState | None, on_go: Callable[[ListState], None]) -> None:
    step = button(icon=drawing, label=name, on_click=lambda: on_go(to) if to else None).mark(
        f"pager-{drawing}"
    )
    step.set_enabled(to is not None)
