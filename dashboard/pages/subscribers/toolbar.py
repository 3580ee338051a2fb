"""The row under the head: the search box, buttons for filters, look and saved views, and the chips."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.icons import icon
from dashboard.pages.subscribers.state import ListState
from dashboard.pages.subscribers.view import FIELD_WORDS, OnGo

DEBOUNCE_MS = 150
Act = Callable[[], None]
OnText = Callable[[str], None]


class Toolbar:
    """Draws itself where it is made and follows the state by `show`."""

    def __init__(  # noqa: PLR0913 - a row of controls, each with what it does
        self,
        state: ListState,
        *,
        on_go: OnGo,
        on_text: OnText,
        on_enter: OnText,
        on_down: Act,
        filters: Act,
        look: Act,
        views: Act,
    ) -> None:
        self._on_go, self._filters = on_go, filters
        with html.div().classes("row-x wrap"):
            self._box = SearchBox(state.text, on_text=on_text, on_enter=on_enter, on_down=on_down)
            button("Filters", icon="filter", on_click=filters).mark("filters")
            button("View", icon="columns", on_click=look).mark("look")
            button("Saved", icon="star", on_click=views).mark("views")
        self._chips = html.div().classes("row-x wrap")
        self.show(state)

    def show(self, state: ListState) -> None:
        """Put the text into the box, as if it had been typed, and the filters into chips."""
        self._box.show(state.text)
        has_chips = bool(state.chips()) or state.needs_scan
        if has_chips or self._chips.visible:
            with self._chips.clear():
                draw_chips(state, self._on_go, self._filters)
            self._chips.set_visibility(has_chips)


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
    """What narrows the list, each with a way to take it off."""
    for field, text in state.chips():
        _chip(f"{FIELD_WORDS[field]} ", text, state.filtered(field, ""), on_go, on_edit).mark(f"chip-{field}")
    for key, words in state.conditions.parts():
        without = state.on_conditions(state.conditions.without(key))
        _chip("", words, without, on_go, on_edit).mark(f"chip-{key}")
    if state.anywhere:
        _chip("", "Search in all data", state.searching(state.text), on_go, on_edit)


def _chip(words: str, text: str, without: ListState, on_go: OnGo, on_edit: Callable[[], None]) -> html.Tag:
    with html.span().classes("filter-chip") as chip:
        edit = html.button().classes("clip").attributes(type="button")
        with edit:
            html.span(words)
            html.b(text)
        edit.on("click", on_edit)
        off = html.button().classes("off")
        off.attributes(type="button", aria_label=f"Remove the filter {words}{text}")
        off.on("click", partial(on_go, without))
        with off:
            ui.icon(icon("close"), size="13px").props('aria-hidden="true"')
    return chip
