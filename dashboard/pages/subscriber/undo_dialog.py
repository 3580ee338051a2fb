"""The changes of one person that this tab can still undo, as a list."""

from collections.abc import Callable

from dashboard import wording
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.keep_place import keep_place
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.undoing import MOST, Change, changes_of, undo

HOW = f"The last {MOST} changes made in this tab. They are undone one by one, the newest first."
NOTHING = "Nothing to undo: this person was not changed in this tab. All changes are listed under Activity."


class UndoDialog:
    """Newest first, for what was changed twice goes back in that order; `on_undone` shows what is stored."""

    def __init__(self, stage: Stage, subscriber_id: str, *, on_undone: Callable[[], object]) -> None:
        self.stage, self.subscriber_id, self.on_undone = stage, subscriber_id, on_undone
        self.dialog = Dialog("Undo changes", marker="undo-dialog")
        keep_place(self.dialog.body)

    def open(self) -> None:
        self._draw()
        with self.dialog.buttons():
            button("Close", on_click=self.dialog.close)
        self.dialog.open()

    def _draw(self) -> None:
        changes = changes_of(self.stage, self.subscriber_id)
        with self.dialog.content():
            html.p(HOW if changes else NOTHING).classes("muted small").attributes(role="status")
            with html.ol().classes("undo-list"):
                for number, change in enumerate(changes):
                    self._draw_change(change, is_next=number == 0)

    def _draw_change(self, change: Change, *, is_next: bool) -> None:
        with html.li().classes("row-x between"):
            with html.div().classes("grow"):
                html.p(change.text).classes("breakable")
                html.p(wording.ago(change.at, self.stage.ctx.clock.now())).classes("muted small")
            if is_next:

                async def take_back() -> None:
                    await undo(self.stage, change, self._show)

                permission_button(
                    "Undo", Permission.WRITE, self.stage, label=f"Undo: {change.text}", on_click=take_back
                )

    def _show(self) -> None:
        if self.dialog.is_open:
            self._draw()
        self.on_undone()
