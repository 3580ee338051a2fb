"""What stands above the matrix of preferences: search, filter, reset. It draws and reports."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.raw import Behind, raw_button

RESET = (
    "Reset switches every channel on and drops the choices per workflow. Novu cannot forget a choice: it "
    "then stores “on”, not “never chosen”."
)


class MatrixBar:
    """Its two inputs live in the URL; `on_narrow` hears of what is typed or ticked."""

    def __init__(
        self,
        stage: Stage,
        find: str,
        only_off: bool,
        *,
        on_narrow: Callable[[str, bool], None],
        on_reset: Callable[[], Awaitable[None]],
    ) -> None:
        self.stage, self.on_narrow, self.on_reset = stage, on_narrow, on_reset
        self.find, self.only_off = find, only_off
        self.box: ui.input | None = None
        self.tick: ui.checkbox | None = None

    def draw(self, behind: Callable[[], Behind]) -> None:
        """Draw it (anew) where the caller stands; `behind` is asked when Raw is opened."""
        with html.div().classes("card-head"):
            self.box = ui.input(value=self.find, placeholder="Find a workflow").classes("feed-filter")
            self.box.mark("find-workflow").props.update(
                {"aria-label": "Find a workflow", "clearable": True, "autocomplete": "off"}
            )
            self.box.on_value_change(lambda e: self._narrow(e.value or "", self.only_off))
            self.tick = ui.checkbox("Only switched off", value=self.only_off).mark("only-off")
            self.tick.on_value_change(lambda e: self._narrow(self.find, bool(e.value)))
            html.span().classes("grow")
            raw_button(self.stage, behind, "preferences")
            reset = permission_button(
                "Reset", Permission.WRITE, self.stage, on_click=self.on_reset, icon="retry"
            ).mark("reset")
        note = html.p(RESET).classes("small muted matrix-note")
        reset.props["aria-describedby"] = note.html_id

    def set(self, find: str, only_off: bool) -> None:
        """Show another search: Back or Forward."""
        self.find, self.only_off = find, only_off
        if self.box and self.tick and not self.box.is_deleted:
            self.box.value, self.tick.value = find, only_off

    def _narrow(self, find: str, only_off: bool) -> None:
        if (find, only_off) != (self.find, self.only_off):
            self.find, self.only_off = find, only_off
            self.on_narrow(find, only_off)
