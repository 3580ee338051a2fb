"""Before a global preference is changed: which choices of the person's own it would drop."""

from collections.abc import Awaitable, Callable, Sequence

from dashboard import wording
from dashboard.channels import WORDS, ChannelKind
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.pages.subscriber.matrix import MatrixRow

NAMED = 8


class GlobalChange:
    """Only shown where something would be lost; Undo brings it back afterwards, too."""

    def __init__(
        self,
        channel: ChannelKind,
        on: bool,
        own: Sequence[MatrixRow],
        *,
        on_confirm: Callable[[], Awaitable[None]],
        on_closed: Callable[[], None],
    ) -> None:
        self.channel, self.on, self.own, self.on_confirm = WORDS[channel], on, own, on_confirm
        self.dialog = Dialog(f"{self.channel} for everything", marker="global-change")
        self.dialog.on_closed(on_closed)

    def open(self) -> None:
        count = wording.count(len(self.own), "workflow")
        with self.dialog.content():
            html.p(
                f"Switching {self.channel} {'on' if self.on else 'off'} for everything also drops what the "
                f"person chose for {count}:"
            )
            with html.ul().classes("bullets"):
                for row in self.own[:NAMED]:
                    html.li(row.name).classes("breakable")
                if len(self.own) > NAMED:
                    html.li(f"and {len(self.own) - NAMED:,} more")
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            button(f"Switch {'on' if self.on else 'off'}", on_click=self._confirm, look="primary").mark(
                "confirm-global"
            )
        self.dialog.open()

    async def _confirm(self) -> None:
        await self.dialog.finish(self.on_confirm)
