"""A toast that offers to take back what was just done: ten seconds, longer while it is looked at."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui.element import Element

from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button

OFFERED_FOR_S = 10.0


class _Toast(Element, component="undo_toast.js"):
    """The box, and the key."""


class UndoToast:
    """Says `text` and offers Undo, in place of an older offer.

    A pointer or the keyboard on it stops the clock (WCAG 2.2.1).

    `page` is any element of the page: handlers may outlive the one that started them.
    """

    def __init__(
        self,
        page: Element,
        text: str,
        *,
        undo: Callable[[], Awaitable[object]],
        seconds: float = OFFERED_FOR_S,
    ) -> None:
        self._undo, self._seconds, self._layout = undo, seconds, page.client.layout
        self._clock: asyncio.Task[None] | None = None
        for older in [one for one in self._layout.default_slot.children if isinstance(one, _Toast)]:
            older.delete()
        with self._layout:
            self._toast = _Toast().classes("undo-toast").mark("undo-toast")
        self._toast.on("undo", self._take_back, args=[])
        with self._toast:
            html.span(text).classes("grow")
            undo_button = button("Undo", look="bare", on_click=self._take_back).mark("undo")
            undo_button.props.update({"aria-keyshortcuts": "Alt+Z", "title": "Undo (Alt+Z)"})
            button(icon="close", label="Dismiss", look="bare", on_click=self.close)
        for event in ("mouseenter", "focusin"):
            self._toast.on(event, self._stop, args=[])
        for event in ("mouseleave", "focusout"):
            self._toast.on(event, self._start, args=[])
        self._start()

    def close(self) -> None:
        """Take the offer away."""
        self._stop()
        if not self._toast.is_deleted:
            self._toast.delete()

    async def _take_back(self) -> None:
        if self._toast.is_deleted:
            return
        self.close()
        with self._layout:  # the toast is gone, and perhaps the page that it was about
            await self._undo()

    def _start(self) -> None:
        self._stop()
        if not self._toast.is_deleted:
            self._clock = beside(self._toast, self._run_out(), name="an offer to undo runs out")

    def _stop(self) -> None:
        if self._clock and not self._clock.done():
            self._clock.cancel()

    async def _run_out(self) -> None:
        await asyncio.sleep(self._seconds)
        self._clock = None
        self.close()
