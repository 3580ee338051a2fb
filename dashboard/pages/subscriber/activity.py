"""The Activity tab: topics, what was done here to the person, and what this API does not tell."""

from dataclasses import dataclass

from api_client import NotFound, Page, Subscription
from dashboard import wording
from dashboard.audit import AuditFilter, Outcome, Record
from dashboard.auth import Permission, allows
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.json_view import json_view
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors

PER_PAGE = 50
NO_TOPICS = "This server does not tell which topics a person belongs to; servers since 2026 do."
NO_RUNS = (
    "Runs of workflows are not shown: the calls that this dashboard uses do not tell them per person. "
    "What reached the inbox stands in the In-app feed."
)
ONLY_HERE = (
    "Made through this dashboard. What the person's own app or other tools change is not recorded here."
)


@dataclass(frozen=True)
class Topics:
    """The topics read so far; None where the server has no such call."""

    page: Page[Subscription] | None


class ActivityTab:
    """Two panels; each loads, fails and is retried by itself."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.found: list[Subscription] = []
        with html.section().classes("card").mark("topics").attributes(aria_label="Topics"):
            self.topics: Panel[Topics] = Panel(
                self.load_topics, self.show_topics, title="The topics could not be loaded"
            )
        with html.section().classes("card").mark("history").attributes(aria_label="Changes made here"):
            self.history: Panel[tuple[Record, ...] | None] = Panel(
                self.load_history, self.show_history, title="The changes could not be read"
            )
        html.p(NO_RUNS).classes("muted small")
        self.topics.reload()
        self.history.reload()

    async def load_topics(self) -> Topics:
        self.found = []
        try:
            return Topics(await self.stage.ctx.reader.topics.of(self.subscriber_id, limit=PER_PAGE))
        except NotFound:
            await self.stage.ctx.reader.subscribers.get(
                self.subscriber_id
            )  # or is it the person that is gone?
            return Topics(None)

    def show_topics(self, topics: Topics) -> None:
        with self.topics.body.clear():
            with html.div().classes("card-head"):
                html.h2("Topics")
            if topics.page is None:
                html.p(NO_TOPICS).classes("card-body muted").mark("topics-not-offered")
                return
            self.found += topics.page.items
            if not self.found:
                html.p("This person belongs to no topic.").classes("card-body muted")
                return
            with html.ul().classes("plain-list"):
                for one in self.found:
                    key = one.topic.key if one.topic else one.identifier or one.id
                    html.li(f"{one.topic.name or key} · {key}" if one.topic else key).classes("breakable")
            if topics.page.next:
                button("More topics", on_click=lambda: self.more(topics.page)).mark("more-topics")

    @reports_errors
    async def more(self, page: Page[Subscription] | None) -> None:
        """The next page, below what is there."""
        if page and page.next:
            self.show_topics(
                Topics(
                    await self.stage.ctx.reader.topics.of(self.subscriber_id, after=page.next, limit=PER_PAGE)
                )
            )

    async def load_history(self) -> tuple[Record, ...] | None:
        if not allows(self.stage.visit.role, Permission.AUDIT):
            return None
        return await self.stage.ctx.audit.page(AuditFilter(subject=self.subscriber_id))

    def show_history(self, records: tuple[Record, ...] | None) -> None:
        now = self.stage.ctx.clock.now()
        with self.history.body.clear():
            with html.div().classes("card-head"):
                html.h2("Changes made here")
            with html.div().classes("card-body"):
                html.p(ONLY_HERE).classes("muted small")
                if records is None:
                    html.p("Your role does not include reading the audit log.").classes("muted")
                    return
                told = [one for one in records if one.outcome is not Outcome.BEGUN]
                if not told:
                    html.p("Nothing has been changed from here yet.").classes("muted")
                for one in told:
                    self._draw_record(one, wording.ago(one.at, now))

    def _draw_record(self, record: Record, ago: str) -> None:
        with html.details().classes("more record"):
            with html.summary():
                html.span(f"{record.name} · {record.outcome.value} · {record.actor} · {ago}")
            html.p(wording.absolute(record.at)).classes("small muted")
            for name, value in (("Before", record.before), ("After", record.after)):
                if value:
                    html.h3(name)
                    json_view(value, label=f"{name}: {record.name}")
            if record.detail:
                html.p(record.detail).classes("breakable")
