"""The bar that says who is selected and what can be done to them; it stays in view while scrolling."""

from collections.abc import Callable, Sequence
from functools import partial

from dashboard import wording
from dashboard.auth import Permission
from dashboard.components import comparing, html
from dashboard.components.buttons import button
from dashboard.components.compare_dialog import CompareDialog
from dashboard.components.people_table import PersonRow
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.jobs import Kind
from dashboard.pages.subscribers.bulk_dialog import BulkDialog
from dashboard.pages.subscribers.selection import Selection
from dashboard.pages.subscribers.state import ListState

CHANGES = (
    (Kind.READ, "Mark all read", "done", Permission.WRITE),
    (Kind.LOCALE, "Set language", "edit", Permission.WRITE),
    (Kind.TIMEZONE, "Set time zone", "clock", Permission.WRITE),
    (Kind.DELETE, "Delete", "trash", Permission.DELETE),
)


class SelectionBar:
    """Hidden while nobody is selected. Its buttons are built once, so that the focus stays where it is.

    They are built when first somebody is: most lists are only read, and the buttons cost 80 kB a page.
    """

    def __init__(self, stage: Stage, *, on_clear: Callable[[], None], on_all: Callable[[], None]) -> None:
        self.stage, self.on_clear, self.on_all = stage, on_clear, on_all
        self.selection, self.state = Selection(), ListState()
        self.is_built = False
        self.bar = html.div().classes("selection-bar").mark("selection-bar")
        self.bar.attributes(role="region", aria_label="Selection")
        self.said = html.span().classes("visually-hidden").attributes(role="status")
        self.bar.set_visibility(False)

    def build(self) -> None:
        self.is_built = True
        with self.bar:
            self.line = html.span().classes("num").mark("selected")
            self.all = button("", look="bare", on_click=self.on_all).mark("select-everyone")
            html.span().classes("grow")
            self.side = button("Compare", icon="columns", on_click=self.compare).mark("compare")
            for kind, text, icon, permission in CHANGES:
                look = "danger" if kind is Kind.DELETE else "quiet"
                permission_button(
                    text, permission, self.stage, icon=icon, look=look, on_click=partial(self.change, kind)
                ).mark(f"bulk-{kind.value}")
            button(icon="close", label="Clear the selection", look="bare", on_click=self.on_clear)

    def show(
        self, selection: Selection, state: ListState, rows: Sequence[PersonRow], total: wording.Total
    ) -> None:
        """Say who is selected; offer everyone who matches once a whole page is ticked."""
        self.selection, self.state = selection, state
        self.bar.set_visibility(not selection.is_empty)
        if selection.is_empty and not self.is_built:
            return
        if not self.is_built:
            self.build()
        words = "" if selection.is_empty else selection.words(rows, total)
        self.said.text = self.line.text = words
        is_page = bool(rows) and len(selection.on_page(rows)) == len(rows)
        has_more = total.number is None or total.number > len(rows)
        self.all.set_visibility(is_page and has_more and not selection.is_everyone)
        self.side.set_visibility(not selection.is_everyone and 2 <= len(selection.people) <= comparing.MOST)
        is_counted = total.number is not None and total.bound == "exactly"
        self.all.text = f"Select all {wording.total(total)}" if is_counted else "Select everyone who matches"

    def compare(self) -> None:
        CompareDialog(self.stage, list(self.selection.people)).open()

    def change(self, kind: Kind) -> None:
        BulkDialog(self.stage, kind, self.selection, self.state).open()
