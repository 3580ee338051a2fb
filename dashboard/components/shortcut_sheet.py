"""The sheet of keyboard shortcuts, and the switch that turns the single keys off."""

from collections.abc import Callable

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog

SHEET = (
    ("/", "To the search box"),
    ("Enter", "In the search box: open the one who was found; in a row: open the person"),
    ("↓", "From the search box into the rows"),
    ("j  k", "Next and previous row; the arrow keys do the same inside the table"),
    ("o", "Look at the person beside the list, as Space does on a row; j and k walk on"),
    ("Esc", "Away from the person beside the list, back to the row"),
    ("x", "Select the row; with Shift up to this row"),
    ("b", "To what can be done with those selected"),
    ("n  p", "Next and previous page"),
    ("Ctrl K", "Find people and pages from anywhere"),
    ("Alt Z", "Undo the last change, as long as it is offered"),
    ("?", "This sheet"),
)


def open_shortcuts(*, are_on: bool, on_switch: Callable[[bool], object]) -> None:
    """Show what the keys do. Screen readers and speech input may need single keys for themselves."""
    dialog = Dialog("Keyboard", marker="shortcut-sheet")
    with dialog.content():
        with html.dl().classes("keys"):
            for keys, meaning in SHEET:
                with html.div():
                    with html.dt():
                        for key in keys.split("  "):
                            html.kbd(key)
                    html.dd(meaning)
        switch = ui.checkbox("Single keys do something on this page", value=are_on).mark("shortcut-switch")
        switch.on_value_change(lambda e: on_switch(bool(e.value)))
    with dialog.buttons():
        button("Close", look="primary", on_click=dialog.close)
    dialog.open()
