"""The dialog for columns, their order, density and sorting; each choice takes effect at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import labelled_choice
from dashboard.pages.subscribers.look import COLUMNS, FIRST, USUAL
from dashboard.pages.subscribers.state import ListState

ROWS = {"roomy": "Comfortable", "compact": "Compact"}
ORDERS = {
    "created-desc": "Newest first",
    "created-asc": "Oldest first",
    "updated-desc": "Last changed first",
    "updated-asc": "Longest unchanged first",
}


class LookDialog:
    """Columns are moved with buttons: dragging is nothing for a keyboard. `on_change` gets each new state."""

    def __init__(self, state: ListState, on_change: Callable[[ListState], None]) -> None:
        self.state, self.on_change = state, on_change
        rest = [key for key in COLUMNS if key != FIRST and key not in state.look.columns]
        self.order = [*state.look.columns, *rest]
        self.items: dict[str, html.Tag] = {}

    def open(self) -> None:
        dialog = Dialog("View options", marker="look-dialog")
        with dialog.content():
            self._draw_choices()
            html.h3("Columns")
            with html.ul().classes("column-order") as self.list:
                for key in self.order:
                    self._draw_column(key)
        with dialog.buttons():
            button("Reset to default", on_click=lambda: self._reset(dialog)).mark("look-reset")
            button("Done", look="primary", on_click=dialog.close)
        dialog.open()

    def _draw_choices(self) -> None:
        state = self.state
        order = f"{state.sort}-{'desc' if state.descending else 'asc'}"
        rows = "compact" if state.look.is_compact else "roomy"
        with html.div().classes("pairs"):
            labelled_choice(ORDERS, order, label="Sort by", on_change=self._on_order, marker="look-order")
            labelled_choice(ROWS, rows, label="Row height", on_change=self._on_rows, marker="look-rows")

    def _draw_column(self, key: str) -> None:
        label = COLUMNS[key].label
        with html.li().mark(f"column-{key}") as item:
            box = ui.checkbox(label, value=key in self.state.look.columns)
            box.on_value_change(lambda e: self._on_column(key, bool(e.value)))
            html.span().classes("grow")
            for drawing, name, step in (("up", "up", -1), ("down", "down", 1)):
                move = button(icon=drawing, label=f"Move {label} {name}", look="bare")
                move.on_click(partial(self._move, key, step, move))
        self.items[key] = item

    def _move(self, key: str, step: int, pressed: ui.button) -> None:
        at = self.order.index(key)
        to = min(max(at + step, 0), len(self.order) - 1)
        self.order.insert(to, self.order.pop(at))
        self.items[key].move(self.list, target_index=to)
        # What moves in the page loses the focus. The id is a number of ours.
        ui.run_javascript("getHtmlElement(%d).focus()" % pressed.id)  # noqa: UP031 - no text goes in
        self._take(self.state.looking(self.state.look.in_order(tuple(self.order))))

    def _on_column(self, key: str, on: bool) -> None:
        look = self.state.look.with_column(key, on=on)
        self._take(self.state.looking(look.in_order(tuple(self.order))))

    def _on_rows(self, value: str) -> None:
        self._take(self.state.looking(replace(self.state.look, is_compact=value == "compact")))

    def _on_order(self, value: str) -> None:
        sort, _, direction = value.partition("-")
        known = "updated" if sort == "updated" else "created"
        self._take(replace(self.state.first(), sort=known, descending=direction != "asc"))

    def _reset(self, dialog: Dialog) -> None:
        self._take(replace(self.state.first(), look=USUAL, sort="created", descending=True))
        dialog.close()

    def _take(self, state: ListState) -> None:
        self.state = state
        self.on_change(state)
