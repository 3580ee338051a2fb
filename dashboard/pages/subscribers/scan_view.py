"""A scan on the page: how far it is, whom it found, and a way to stop it."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from api_client import ApiError
from dashboard import wording
from dashboard.components import html, states
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.people_table import Chosen, Looked, PeopleTable, PersonRow, TableLook
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.pages.subscribers.loading import row_of
from dashboard.pages.subscribers.scan import Coverage, scan
from dashboard.pages.subscribers.state import ListState

AT_A_TIME = 200
"""Hits after which a scan pauses until more are asked for."""
NOTHING = Coverage(0, wording.Total(None), (), 0)


class ScanView:
    """Replaces the page of rows while only a scan can tell who is shown.

    `rows` are the hits so far and `total` how many there are, known once everyone was read.
    """

    def __init__(
        self, stage: Stage, *, look: Callable[[], TableLook], on_rows: Callable[[], None],
        on_sort: Callable[[str], None], on_choose: Callable[[Chosen], None],
        on_look: Callable[[Looked], None],
    ) -> None:  # fmt: skip
        self.stage, self.look, self.on_rows = stage, look, on_rows
        self.on_sort, self.on_choose, self.on_look = on_sort, on_choose, on_look
        self.state = ListState()
        self.rows: list[PersonRow] = []
        self.total = wording.Total(None)
        self.table: PeopleTable | None = None
        self.task: asyncio.Task[None] | None = None
        self.go_on = asyncio.Event()
        self.body = html.div().classes("card scan")
        self.body.set_visibility(False)

    def start(self, state: ListState) -> None:
        """Scan everyone who may match `state`, from the beginning."""
        self.close()
        self.state = state
        self._draw()
        self.body.set_visibility(True)
        self.task = beside(self.body, self._read(), name="scan")

    def close(self) -> None:
        """Stop and forget: another search is shown."""
        if self.task is None:
            return
        self.stop()
        self.task, self.table, self.rows, self.total = None, None, [], wording.Total(None)
        self.body.set_visibility(False)
        self.body.clear()

    def stop(self) -> None:
        if self.task:
            self.task.cancel()

    def _draw(self) -> None:
        with self.body.clear():
            with html.div().classes("card-head"):
                self.line = html.span("Scanning everyone…").classes("num grow").mark("scan-line")
                self.line.attributes(role="status")
                self.more = button(f"Find {AT_A_TIME} more", on_click=self.go_on.set).mark("scan-more")
                self.stopper = button("Stop", on_click=self.stop).mark("scan-stop")
            self.more.set_visibility(False)
            with html.div().classes("bar") as self.bar:
                self.bar.attributes(role="progressbar", aria_label="People scanned", aria_valuenow=0)
                self.fill = html.div().style("width:0")
            self.found = html.div()

    async def _read(self) -> None:
        ctx, now, ended = self.stage.ctx, NOTHING, "Stopped"
        most = AT_A_TIME
        try:
            async with aclosing(scan(ctx.reader, self.state, ctx.clock.now())) as steps:
                async for step in steps:
                    now = step
                    self._paint(step)
                    if step.found >= most and not step.is_complete:
                        await self._wait(step)
                        most = step.found + AT_A_TIME
            ended = ""
        except ApiError as exc:
            ended = f"Stopped by an error. {describe(exc).text} It stopped"
        finally:
            if self.task is asyncio.current_task() and not self.body.is_deleted:
                self._end(now, ended)  # else another scan, or none, is shown by now

    async def _wait(self, step: Coverage) -> None:
        """Enough for one look; nothing is read meanwhile."""
        self.go_on.clear()
        self.line.text = words(step, "Paused")
        self.more.set_visibility(True)
        await self.go_on.wait()
        self.more.set_visibility(False)

    def _end(self, last: Coverage, ended: str) -> None:
        for part in (self.stopper, self.more, self.bar):
            part.set_visibility(False)
        self.line.text = words(last, ended)
        if last.is_complete:
            self.total = wording.Total(last.found)
            if not last.found:
                self._draw_nobody()
            self.on_rows()

    def _draw_nobody(self) -> None:
        with self.found:
            states.no_results(
                "Nobody matches",
                "Everyone was scanned, and nobody meets all the conditions. Remove a filter above, or "
                "shorten the search.",
            )

    def _paint(self, step: Coverage) -> None:
        if self.body.is_deleted:
            return
        self.line.text = words(step)
        if step.total.number:
            part = min(100, 100 * step.searched // step.total.number)
            self.fill.style(f"width:{part:d}%")
            self.bar.attributes(aria_valuenow=part)
        if step.fresh:
            now = self.stage.ctx.clock.now()
            for hit in step.fresh:
                matched = f"matches {hit.where}" if hit.where else ""
                self.rows.append(row_of(hit.person, now, matched=matched))
            self.show_rows()

    def show_rows(self) -> None:
        """Draw the hits; also when only the look has changed."""
        if self.table is None:
            with self.found:
                self.table = PeopleTable(on_sort=self.on_sort, on_choose=self.on_choose, on_look=self.on_look)
        self.table.show(self.rows, self.look(), "Found by scanning everyone")
        self.on_rows()


def words(step: Coverage, ended: str = "") -> str:
    """What was searched and what was not: `Scanned 1,240 of 38,102 people · 3 found`."""
    found = f"{step.found:,} found"
    if step.is_complete:
        when = " in that period" if step.ended_at_edge else ""
        return f"Scanned all {wording.count(step.searched, 'person', 'people')}{when}: {found}."
    of = wording.total(step.total)
    if ended:
        return f"{ended} after {step.searched:,} of {of}: {found} so far. The rest has not been scanned."
    return f"Scanned {step.searched:,} of {of} · {found}"
