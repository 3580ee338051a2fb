"""The dialog that shows two or three people side by side; what differs is marked."""

from collections.abc import Sequence

from api_client import Subscriber
from dashboard import paths
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.comparing import Comparison, Fact, compare
from dashboard.components.dialog import Dialog
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage


class CompareDialog:
    """Reads the people anew: a list may be older than what is decided by it."""

    def __init__(self, stage: Stage, ids: Sequence[str]) -> None:
        self.stage, self.ids = stage, ids

    def open(self) -> None:
        self.dialog = Dialog("Side by side", marker="compare-dialog")
        with self.dialog.content():
            self.panel: Panel[Comparison] = Panel(
                self._load,
                self._show,
                title="They could not be compared",
                skeleton=lambda: states.loading(5, label="Reading them"),
            )
        with self.dialog.buttons():
            button("Close", look="primary", on_click=self.dialog.close)
        self.dialog.open()
        self.panel.reload()

    async def _load(self) -> Comparison:
        return await compare(self.stage.ctx, self.ids)

    def _show(self, found: Comparison) -> None:
        with self.panel.body.clear(), html.div().classes("people-wrap").attributes(tabindex=0):
            table = html.table().classes("compare").attributes(aria_label="Side by side")
            with table, html.tbody():
                for fact in found.facts:
                    _draw_fact(fact)
                with html.tr():
                    html.th("Open").attributes(scope="row")
                    for person in found.people:
                        self._draw_link(person)

    def _draw_link(self, person: Subscriber) -> None:
        with html.td():
            link = html.a("Open this one").classes("text-link")
        link.attributes(
            href=paths.subscriber(person.subscriber_id), aria_label=f"Open {person.subscriber_id}"
        )
        link.on("click", self.dialog.close)


def _draw_fact(fact: Fact) -> None:
    with html.tr().classes("differs" if fact.differs else ""):
        html.th(fact.label).attributes(scope="row")
        for value in fact.values:
            html.td(value).classes("breakable")
