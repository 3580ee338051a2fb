"""What workflows did for a person: each run with its steps, and what was noted where one failed."""

from collections.abc import Iterator
from datetime import datetime

from api_client import Run, RunDetail, RunJob, RunPage
from dashboard import wording
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.json_view import json_view
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.snippets import Call

PER_PAGE = 10
NOT_OFFERED = (
    "This server does not tell what workflows did for a person (it has no GET /v1/notifications). "
    "What reached the inbox stands in the In-app feed."
)
TONES = {"completed": "good", "failed": "bad", "canceled": "warn", "skipped": "warn", "merged": ""}
STEPS = {"in_app": "In-app", "email": "E-mail", "sms": "SMS", "push": "Push", "chat": "Chat"}


class RunsPanel:
    """Loads, fails and is retried by itself; older runs come below the newest."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.found: list[Run] = []
        with html.section().classes("card").mark("runs").attributes(aria_label="Runs of workflows"):
            self.panel: Panel[RunPage | None] = Panel(
                self.load, self.show, title="The runs could not be loaded"
            )
        self.panel.reload()

    async def load(self) -> RunPage | None:
        """The newest runs; None where the server has no such call."""
        self.found = []
        return await offered(self.stage, self.subscriber_id, self._page)

    def show(self, page: RunPage | None) -> None:
        """What was read so far, with the button for what is older."""
        now = self.stage.ctx.clock.now()
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Runs of workflows")
                html.span().classes("grow")
                if page is not None:
                    raw_button(self.stage, Behind((self._call(page.page),), page), "runs")
            if page is None:
                html.p(NOT_OFFERED).classes("card-body muted").mark("runs-not-offered")
                return
            self.found += page.items
            if not self.found:
                html.p("No workflow has run for this person yet.").classes("card-body muted")
                return
            with html.ul().classes("plain-list"):
                for run in self.found:
                    _draw(run, now)
            if page.has_more:
                with html.div().classes("card-body"):
                    button("Older runs", on_click=lambda: self.more(page.page + 1)).mark("more-runs")

    @reports_errors
    async def more(self, number: int) -> None:
        """The next page, below what is there; a failure leaves that as it is."""
        page = await self._page(number)
        if not self.panel.body.is_deleted:
            self.show(page)

    async def _page(self, number: int = 0) -> RunPage:
        return await self.stage.ctx.reader.runs.of(self.subscriber_id, page=number, limit=PER_PAGE)

    def _call(self, number: int) -> Call:
        query = {"subscriberIds": self.subscriber_id, "page": str(number), "limit": str(PER_PAGE)}
        return Call("GET", "/v1/notifications", query)


def _draw(run: Run, now: datetime) -> None:
    with html.li().classes("run").mark("run"):
        with html.div().classes("row-x wrap between"):
            html.b(_name(run)).classes("breakable")
            moment = html.time(wording.ago(run.created_at, now)).classes("small muted")
            moment.props["title"] = wording.absolute(run.created_at)
        with html.div().classes("row-x wrap"):
            for job in run.jobs or ():
                html.span(f"{_step(job)}: {job.status or 'not told'}").classes(
                    f"chip {TONES.get(job.status, '')}"
                )
        with html.details().classes("more"):
            html.summary("Steps").attributes(aria_label=f"Steps of {_name(run)}")
            with html.dl().classes("facts tight"):
                for name, text in _facts(run):
                    with html.div():
                        html.dt(name)
                        html.dd(text).classes("breakable")
            if run.payload:
                html.p("Payload").classes("field-label")
                json_view(run.payload, label="Payload of the run")


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    yield "Transaction", run.transaction_id or "not told"
    yield "Started", wording.absolute(run.created_at)
    for job in run.jobs or ():
        for detail in job.details:
            yield _step(job), _detail(detail)


def _detail(detail: RunDetail) -> str:
    parts = (f"{detail.status}:", detail.detail, detail.raw or "")
    return " ".join(part for part in parts if part)


def _step(job: RunJob) -> str:
    kind = STEPS.get(job.type, job.type or "Step")
    return f"{kind} by {job.provider_id}" if job.provider_id else kind


def _name(run: Run) -> str:
    return (run.workflow.name if run.workflow else "") or run.transaction_id or run.id
