"""The dialog for the four filters that the API has."""

from collections.abc import Callable

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.pages.subscribers.state import ListState
from dashboard.pages.subscribers.view import FIELD_WORDS
from dashboard.search import Field

HINTS: dict[Field, str] = {
    "email": "Any part of the address, in any case, such as @acme.example.",
    "phone": "Sign by sign as it is stored; the search box takes numbers in any format.",
    "name": "Any part of first and last name.",
    "id": "The whole id in the very same case: the API finds no part of an id.",
}


def open_filters(state: ListState, on_apply: Callable[[ListState], None]) -> None:
    """Ask for the filters; all that are given must hold."""
    dialog = Dialog("Filters", marker="filter-dialog")
    given = dict(state.chips())
    fields: dict[Field, TextField] = {}

    def apply() -> None:
        changed = state
        for field, box in fields.items():
            changed = changed.filtered(field, box.value)
        dialog.close()
        on_apply(changed)

    with dialog.content():
        html.p("Everyone listed meets all of these. They also hold for the search box, export and selection.")
        for field, words in FIELD_WORDS.items():
            box = TextField(words, value=given.get(field, ""), hint=HINTS[field], marker=f"filter-{field}")
            box.input.on("keydown.enter", apply)
            fields[field] = box
    with dialog.buttons():
        button("Cancel", on_click=dialog.close)
        button("Apply", look="primary", on_click=apply).mark("filter-apply")
    dialog.open()
