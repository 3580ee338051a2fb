"""One bulk job: progress, pause, resume, cancel, and the result of each person. It runs without this page."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nicegui import ui

from dashboard import paths
from dashboard.actions.bulk import begin, halt
from dashboard.actions.results import take_result
from dashboard.auth import Permission
from dashboard.components import html, states
from dashboard.components.bars import bars
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.csv_io.incoming.frames import Reasons, common_notes
from dashboard.feedback import reports_errors
from dashboard.jobs import Job, JobRow, JobState, Kind, RowState
from dashboard.masking import masked_name
from dashboard.pages.jobs import words
from dashboard.pages.jobs.pace import Pace
from dashboard.pages.jobs.results import CHOICES, PER_PAGE, draw_rows, result_file

LOOK_EVERY_S = 0.5
MOST_REASONS = 5000  # rows whose reasons are counted for the chart


@dataclass(frozen=True)
class JobView:
    """A job and those of its rows that are shown; None when there is no such job here."""

    job: Job | None
    rows: Sequence[JobRow]
    reasons: Reasons = ()


class JobPage:
    """Looks at the database twice a second while the job runs; the buttons act through actions."""

    def __init__(self, stage: Stage, job_id: str) -> None:
        self.stage, self.job_id = stage, job_id
        self.shown = "all"
        self.after = [-1]
        self.job: Job | None = None
        self.pace = Pace()

    def open(self) -> None:
        self.stage.title("Bulk job")
        with html.div().classes("page"):
            with html.a().classes("crumb") as crumb:
                crumb.props["href"] = paths.JOBS
                html.span("← Bulk jobs")
            self.panel: Panel[JobView] = Panel(self.load, self.show, title="This job could not be loaded")
        ui.timer(LOOK_EVERY_S, self.look)
        self.panel.reload()

    async def load(self) -> JobView:
        jobs = self.stage.ctx.jobs
        job = await jobs.find(self.job_id)
        states_shown = CHOICES[self.shown][1]
        rows = await jobs.rows(self.job_id, states=states_shown, after=self.after[-1], limit=PER_PAGE)
        if self.stage.ctx.hides():
            rows = [replace(row, name=masked_name(row.name), note="") for row in rows]
        return JobView(job, rows if job else (), await self.reasons(job))

    async def reasons(self, job: Job | None) -> Reasons:
        """Why rows of an import were refused or failed, the most common first."""
        if not job or job.kind is not Kind.IMPORT:
            return ()
        states_of_trouble = (RowState.REFUSED, RowState.FAILED)
        rows = await self.stage.ctx.jobs.rows(job.id, states=states_of_trouble, limit=MOST_REASONS)
        return await asyncio.to_thread(common_notes, [row.note for row in rows])

    async def look(self) -> None:
        """Follow the job without drawing it all again; one that rests may be gone on with elsewhere."""
        if not self.job or self.panel.is_loading:
            return
        job = await self.stage.ctx.jobs.find(self.job_id)
        if not job or self.panel.body.is_deleted:
            return
        if job.state is not self.job.state:
            self.panel.reload()
        elif job.state is JobState.RUNNING:
            self.show_progress(job)

    def show(self, view: JobView) -> None:
        self.job = view.job
        with self.panel.body.clear():
            if view.job is None:
                with html.div().classes("card"):
                    states.no_results(
                        "No such job",
                        "It may belong to another environment or API key.",
                        clear=("Go to bulk jobs", lambda: ui.navigate.to(paths.JOBS)),
                        level=1,
                    )
                return
            with html.div().classes("stack-l"):
                self.draw_head(view.job)
                if view.job.kind is Kind.IMPORT and view.job.state is not JobState.RUNNING:
                    self.draw_charts(view, view.job)
                self.draw_results(view, view.job)
        self.show_progress(view.job)

    def draw_head(self, job: Job) -> None:
        word, tone = words.state(job)
        with html.div().classes("page-head"):
            html.h1(words.title(job)).mark("job-title")
            html.span(word).classes(f"chip {tone}").mark("job-state")
            html.span().classes("grow")
            self.draw_buttons(job)
        with html.div().classes("card padded stack"):
            html.p(words.origin(job, hides=self.stage.ctx.hides())).classes("muted breakable")
            if job.reason:
                html.div(job.reason).classes("notice warn").mark("job-reason").attributes(role="status")
            self.line = html.p().classes("num").mark("job-progress").attributes(role="status")
            with html.div().classes("bar").attributes(role="progressbar", aria_label="People done") as bar:
                self.bar, self.fill = bar, html.div()

    def draw_buttons(self, job: Job) -> None:
        if job.state is JobState.RUNNING:
            permission_button("Pause", Permission.WRITE, self.stage, icon="pause", on_click=self.pause).mark(
                "job-pause"
            )
        if job.state in (JobState.READY, JobState.PAUSED):
            permission_button(
                "Resume", Permission.WRITE, self.stage, icon="play", look="primary", on_click=self.resume
            ).mark("job-resume")
        if job.state in (JobState.READY, JobState.PAUSED, JobState.RUNNING):
            permission_button(
                "Cancel the rest", Permission.WRITE, self.stage, look="danger", on_click=self.cancel
            ).mark("job-cancel")
        if job.state is JobState.DONE and job.failed:
            permission_button(
                f"Retry {job.failed:,} failed", Permission.WRITE, self.stage, on_click=self.retry
            ).mark("job-retry")
        permission_button(
            "Download CSV", Permission.EXPORT, self.stage, icon="download", on_click=self.download
        ).mark("job-download")

    def draw_charts(self, view: JobView, job: Job) -> None:
        """How the rows of an import came out, and why not."""
        with html.div().classes("card padded stack-l").mark("job-charts"):
            rows = [(text, job.counts.get(one, 0), tone) for one, (text, tone) in words.BARS.items()]
            bars([row for row in rows if row[1]], job.total)
            if view.reasons:
                html.h2("Why rows were refused or failed")
                most = sum(number for _, number in view.reasons)
                bars([(reason, number, "bad") for reason, number in view.reasons], most)

    def draw_results(self, view: JobView, job: Job) -> None:
        with html.div().classes("card"):
            with html.div().classes("card-head"):
                html.h2("Results").classes("grow")
                names = {key: name for key, (name, _) in CHOICES.items()}
                choice(names, self.shown, label="Show", on_change=self.on_choice, marker="job-show")
            draw_rows(view.rows, job.kind)
            with html.div().classes("pager"):
                back = button(icon="previous", label="Previous people", on_click=self.back).mark("rows-back")
                back.set_enabled(len(self.after) > 1)
                on = button(icon="next", label="Next people", on_click=lambda: self.on(view.rows)).mark(
                    "rows-on"
                )
                on.set_enabled(len(view.rows) == PER_PAGE)

    def show_progress(self, job: Job) -> None:
        ctx = self.stage.ctx
        pace = self.pace.said(job, ctx.clock.now(), ctx.jobs.waits.get(job.id))
        self.line.text = " · ".join(part for part in (words.progress(job), pace) if part)
        part = 100 * job.settled // max(job.total, 1)
        self.fill.style(f"width:{part:d}%")
        self.bar.attributes(aria_valuenow=part)

    def on_choice(self, value: str) -> None:
        self.shown, self.after = (value if value in CHOICES else "all"), [-1]
        self.panel.reload()

    def on(self, rows: Sequence[JobRow]) -> None:
        if rows[-1].number not in self.after:  # a second click, before the page was turned
            self.after.append(rows[-1].number)
        self.panel.reload()

    def back(self) -> None:
        self.after = self.after[:-1] or [-1]
        self.panel.reload()

    @reports_errors
    async def pause(self) -> None:
        await halt(self.stage.ctx, self.stage.visit, job_id=self.job_id, state=JobState.PAUSED)
        self.panel.reload()

    @reports_errors
    async def cancel(self) -> None:
        await halt(self.stage.ctx, self.stage.visit, job_id=self.job_id, state=JobState.CANCELLED)
        self.panel.reload()

    @reports_errors
    async def resume(self) -> None:
        await self._begin(again=False)

    @reports_errors
    async def retry(self) -> None:
        await self._begin(again=True)

    async def _begin(self, *, again: bool) -> None:
        if self.job:
            await begin(self.stage.ctx, self.stage.visit, self.job, again=again)
            self.panel.reload()

    @reports_errors
    async def download(self) -> None:
        ctx, kind = self.stage.ctx, self.job.kind if self.job else None
        file = await take_result(
            ctx, self.stage.visit, job_id=self.job_id, write=lambda: result_file(ctx, self.job_id, kind)
        )
        url = paths.export_file(ctx.exports.add(file, session_id=self.stage.visit.session_id))
        ui.download.from_url(url)


async def open_job(stage: Stage, job_id: str) -> None:
    """The sub page `/jobs/{job_id}`."""
    JobPage(stage, job_id).open()
