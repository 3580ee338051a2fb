"""Before more messages are marked than can be taken back: says so, and asks."""

from collections.abc import Awaitable, Callable

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog


class TooMany:
    """Cancel, Esc or a click beside it changes nothing."""

    def __init__(self, most: int, state: str, *, on_confirm: Callable[[], Awaitable[None]]) -> None:
        self.most, self.state, self.on_confirm = most, state, on_confirm
        self.dialog = Dialog(f"Mark all as {state}", marker="too-many")

    def open(self) -> None:
        with self.dialog.content():
            html.p(
                f"More than {self.most:,} messages would be marked as {self.state}. So many cannot be "
                "remembered: this could not be taken back."
            ).classes("notice warn")
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            button(f"Mark all {self.state}", on_click=self._confirm, look="primary").mark("confirm-mark-all")
        self.dialog.open()

    async def _confirm(self) -> None:
        await self.dialog.finish(self.on_confirm)
