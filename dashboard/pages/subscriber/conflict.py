"""The same person was changed elsewhere: what it was, what it is now and what was typed, side by side."""

from collections.abc import Awaitable, Callable, Sequence

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.profile import Difference

COLUMNS = ("Field", "When you opened it", "Now", "Yours")


class ConflictDialog:
    """Decides between the two; until then nothing is sent and nothing typed is lost."""

    def __init__(
        self,
        found: Sequence[Difference],
        *,
        on_mine: Callable[[], Awaitable[None]],
        on_theirs: Callable[[], None],
    ) -> None:
        self.found, self.on_mine, self.on_theirs = found, on_mine, on_theirs
        self.dialog = Dialog("This person was changed elsewhere", marker="conflict", persistent=True)

    def open(self) -> None:
        with self.dialog.content():
            html.p(
                "Somebody, or an app, has changed these fields since you opened the form. "
                "Nothing of yours was sent."
            )
            scroll = html.div().classes("table-scroll")
            scroll.attributes(tabindex=0, role="region", aria_label="What was changed")
            with scroll, html.table().classes("plain-table"):
                with html.thead(), html.tr():
                    for name in COLUMNS:
                        html.th(name).props["scope"] = "col"
                with html.tbody():
                    for one in self.found:
                        self._draw(one)
        with self.dialog.buttons():
            button("Keep editing", on_click=self.dialog.close)
            button("Keep what is stored", on_click=self._theirs).mark("take-theirs")
            button("Overwrite with mine", on_click=self._mine, look="primary").mark("keep-mine")
        self.dialog.open()

    def _draw(self, one: Difference) -> None:
        with html.tr():
            html.th(one.label).props["scope"] = "row"
            for text in (one.opened, one.now, one.mine):
                html.td(text or "nothing").classes("breakable" if text else "nothing")

    def _theirs(self) -> None:
        self.dialog.close()
        self.on_theirs()

    async def _mine(self) -> None:
        self.dialog.close()
        await self.on_mine()
