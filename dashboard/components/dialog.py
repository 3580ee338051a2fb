"""A dialog with a title, a body and a row of buttons; it is deleted when it closes."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager

from nicegui import ui
from nicegui.element import Element

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.keep_place import give_back
from dashboard.feedback import reports_errors


class Dialog:
    """Opens over the page, is named by its title and gives the focus back when it closes.

    It outlives a redraw of the part that opened it, and goes with the page when somebody goes elsewhere.

    `persistent`: a click beside it or Esc does not close it, so that nothing typed or running is lost.
    """

    def __init__(self, title: str, *, marker: str, persistent: bool = False) -> None:
        with _page_or_frame():
            self._dialog = ui.dialog()
        self._is_persistent = persistent
        self._hold(persistent)
        self._dialog.on("hide", self._dialog.delete, args=[])
        self._is_busy = False
        with self._dialog, html.div().classes("dialog").mark(marker) as self._frame:
            with html.div().classes("dialog-head"):
                self._heading = html.h2(title)
                html.span().classes("grow")
                button(icon="close", label="Close", look="bare", on_click=self.close)
            self._dialog.props["aria-labelledby"] = self._heading.html_id
            self.body = html.div().classes("dialog-body")
            self.foot = html.div().classes("dialog-foot")
        give_back(self._dialog, self._frame)

    def rename(self, title: str) -> None:
        """Say more exactly what it is about."""
        self._heading.text = title

    @contextmanager
    def content(self) -> Generator[None]:
        """Draw into the body, replacing what was there."""
        with self.body.clear():
            yield

    @contextmanager
    def buttons(self) -> Generator[None]:
        """Draw the row of buttons, replacing what was there."""
        with self.foot.clear():
            yield

    def on_closed(self, handler: Callable[[], object]) -> None:
        """Call it when the dialog closes, whatever closes it."""
        self._dialog.on_value_change(lambda event: None if event.value else handler())

    @property
    def is_open(self) -> bool:
        return not self._dialog.is_deleted and self._dialog.value

    def open(self) -> None:
        self._dialog.open()

    def close(self) -> None:
        if not self._dialog.is_deleted:
            self._dialog.close()

    @reports_errors
    async def finish(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do it, once at a time, and close; a failure is said and leaves the dialog open, as it is."""
        if self._is_busy:
            return
        self._is_busy = True
        try:
            with self.held():
                await work()
        finally:
            self._is_busy = False
        self.close()

    @contextmanager
    def held(self) -> Generator[None]:
        """While work is under way in it, Esc or a click beside it does not close it either."""
        self._hold(True)
        try:
            yield
        finally:
            self._hold(self._is_persistent)

    def _hold(self, is_held: bool) -> None:
        self._dialog.props.update({"persistent": is_held, "no-esc-dismiss": is_held})


def _page_or_frame() -> Element:
    """The page that is shown; what belongs to no page, such as the palette, belongs to the frame."""
    ancestors = ui.context.slot.parent.ancestors(include_self=True)
    page = next((element for element in ancestors if isinstance(element, ui.sub_pages)), None)
    return page or ui.context.client.layout
