"""The bulk jobs of this environment, the newest first, a page at a time."""

import re
from collections.abc import Mapping, Sequence

from nicegui import ui

from dashboard import paths, wording
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.misread import say_misread
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.jobs import Job
from dashboard.pages.jobs import words

PER_PAGE = 25
"""Each job's rows are counted, and a job may have a hundred thousand."""


class JobList:
    """What was done to many people at once, by whom, and how it stands."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.before = _before(stage.address.query)

    def open(self) -> None:
        self.stage.title("Bulk jobs")
        with html.div().classes("page"):
            with html.div().classes("page-head"):
                html.h1("Bulk jobs")
            with html.div().classes("card"):
                self.panel: Panel[Sequence[Job]] = Panel(
                    self.load, self.show, title="The jobs could not be loaded"
                )
        self.stage.address.listen(lambda query: self.move_to(_before(query)))
        self.panel.reload()

    async def load(self) -> Sequence[Job]:
        """One more than is shown tells whether there are more."""
        return await self.stage.ctx.jobs.latest(PER_PAGE + 1, before=self.before)

    def show(self, jobs: Sequence[Job]) -> None:
        with self.panel.body.clear():
            if not jobs and not self.before:
                states.empty(
                    "No bulk jobs yet",
                    "Imports and bulk changes are listed here, with the result of each row. To start one, "
                    "select people in the list or import a file.",
                    icon_name="jobs",
                    action=("Import a file", lambda: ui.navigate.to(paths.IMPORTS)),
                )
                return
            with html.ul().classes("job-list"):
                for job in jobs[:PER_PAGE]:
                    self._draw(job)
            if self.before or len(jobs) > PER_PAGE:
                self._draw_pager(jobs)

    def go(self, before: str) -> None:
        """A step, from which Back returns."""
        self.stage.address.push(paths.jobs(before))
        self.move_to(before)

    def move_to(self, before: str) -> None:
        self.before = before
        self.panel.reload()

    def _draw_pager(self, jobs: Sequence[Job]) -> None:
        with html.div().classes("pager"):
            newest = button("Newest", icon="first", on_click=lambda: self.go(""))
            newest.mark("jobs-newest").set_enabled(bool(self.before))
            older = button("Older", icon="next", on_click=lambda: self.go(jobs[PER_PAGE - 1].id))
            older.mark("jobs-older").set_enabled(len(jobs) > PER_PAGE)

    def _draw(self, job: Job) -> None:
        word, tone = words.state(job)
        with html.li().mark("job"):
            with html.div().classes("grow"):
                html.a(words.title(job)).classes("text-link").props["href"] = paths.job(job.id)
                subject = words.subject(job, hides=self.stage.ctx.hides())
                ago = wording.ago(job.created_at, self.stage.ctx.clock.now())
                html.div(f"{subject} · {job.actor} · {ago}").classes("muted small breakable")
            html.span(words.progress(job)).classes("muted small num")
            html.span(word).classes(f"chip {tone}")


def _before(query: Mapping[str, str]) -> str:
    """The id of the job that the page comes after; anything else is left out."""
    named = query.get("before", "")
    return named if re.fullmatch(r"[0-9a-f]{12}", named) else ""


async def open_jobs(stage: Stage) -> None:
    """The sub page `/jobs`."""
    say_misread(stage.address.query, _before)
    JobList(stage).open()
