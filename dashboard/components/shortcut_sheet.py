"""The list of keyboard shortcuts, and the switch that turns single keys off."""

from collections.abc import Callable

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog

SHEET = (
    ("/", "Go to the search box"),
    ("Enter", "Open the person: in a row, or the only match of a search"),
    ("↓", "Go from the search box to the rows"),
    ("j  k", "Next or previous row; inside the table the arrow keys work, too"),
    ("o", "Preview the person beside the list, like Space in a row; j and k move on"),
    ("Esc", "Close the preview and return to the row"),
    ("x", "Select the row; with Shift, all rows up to it"),
    ("b", "Go to the actions for the selected people"),
    ("n  p", "Next or previous page"),
    ("Ctrl K", "Find people and pages from anywhere"),
    ("Alt Z", "Undo the last change while it is offered"),
    ("?", "Show these shortcuts"),
)


def open_shortcuts(*, are_on: bool, on_switch: Callable[[bool], object]) -> None:
    """Show what the keys do. Screen readers and speech input may need single keys for themselves."""
    dialog = Dialog("Keyboard shortcuts", marker="shortcut-sheet")
    with dialog.content():
        with html.dl().classes("keys"):
            for keys, meaning in SHEET:
                with html.div():
                    with html.dt():
                        for key in keys.split("  "):
                            html.kbd(key)
                    html.dd(meaning)
        switch = ui.checkbox("Use single-key shortcuts", value=are_on).mark("shortcut-switch")
        switch.on_value_change(lambda e: on_switch(bool(e.value)))
    with dialog.buttons():
        button("Close", look="primary", on_click=dialog.close)
    dialog.open()
