"""Three versions of an entry side by side, when someone else changed it while a form was open."""

from collections.abc import Awaitable, Callable, Mapping

from api_client import ChannelCredentials
from dashboard.actions.entries import ChangedElsewhere
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.pages.subscriber.credentials.changes import named
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.providers import masked

Shown = Mapping[str, str | tuple[str, ...]]
HEADS = ("When you opened it", "Now", "Yours")


class Compare:
    """Nothing has been sent. The operator takes what is there now, or sends their own over it."""

    def __init__(
        self,
        card: Card,
        exc: ChangedElsewhere,
        *,
        use_mine: Callable[[], Awaitable[None]],
        page: html.Tag,
    ) -> None:
        self._card, self._exc, self._use_mine, self._page = card, exc, use_mine, page

    def open(self) -> None:
        """Show the comparison over the page."""
        with self._page:
            self._dialog = Dialog(f"{self._card.title} was changed elsewhere", marker="compare-dialog")
        with self._dialog.content():
            html.p(
                "Somebody, or an app, has changed this entry since you opened it. Nothing of yours was sent."
            ).classes("muted")
            self._draw_table()
        with self._dialog.buttons():
            button("Keep what is stored", on_click=self._dialog.close).mark("compare-keep")
            button("Overwrite with mine", look="primary", on_click=self._send).mark("compare-mine")
        self._dialog.open()

    async def _send(self) -> None:
        await self._dialog.finish(self._use_mine)

    def _draw_table(self) -> None:
        versions = [self._shown(self._exc.before), self._shown(self._exc.now), self._wanted()]
        with html.div().classes("compare-wrap") as wrap, html.table().classes("compare"):
            wrap.attributes(tabindex=0, role="region", aria_label="Three versions")  # it scrolls sideways
            with html.thead(), html.tr():
                html.th("Field").attributes(scope="col")
                for head in HEADS:
                    html.th(head).attributes(scope="col")
            with html.tbody():
                for field in self._card.row.fields if self._card.row else ():
                    self._draw_line(field.key, field.label, versions)

    def _draw_line(self, key: str, label: str, versions: list[Shown]) -> None:
        values = [_text(version.get(key)) for version in versions]
        if not any(values):
            return
        with html.tr():
            html.th(label).attributes(scope="row")
            for number, value in enumerate(values):
                differs = number > 0 and value != values[0]
                html.td(value or "nothing").classes("breakable mono changed" if differs else "breakable mono")

    def _shown(self, credentials: ChannelCredentials | None) -> Shown:
        stored = credentials.to_body() if credentials else {}
        return masked(self._card.row, stored) if self._card.row else {}

    def _wanted(self) -> Shown:
        """Ours as it would stand: what is left out stays as it is now."""
        now = self._exc.now.to_body() if self._exc.now else {}
        return masked(self._card.row, {**now, **self._exc.wanted}) if self._card.row else {}


def _text(value: str | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return f"{len(value)}: {named(value, masked=True)}" if value else ""
    return value or ""
