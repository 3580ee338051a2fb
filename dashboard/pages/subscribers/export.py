"""The export dialog: what will be written, progress, cancel, and the file once it is complete."""

import asyncio
from collections.abc import Iterator
from time import monotonic

from nicegui import ui

from api_client import ApiError
from dashboard import paths, wording
from dashboard.actions.exports import export_people
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import labelled_choice
from dashboard.components.permission_button import refusal
from dashboard.components.shell import Stage
from dashboard.csv_io import COLUMNS, DEFAULT_COLUMNS, Exported, ExportPlan, Format, Progress
from dashboard.exports import ExportFile
from dashboard.feedback import describe
from dashboard.pages.subscribers.state import ListState
from dashboard.refusals import Liftable, Refusal

PAINT_EVERY_S = 0.2
CALLS_A_SECOND = 20
"""What Novu's smallest plan allows; an estimate need not be better than that."""
FORMATS = {
    "csv": "CSV",
    "csv-bom": "CSV for Excel (UTF-8 with a byte order mark)",
    "jsonl": "JSON Lines",
}
MEDIA_TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.JSON_LINES: "application/x-ndjson"}


class ExportDialog:
    """Exports everyone the list's search matches, not only the page; a file that arrives is complete."""

    def __init__(self, stage: Stage, state: ListState, total: wording.Total) -> None:
        self.stage, self.state, self.total = stage, state, total
        self.format = "csv"
        self.guards = True
        self.columns = {column.key for column in DEFAULT_COLUMNS}
        self.dialog = Dialog("Export subscribers", marker="export-dialog")
        self.task: asyncio.Task[None] | None = None
        self.began_at = self.painted_at = 0.0
        self.dialog.on_closed(self._closed)

    def open(self) -> None:
        """Ask what to write."""
        with self.dialog.content():
            html.p(self._what()).classes("breakable")
            labelled_choice(
                FORMATS, self.format, label="Format", on_change=self._on_format, marker="export-format"
            )
            self._draw_columns()
            self._draw_guard()
            self.warning = html.p().classes("notice warn").mark("export-warning").attributes(role="status")
            self.warning.set_visibility(False)
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            self.start = button("Export", look="primary", on_click=self.run).mark("export-start")
        self.dialog.open()

    def run(self) -> None:
        """Begin; from here on the dialog shows progress."""
        with self.dialog.content():
            self.line = html.p("Starting…").classes("num").mark("export-progress").attributes(role="status")
            with html.div().classes("bar") as bar:
                bar.attributes(role="progressbar", aria_label="Export progress")
                self.fill = html.div().style("width:0")
        with self.dialog.buttons():
            button("Cancel export", on_click=self.dialog.close).mark("export-cancel")
        self.began_at = monotonic()
        self.task = beside(self.dialog.body, self._export(), name="export")

    async def _again(self) -> None:
        self.run()

    def _closed(self) -> None:
        """Whatever closed the dialog: nobody would see what becomes of the export."""
        if self.task and not self.task.done():
            self.task.cancel()
            ui.notify("The export was cancelled. No file was kept.")

    async def _export(self) -> None:
        plan = ExportPlan(
            filters=self.state.wanted(),
            keeps=self.state.keeps(self.stage.ctx.clock.now()),
            is_past=self.state.is_past(descending=False),
            columns=[column for key, column in COLUMNS.items() if key in self.columns],
            format=Format.JSON_LINES if self.format == "jsonl" else Format.CSV,
            bom=self.format == "csv-bom",
            guards=self.guards,
        )
        try:
            done = await export_people(
                self.stage.ctx, self.stage.visit, subject=self._subject(), plan=plan, on_progress=self._paint
            )
        except (ApiError, Refusal) as exc:
            self._failed(exc)
            if isinstance(exc, Liftable) and exc.ask:
                exc.ask(self._again)
        else:
            self._hand_over(done)

    def _paint(self, progress: Progress) -> None:
        if self.line.is_deleted and self.task:
            self.task.cancel()  # the page was left by Back
            return
        now = monotonic()
        if now - self.painted_at < PAINT_EVERY_S:
            return
        self.painted_at = now
        rate = progress.read / max(now - self.began_at, 0.001)
        self.line.text = progress_words(progress, rate)
        if progress.total:
            self.fill.style(f"width:{min(100, 100 * progress.read // progress.total):d}%")

    def _hand_over(self, done: Exported) -> None:
        ctx, visit = self.stage.ctx, self.stage.visit
        name = f"subscribers-{ctx.clock.now():%Y%m%d-%H%M%S}.{done.format.value}"
        file = ExportFile(done.path, name, MEDIA_TYPES[done.format])
        url = paths.export_file(ctx.exports.add(file, session_id=visit.session_id))
        ui.download.from_url(url)
        with self.dialog.content():
            text = f"{wording.count(done.rows, 'row')} written. The download has started."
            html.p(text).mark("export-done").attributes(role="status")
            again = html.a("Download it again").classes("text-link")
            again.attributes(href=url, download=name)
        with self.dialog.buttons():
            button("Close", look="primary", on_click=self.dialog.close)

    def _failed(self, exc: Exception) -> None:
        with (
            self.dialog.content(),
            html.div().classes("notice bad").attributes(role="alert").mark("export-failed"),
        ):
            html.p(f"The export stopped and no file was kept. {describe(exc).text}")
        with self.dialog.buttons():
            button("Close", on_click=self.dialog.close)
            button("Try again", look="primary", on_click=self.run)

    def _draw_columns(self) -> None:
        with html.div().classes("field"):
            html.span("Columns").classes("field-label")
            with html.div().classes("column-picks").attributes(role="group", aria_label="Columns"):
                for column in COLUMNS.values():
                    extra = " (slow)" if column.needs_call else ""
                    box = ui.checkbox(column.title + extra, value=column.key in self.columns)
                    box.on_value_change(lambda e, key=column.key: self._on_column(key, bool(e.value)))
                    may_not = column.is_secret and refusal(Permission.REVEAL, self.stage)
                    if may_not:
                        box.disable()
                        box.props["aria-description"] = may_not

    def _draw_guard(self) -> None:
        with html.div() as self.guard:
            box = ui.checkbox("Escape spreadsheet formulas", value=True).mark("export-guard")
            box.on_value_change(lambda e: setattr(self, "guards", bool(e.value)))
            html.p(
                "Values that a spreadsheet could run as a formula, phone numbers among them, get a leading "
                "apostrophe. Importing the file here removes it. Untick this for files that programs read."
            ).classes("hint muted small")

    def _on_format(self, value: str) -> None:
        self.format = value if value in FORMATS else "csv"
        self.guard.set_visibility(self.format != "jsonl")

    def _on_column(self, key: str, on: bool) -> None:
        (self.columns.add if on else self.columns.discard)(key)
        self.start.set_enabled(bool(self.columns))
        self.warning.text = " ".join(self._warnings())
        self.warning.set_visibility(bool(self.warning.text))

    def _warnings(self) -> Iterator[str]:
        """What the chosen columns cost, and what they give away."""
        chosen = [column for key, column in COLUMNS.items() if key in self.columns]
        number = self.total.number
        if number and any(column.needs_call for column in chosen):
            took = wording.duration(number / CALLS_A_SECOND)
            calls = wording.count(number, "API call")
            yield f"Counting unseen messages takes {calls}: {took} at {CALLS_A_SECOND} per second."
        if any(column.is_secret for column in chosen):
            yield (
                "The file will hold webhook addresses and device tokens in full: anyone who has it can send "
                "to these people. The audit log records that you exported it."
            )

    def _what(self) -> str:
        if self.state.is_everyone:
            return "Everyone in this environment, in the order they were created."
        return f"Everyone who matches “{self.state.described()}”, not only this page."

    def _subject(self) -> str:
        return self.state.described()


def progress_words(progress: Progress, rate: float) -> str:
    """`1,240 of 38,102 rows · 4,000 rows per second · less than a minute left`."""
    read = f"{progress.read:,} of {progress.total:,} rows" if progress.total else f"{progress.read:,} rows"
    parts = [read, f"{rate:,.0f} rows per second"]
    if progress.rows != progress.read:
        parts.insert(1, f"{progress.rows:,} match")
    if progress.total:
        parts.append(f"{wording.duration(max(0, progress.total - progress.read) / max(rate, 0.001))} left")
    return " · ".join(parts)
