"""The topics that a person belongs to, page by page."""

from api_client import Page, Subscription
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.snippets import Call, one_person

PER_PAGE = 50
NOT_OFFERED = "This server does not tell which topics a person belongs to; servers since 2026 do."


class TopicsPanel:
    """Loads, fails and is retried by itself; further pages come below the first."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.found: list[Subscription] = []
        with html.section().classes("card").mark("topics").attributes(aria_label="Topics"):
            self.panel: Panel[Page[Subscription] | None] = Panel(
                self.load, self.show, title="The topics could not be loaded"
            )
        self.panel.reload()

    async def load(self) -> Page[Subscription] | None:
        """The first page; None where the server has no such call."""
        self.found = []
        return await offered(self.stage, self.subscriber_id, self._page)

    def show(self, page: Page[Subscription] | None) -> None:
        """What was read so far, with the button for what comes next."""
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Topics")
                html.span().classes("grow")
                if page is not None:
                    self._draw_raw(page)
            if page is None:
                html.p(NOT_OFFERED).classes("card-body muted").mark("topics-not-offered")
                return
            self.found += page.items
            if not self.found:
                html.p("This person belongs to no topic.").classes("card-body muted")
                return
            with html.ul().classes("plain-list"):
                for one in self.found:
                    html.li(_words(one)).classes("breakable")
            if page.next:
                with html.div().classes("card-body"):
                    button("More topics", on_click=lambda: self.more(page.next)).mark("more-topics")

    @reports_errors
    async def more(self, after: str | None) -> None:
        """The next page, below what is there; a failure leaves that as it is."""
        page = await self._page(after)
        if not self.panel.body.is_deleted:
            self.show(page)

    async def _page(self, after: str | None = None) -> Page[Subscription]:
        return await self.stage.ctx.reader.topics.of(self.subscriber_id, after=after, limit=PER_PAGE)

    def _draw_raw(self, page: Page[Subscription]) -> None:
        call = Call("GET", one_person(self.subscriber_id, "/subscriptions"), {"limit": str(PER_PAGE)})
        raw_button(self.stage, Behind((call,), page.items), "topics")


def _words(one: Subscription) -> str:
    if one.topic is None:
        return one.identifier or one.id
    return f"{one.topic.name} · {one.topic.key}" if one.topic.name else one.topic.key
