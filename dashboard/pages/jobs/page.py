"""All bulk jobs of this environment, the newest first."""

from collections.abc import Sequence

from dashboard import paths, wording
from dashboard.components import html, states
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.jobs import Job
from dashboard.pages.jobs import words


class JobList:
    """What was done to many people at once, by whom, and how it stands."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def open(self) -> None:
        self.stage.title("Bulk jobs")
        with html.div().classes("page"):
            with html.div().classes("page-head"):
                html.h1("Bulk jobs")
            with html.div().classes("card"):
                self.panel: Panel[Sequence[Job]] = Panel(
                    self.stage.ctx.jobs.latest, self.show, title="The jobs could not be loaded"
                )
        self.panel.reload()

    def show(self, jobs: Sequence[Job]) -> None:
        with self.panel.body.clear():
            if not jobs:
                states.empty(
                    "No bulk jobs yet",
                    "Imports and changes of many people at once stand here, with what became of each row. "
                    "Select people in the list, or import a file.",
                    icon_name="jobs",
                )
                return
            with html.ul().classes("job-list"):
                for job in jobs:
                    self._draw(job)

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


async def open_jobs(stage: Stage) -> None:
    """The sub page `/jobs`."""
    JobList(stage).open()
