"""What workflows did for a person: each run with its steps, and what was noted where one failed."""

from collections.abc import Callable

from api_client import Run, RunPage
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.pages.subscriber.run_bar import RunBar
from dashboard.pages.subscriber.run_filter import RunsWanted
from dashboard.pages.subscriber.run_rows import draw_runs, without_quotes
from dashboard.snippets import Call

PER_PAGE = 10
NOT_OFFERED = (
    "This server does not tell what workflows did for a person (it has no GET /v1/notifications). "
    "What reached the inbox stands in the In-app feed."
)


class RunsPanel:
    """Loads, fails and is retried by itself; older runs come below the newest. Its filter is in the URL."""

    def __init__(
        self, stage: Stage, subscriber_id: str, wanted: RunsWanted, *, on_filter: Callable[[RunsWanted], None]
    ) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.wanted, self.on_filter = wanted, on_filter
        self.found: tuple[Run, ...] = ()
        with html.section().classes("card").mark("runs").attributes(aria_label="Runs of workflows"):
            self.head = html.div().classes("card-head")
            self._draw_head(None)
            self.bar = RunBar(stage, wanted, on_filter=on_filter)
            self.panel: Panel[RunPage | None] = Panel(
                self.load, self.show, title="The runs could not be loaded"
            )
        self.panel.reload()

    def go(self, wanted: RunsWanted) -> None:
        """Narrow the runs to others."""
        self.bar.set(wanted)
        if wanted != self.wanted:
            self.wanted = wanted
            self.panel.reload()

    async def load(self) -> RunPage | None:
        """The newest runs; None where the server has no such call."""
        return await offered(self.stage, self.subscriber_id, self._page)

    def show(self, page: RunPage | None) -> None:
        """The newest, or why there are none."""
        self.found = page.items if page else ()
        self._show(page)

    def _show(self, page: RunPage | None) -> None:
        """What was read so far, with the button for what is older."""
        self.bar.place.set_visibility(page is not None)
        self._draw_head(page)
        with self.panel.body.clear():
            if page is None:
                html.p(NOT_OFFERED).classes("card-body muted").mark("runs-not-offered")
                return
            if not self.found:
                html.p(self._nothing()).classes("card-body muted").attributes(role="status")
                return
            draw_runs(self.found, self.stage.ctx.clock.now(), on_transaction=self._only)
            if page.has_more:
                with html.div().classes("card-body"):
                    button("Older runs", on_click=lambda: self.more(page.page + 1)).mark("more-runs")

    @reports_errors
    async def more(self, number: int) -> None:
        """The next page, below what is there; a failure leaves that as it is."""
        known, wanted = self.found, self.wanted
        page = await self._page(number)
        is_next = known is self.found and wanted == self.wanted  # neither read anew nor asked for twice
        if is_next and not self.panel.body.is_deleted:
            self.found = (*known, *page.items)
            self._show(page)

    async def _page(self, number: int = 0) -> RunPage:
        page = await self.stage.ctx.reader.runs.of(
            self.subscriber_id, page=number, limit=PER_PAGE, wanted=self.wanted.asks()
        )
        return page.model_copy(update={"items": tuple(map(without_quotes, page.items))})

    def _only(self, transaction: str) -> None:
        self.on_filter(self.wanted.narrowed("transaction", transaction))

    def _nothing(self) -> str:
        if self.wanted.is_empty:
            return "No workflow has run for this person yet."
        return "No run matches the filter above. Servers keep runs only for a while."

    def _draw_head(self, page: RunPage | None) -> None:
        with self.head.clear():
            html.h2("Runs of workflows")
            html.span().classes("grow")
            if page is not None:
                raw_button(self.stage, Behind((self._call(page.page),), page), "runs")

    def _call(self, number: int) -> Call:
        query = {"subscriberIds": self.subscriber_id, "page": str(number), "limit": str(PER_PAGE)}
        return Call("GET", "/v1/notifications", query | self.wanted.as_query())
