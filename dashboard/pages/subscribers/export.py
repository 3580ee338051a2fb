"""The export dialog: what will be written, progress, cancel, and the file once it is complete."""

import asyncio
from time import monotonic

from nicegui import ui

from api_client import ApiError
from dashboard import paths, wording
from dashboard.actions.exports import export_people
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import choice
from dashboard.components.shell import Stage
from dashboard.csv_io import COLUMNS, DEFAULT_COLUMNS, Exported, ExportPlan, Format, Progress
from dashboard.exports import ExportFile
from dashboard.feedback import describe
from dashboard.pages.subscribers.state import ListState
from dashboard.refusals import Refusal

PAINT_EVERY_S = 0.2
FORMATS = {
    "csv": "CSV, for other programs",
    "csv-bom": "CSV for Excel (with a byte order mark)",
    "jsonl": "JSON Lines",
}
MEDIA_TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.JSON_LINES: "application/x-ndjson"}


class ExportDialog:
    """Exports everyone the list's search matches, not only the page; a file that arrives is complete."""

    def __init__(self, stage: Stage, state: ListState) -> None:
        self.stage, self.state = stage, state
        self.format = "csv"
        self.columns = {column.key for column in DEFAULT_COLUMNS}
        self.dialog = Dialog("Export subscribers", marker="export-dialog")
        self.task: asyncio.Task[None] | None = None
        self.began_at = self.painted_at = 0.0

    def open(self) -> None:
        """Ask what to write."""
        with self.dialog.content():
            html.p(self._what()).classes("breakable")
            with html.div().classes("field"):
                html.span("Format").classes("field-label")
                choice(
                    FORMATS, self.format, label="Format", on_change=self._on_format, marker="export-format"
                )
            self._draw_columns()
            html.p(
                "Credentials appear only as masks. Cells that a spreadsheet would run as a formula get an "
                "apostrophe in front; importing the file here takes it off again."
            ).classes("hint muted small")
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
            button("Cancel the export", on_click=self.cancel).mark("export-cancel")
        self.began_at = monotonic()
        self.task = beside(self.dialog.body, self._export(), name="export")

    def cancel(self) -> None:
        if self.task:
            self.task.cancel()
        self.dialog.close()
        ui.notify("The export was cancelled. No file was kept.")

    async def _export(self) -> None:
        plan = ExportPlan(
            filters=self.state.wanted(),
            keeps=self.state.keeps(self.stage.ctx.clock.now()),
            is_past=self.state.is_past(descending=False),
            columns=[column for key, column in COLUMNS.items() if key in self.columns],
            format=Format.JSON_LINES if self.format == "jsonl" else Format.CSV,
            bom=self.format == "csv-bom",
        )
        try:
            done = await export_people(
                self.stage.ctx, self.stage.visit, subject=self._subject(), plan=plan, on_progress=self._paint
            )
        except (ApiError, Refusal) as exc:
            self._failed(exc)
        else:
            self._hand_over(done)

    def _paint(self, progress: Progress) -> None:
        now = monotonic()
        if now - self.painted_at < PAINT_EVERY_S or self.line.is_deleted:
            return
        self.painted_at = now
        rate = progress.rows / max(now - self.began_at, 0.001)
        of = f" of {progress.total:,}" if progress.total else ""
        self.line.text = f"{wording.count(progress.rows, 'row')}{of} · {rate:,.0f} rows a second"
        if progress.total:
            self.fill.style(f"width:{min(100, 100 * progress.rows // progress.total):d}%")

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
                    extra = " (one call a person, slow)" if column.needs_call else ""
                    box = ui.checkbox(column.title + extra, value=column.key in self.columns)
                    box.on_value_change(lambda e, key=column.key: self._on_column(key, bool(e.value)))

    def _on_format(self, value: str) -> None:
        self.format = value if value in FORMATS else "csv"

    def _on_column(self, key: str, on: bool) -> None:
        (self.columns.add if on else self.columns.discard)(key)
        self.start.set_enabled(bool(self.columns))

    def _what(self) -> str:
        if self.state.is_everyone:
            return "Everyone in this environment, in the order they were created."
        return f"Everyone who matches “{self.state.described()}”, not only this page."

    def _subject(self) -> str:
        return self.state.described()
