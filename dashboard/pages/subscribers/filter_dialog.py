"""The dialog for the filters: the four that the API has, and those for which everyone has to be read."""

from collections.abc import Callable

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.conditions import WORDS, Conditions, Lack, Span
from dashboard.pages.subscribers.state import ListState
from dashboard.pages.subscribers.view import FIELD_WORDS
from dashboard.search import Field

HINTS: dict[Field, str] = {
    "email": "Any part of the address, such as @acme.example. Case does not matter.",
    "phone": "Digit by digit, as stored. The search box takes numbers in any format.",
    "name": "Any part of the first or last name.",
    "id": "The full id, case-sensitive. Novu cannot search for part of an id.",
}


class FilterDialog:
    """All that are given must hold."""

    def __init__(self, state: ListState, on_apply: Callable[[ListState], None]) -> None:
        self.state, self.on_apply = state, on_apply
        self.dialog = Dialog("Filters", marker="filter-dialog")
        self.fields: dict[Field, TextField] = {}
        self.lacks: dict[Lack, ui.checkbox] = {}

    def open(self) -> None:
        with self.dialog.content():
            html.p("Only people who meet every filter are listed, exported and changed in bulk.")
            self._draw_fields()
            self._draw_conditions()
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            button("Apply", look="primary", on_click=self._apply).mark("filter-apply")
        self.dialog.open()

    def _draw_fields(self) -> None:
        given = dict(self.state.chips())
        with html.div().classes("pairs"):
            for field, words in FIELD_WORDS.items():
                box = TextField(
                    words,
                    value=given.get(field, ""),
                    hint=HINTS[field],
                    marker=f"filter-{field}",
                    focused=field == "email",
                )
                box.input.on("keydown.enter", self._apply)
                self.fields[field] = box

    def _draw_conditions(self) -> None:
        set_now = self.state.conditions
        html.h3("Filters that need a scan")
        html.p(
            "Novu cannot filter by these, so everyone who meets the filters above is read. The list shows "
            "how far it has got, and you can stop it at any time."
        ).classes("hint muted small")
        with html.div().classes("column-picks").attributes(role="group", aria_label="What is missing"):
            for one, words in WORDS.items():
                box = ui.checkbox(words, value=one in set_now.lacks).mark(f"filter-lacks-{one.value}")
                self.lacks[one] = box
        with html.div().classes("pairs"):
            self.created = _SpanFields("Created", set_now.created, marker="filter-created")
            self.updated = _SpanFields("Updated", set_now.updated, marker="filter-updated")

    def _apply(self) -> None:
        """Apply them all, or say which days are the wrong way round: nobody could be found then."""
        if not all([self.created.is_in_order(), self.updated.is_in_order()]):
            return
        changed = self.state
        for field, box in self.fields.items():
            changed = changed.filtered(field, box.value)
        lacks = frozenset(one for one, box in self.lacks.items() if box.value)
        conditions = Conditions(lacks, self.created.span(), self.updated.span())
        self.dialog.close()
        self.on_apply(changed.on_conditions(conditions))


class _SpanFields:
    """Two days, both included; either may stay empty."""

    def __init__(self, word: str, span: Span, *, marker: str) -> None:
        self.first = TextField(
            f"{word} from",
            value=str(span.first or ""),
            hint="First day, in UTC.",
            marker=f"{marker}-from",
        )
        self.last = TextField(
            f"{word} to", value=str(span.last or ""), hint="Last day, included.", marker=f"{marker}-to"
        )
        for box in (self.first, self.last):
            box.input.props["type"] = "date"

    def span(self) -> Span:
        return Span.from_text(f"{self.first.value}..{self.last.value}")

    def is_in_order(self) -> bool:
        """Whether the first day is not after the last one; the keyboard goes where it is wrong."""
        span = self.span()
        is_turned = span.first is not None and span.last is not None and span.first > span.last
        self.last.set_error(
            f"This is before {span.first}. Choose that day or a later one." if is_turned else None
        )
        if is_turned:
            self.last.focus()
        return not is_turned
