"""A dialog with a title, a body and a row of buttons; it is deleted when it closes."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button


class Dialog:
    """Opens over the page, is named by its title and gives the focus back when it closes.

    `persistent`: a click beside it or Esc does not close it, so that nothing typed or running is lost.
    """

    def __init__(self, title: str, *, marker: str, persistent: bool = False) -> None:
        with ui.context.client.layout:
            self._dialog = ui.dialog()
        if persistent:
            self._dialog.props("persistent no-esc-dismiss")
        self._on_closed: Callable[[], object] | None = None
        self._dialog.on("hide", self._gone, args=[])
        with self._dialog, html.div().classes("dialog").mark(marker) as self._frame:
            with html.div().classes("dialog-head"):
                self._heading = html.h2(title)
                html.span().classes("grow")
                button(icon="close", label="Close", look="bare", on_click=self.close)
            self._dialog.props["aria-labelledby"] = self._heading.html_id
            self.body = html.div().classes("dialog-body")
            self.foot = html.div().classes("dialog-foot")

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
        """Call it once the dialog has gone, whatever closed it."""
        self._on_closed = handler

    @property
    def is_open(self) -> bool:
        return not self._dialog.is_deleted and self._dialog.value

    def open(self) -> None:
        self._dialog.open()

    def close(self) -> None:
        if not self._dialog.is_deleted:
            self._dialog.close()

    def _gone(self) -> None:
        if self._on_closed:
            self._on_closed()
        self._dialog.delete()
