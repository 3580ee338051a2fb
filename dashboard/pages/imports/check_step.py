"""The last step: every row checked and compared, what would be done said, and a typed number before it is."""

import asyncio
from time import monotonic

from nicegui import ui

from api_client import ApiError
from dashboard import paths, wording
from dashboard.actions.bulk import begin
from dashboard.actions.imports import plan_import
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.fields import TextField
from dashboard.components.permission_button import permission_button, refusal
from dashboard.csv_io.incoming.frames import Reasons, common_reasons
from dashboard.csv_io.incoming.plan import Plan
from dashboard.feedback import describe, reports_errors
from dashboard.pages.imports.findings import Findings
from dashboard.pages.imports.wizard import Step, Wizard
from dashboard.refusals import Refusal

PAINT_EVERY_S = 0.2


class CheckStep:
    """Runs the dry run unless its result is there; leaving or cancelling it stops the work."""

    def __init__(self, wizard: Wizard) -> None:
        self.wizard, self.draft, self.stage = wizard, wizard.draft, wizard.stage
        self.preparation = wizard.draft.preparation
        self.task: asyncio.Task[None] | None = None
        self.painted_at = 0.0
        self.rows = 0
        self.is_left = False

    def draw(self) -> None:
        self.area = html.div().classes("stack-l")
        reason = refusal(Permission.WRITE, self.stage)
        if reason:
            self._draw_refusal(reason)
            return
        self._draw_progress()
        self.task = beside(self.area, self._check(), name="dry run")

    def leave(self) -> None:
        """Stop what is under way; a finished dry run stays."""
        self.is_left = True
        self.preparation.stop()
        if self.task:
            self.task.cancel()

    def _draw_progress(self) -> None:
        with self.area.clear(), html.div().classes("card padded stack"):
            self.line = html.p("Checking every row…").classes("num").mark("check-progress")
            self.line.attributes(role="status")
            with html.div().classes("bar").attributes(role="progressbar", aria_label="Dry run"):
                self.fill = html.div().style("width:0")
            html.p("Nothing is sent yet.").classes("muted small")
            with html.div().classes("row-x"):
                button("Cancel check", on_click=lambda: self.wizard.go(Step.COLUMNS)).mark("check-cancel")
            ui.timer(PAINT_EVERY_S, self._paint_rows)

    async def _check(self) -> None:
        try:
            await self.preparation.check(on_rows=self._rows_done)
            plan = self.preparation.plan or await self.preparation.compare(
                self.stage.ctx.reader, on_calls=self._looked_up
            )
            checked = await self.preparation.check()
            reasons = await asyncio.to_thread(common_reasons, checked.problems)
        except (ApiError, Refusal) as error:
            if not self.is_left and not self.area.is_deleted:
                self._draw_failure(error)
            return
        if not self.is_left and not self.area.is_deleted:
            self._draw_plan(plan, reasons)

    def _rows_done(self, rows: int) -> None:
        """Told from a worker thread; the page looks at it from time to time."""
        self.rows = rows

    def _paint_rows(self) -> None:
        if self.rows and not self.painted_at:
            self.line.text = f"{wording.count(self.rows, 'row')} checked"

    def _looked_up(self, done: int, of: int) -> None:
        now = monotonic()
        if now - self.painted_at < PAINT_EVERY_S or self.line.is_deleted:
            return
        self.painted_at = now
        self.line.text = f"Looking up who exists already: {done:,} of {wording.count(of, 'call')}"
        self.fill.style(f"width:{100 * done // max(of, 1):d}%")

    def _draw_refusal(self, reason: str) -> None:
        """The dry run shows what is stored now, so it is for those who may change it."""
        with self.area, html.div().classes("notice warn").attributes(role="status"):
            html.p(f"The rows are not checked. {reason}.")

    def _draw_failure(self, error: Exception) -> None:
        with self.area.clear(), html.div().classes("card padded stack"):
            with html.div().classes("notice bad").attributes(role="alert").mark("check-failed"):
                html.p(f"The check stopped and nothing was sent. {describe(error).text}").classes("breakable")
            with html.div().classes("row-x"):
                button("Back", icon="back", on_click=lambda: self.wizard.go(Step.COLUMNS))
                button("Check again", look="primary", on_click=lambda: self.wizard.show(Step.CHECK))

    def _draw_plan(self, plan: Plan, reasons: Reasons) -> None:
        with self.area.clear():
            findings = Findings(self.stage, self.preparation, plan, reasons)
            findings.draw_counts()
            self._draw_confirmation(plan)
            findings.draw_details()

    def _draw_confirmation(self, plan: Plan) -> None:
        people = wording.count(plan.sent, "person", "people")
        with html.div().classes("card padded stack").mark("import-confirm"):
            if not plan.sent:
                html.p("Nothing to import: no row would create or change anyone.")
                with html.div().classes("row-x"):
                    self._back()
                return
            html.p(self._consequence(plan))
            with html.div().classes("narrow"):
                self.typed = TextField(f"Type {plan.sent} to import", required=True, marker="import-typed")
            self.typed.input.on_value_change(lambda: self._on_typed(plan))
            self.typed.input.on("keydown.enter", lambda: self._go(plan))
            with html.div().classes("row-x wrap"):
                self._back()
                needs = Permission.IMPORT_CREDENTIALS if plan.entries else Permission.WRITE
                self.start = permission_button(
                    f"Import {people}", needs, self.stage, look="primary", on_click=lambda: self._go(plan)
                ).mark("import-go")
                self.may_go = self.start.enabled
                self.start.disable()

    def _back(self) -> None:
        button("Back", icon="back", on_click=lambda: self.wizard.go(Step.COLUMNS)).mark("import-back")

    def _consequence(self, plan: Plan) -> str:
        text = "The result keeps the old values. You can pause, resume and cancel the import."
        if plan.entries:
            text += f" It also writes {wording.count(plan.entries, 'credential')}."
        return text

    def _on_typed(self, plan: Plan) -> None:
        typed = self.typed.value.strip().replace(",", "")
        self.start.set_enabled(self.may_go and typed == str(plan.sent))

    @reports_errors
    async def _go(self, plan: Plan) -> None:
        if not self.start.enabled:
            return
        ctx, visit = self.stage.ctx, self.stage.visit
        self.start.disable()
        self.start.text = "Starting…"
        job_id, file, choices = "", self.preparation.name, self.preparation.choices()
        try:
            job_id = await plan_import(ctx, visit, plan=plan, file=file, subject=self._subject())
        finally:
            if not job_id:
                self._on_typed(plan)
                self.start.text = f"Import {wording.count(plan.sent, 'person', 'people')}"
        await ctx.desk.keep_import_columns(visit.actor, choices)
        self.wizard.is_handed_over()
        try:
            if job := await ctx.jobs.find(job_id):
                await begin(ctx, visit, job)
        finally:
            ui.navigate.to(
                paths.job(job_id)
            )  # written down it is, and can be begun there if it could not here

    def _subject(self) -> str:
        if self.draft.is_typed:
            return "typed by hand"
        return f"{self.preparation.name}, {self.draft.size:,} bytes"
