"""The visible scan: what it looks at, how far it is, what it found, and a way to stop it."""

import asyncio
from contextlib import aclosing

from api_client import ApiError
from dashboard import wording
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.people_table import PeopleTable, TableLook
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.pages.subscribers.loading import row_of
from dashboard.pages.subscribers.look import COLUMNS
from dashboard.pages.subscribers.scan import MOST_HITS, Coverage, scan
from dashboard.pages.subscribers.state import ListState

LOOK = TableLook(
    tuple(COLUMNS[key] for key in ("person", "email", "phone", "channels", "online")), shortcuts=False
)
OFFER = "Not who you meant? The API finds no part of an id, no device token and no custom data."


class ScanView:
    """Offered under a search; reads everyone within the filters when asked to."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.state = ListState()
        self.task: asyncio.Task[None] | None = None
        self.body = html.div().classes("scan")
        self.body.set_visibility(False)

    def offer(self, state: ListState) -> None:
        """Offer a scan for the text; what a running one shows stays."""
        if self.task is not None:
            return
        self.state = state
        self.body.set_visibility(not state.query.is_empty)
        if not state.query.is_empty:
            with self.body.clear(), html.div().classes("row-x wrap"):
                html.span(OFFER).classes("muted small")
                button("Read everyone and look there", icon="search", on_click=self.run).mark("scan")

    def close(self) -> None:
        """Stop and forget: the search has changed."""
        self.stop()
        self.task = None
        self.body.set_visibility(False)

    def stop(self) -> None:
        if self.task:
            self.task.cancel()

    def run(self) -> None:
        with self.body.clear(), html.div().classes("card"):
            with html.div().classes("card-head"):
                self.line = html.span("Reading everyone…").classes("num").mark("scan-line")
                self.line.attributes(role="status")
                html.span().classes("grow")
                self.stopper = button("Stop", on_click=self.stop).mark("scan-stop")
            with html.div().classes("bar") as self.bar:
                self.bar.attributes(role="progressbar", aria_label="People read", aria_valuenow=0)
                self.fill = html.div().style("width:0")
            self.table = PeopleTable(on_sort=lambda _: None)
            self.table.set_visibility(False)
        self.task = beside(self.body, self._read(), name="scan")

    async def _read(self) -> None:
        now = Coverage(0, wording.Total(None), ())
        ended = "Stopped"
        try:
            async with aclosing(
                scan(self.stage.ctx.reader, self.state.query.text, self.state.filters)
            ) as steps:
                async for step in steps:
                    self._paint(step, now)
                    now = step
            ended = ""
        except ApiError as exc:
            ended = f"Stopped by an error. {describe(exc).text} It stopped"
        finally:
            if not self.body.is_deleted:
                self.stopper.set_visibility(False)
                self.bar.set_visibility(False)
                self.line.text = words(now, ended)

    def _paint(self, step: Coverage, before: Coverage) -> None:
        if self.body.is_deleted:
            return
        self.line.text = words(step)
        if step.total.number:
            part = min(100, 100 * step.searched // step.total.number)
            self.fill.style(f"width:{part:d}%")
            self.bar.attributes(aria_valuenow=part)
        if len(step.hits) > len(before.hits):
            clock_now = self.stage.ctx.clock.now()
            rows = [row_of(hit.person, clock_now, matched=hit.where) for hit in step.hits]
            self.table.set_visibility(True)
            self.table.show(rows, LOOK, "Found by reading everyone")


def words(step: Coverage, ended: str = "") -> str:
    """What was searched and what was not: `Searched 1,240 of 38,102 people · 3 found`."""
    found = f"{len(step.hits):,} found"
    if step.is_complete:
        return f"Searched everyone, {wording.count(step.searched, 'person', 'people')}: {found}."
    of = wording.total(step.total)
    if step.has_too_many:
        read = f"More than {MOST_HITS} found after {step.searched:,} of {of}."
        return f"{read} The rest was not read: narrow the text."
    if ended:
        return f"{ended} after {step.searched:,} of {of}: {found} so far. The rest was not looked at."
    return f"Searched {step.searched:,} of {of} · {found}"
