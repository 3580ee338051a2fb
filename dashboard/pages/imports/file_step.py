"""The first step: a file is picked or dropped, or rows are typed; how it was read can be changed."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import replace

from nicegui import ui
from nicegui.elements.upload_files import FileUpload

from dashboard import wording
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.file_drop import FileDrop
from dashboard.csv_io.incoming.fields import is_secret
from dashboard.csv_io.incoming.form import DELIMITERS, ENCODINGS, FileKind, Form
from dashboard.csv_io.incoming.frames import Profile
from dashboard.csv_io.incoming.mapping import Columns
from dashboard.csv_io.incoming.preparing import write_grid
from dashboard.csv_io.incoming.reading import Table
from dashboard.import_drafts import GRID_COLUMNS
from dashboard.pages.imports.grid import Grid
from dashboard.pages.imports.tables import table
from dashboard.pages.imports.wizard import Step, Wizard
from dashboard.providers.masks import DOTS
from dashboard.refusals import Refusal

KINDS = {FileKind.DELIMITED: "Delimited text", FileKind.JSON_LINES: "JSON Lines", FileKind.WORKBOOK: "XLSX"}
TYPED = "typed by hand"


class FileStep:
    """Nothing is sent here; the file is kept until the import is planned or cancelled."""

    def __init__(self, wizard: Wizard) -> None:
        self.wizard, self.draft = wizard, wizard.draft
        self.reading: asyncio.Task[None] | None = None

    def draw(self) -> None:
        self._draw_sources()
        if self.draft.problem:
            with html.div().classes("notice bad").attributes(role="alert").mark("file-problem"):
                html.p(self.draft.problem).classes("breakable")
        read, found = self.draft.preparation.table, self.draft.preparation.profile
        if read and found:
            self._draw_file(read, found)

    def leave(self) -> None:
        """What was read stays with the draft; what is still being read is not wanted any more."""
        if self.reading:
            self.reading.cancel()

    def _draw_sources(self) -> None:
        limits = self.draft.preparation.limits
        with html.div().classes("card padded stack-l"):
            if self.draft.is_typed:
                Grid(self.draft.grid, on_typed=self.wizard.keep_address, on_done=self._typed).draw()
            else:
                is_read = self.draft.preparation.table is not None
                FileDrop(
                    "Choose another file" if is_read else "Choose a file",
                    f"or drop it here. CSV, TSV, JSON Lines or XLSX, up to {limits.bytes // 1_000_000:,} MB "
                    f"and {limits.rows:,} rows.",
                    look="quiet" if is_read else "primary",
                    most_bytes=limits.bytes,
                    on_file=self._taken,
                    on_rejected=self._too_large,
                )
            self.line = html.p().classes("muted").attributes(role="status").mark("file-reading")
            other = "Use a file instead" if self.draft.is_typed else "Enter rows by hand"
            button(other, look="bare", on_click=self._turn).mark("import-turn")

    def _draw_file(self, read: Table, found: Profile) -> None:
        with html.div().classes("card").mark("file-read"):
            with html.div().classes("card-head"):
                html.h2(self.draft.preparation.name).classes("clip")
                rows = wording.count(found.rows, "row")
                html.span(rows if found.is_whole else f"more than {rows}").classes("muted small")
                html.span().classes("grow")
                button("Continue", look="primary", on_click=lambda: self.wizard.go(Step.COLUMNS)).mark(
                    "import-continue"
                )
            with html.div().classes("card-body"):
                self._draw_form(read.form)
            _draw_preview(read, found, self.draft.preparation.columns)

    def _draw_form(self, form: Form) -> None:
        with html.div().classes("row-x wrap form-line"):
            html.span(KINDS[form.kind]).classes("chip")
            if form.kind is FileKind.WORKBOOK:
                html.span("First sheet, cell values as text.").classes("muted small")
                self._draw_header(form)
                return
            choice(ENCODINGS, form.encoding, label="Encoding", on_change=self._on_encoding, marker="encoding")
            if form.kind is FileKind.DELIMITED:
                choice(
                    DELIMITERS,
                    form.delimiter,
                    label="Delimiter",
                    on_change=self._on_delimiter,
                    marker="delimiter",
                )
                self._draw_header(form)
        if not form.is_certain:
            html.p(
                "The encoding is a guess. If names with accents look wrong below, choose another one."
            ).classes("hint warning").attributes(role="status")

    def _draw_header(self, form: Form) -> None:
        box = ui.checkbox("The first row holds the column names", value=form.has_header)
        box.on_value_change(lambda e: self._read_as(replace(form, has_header=bool(e.value))))

    def _turn(self) -> None:
        self.draft.is_typed = not self.draft.is_typed
        self.wizard.show(Step.FILE)

    def _on_encoding(self, value: str) -> None:
        read = self.draft.preparation.table
        if read and value in ENCODINGS:
            self._read_as(replace(read.form, encoding=value, is_certain=True))

    def _on_delimiter(self, value: str) -> None:
        read = self.draft.preparation.table
        if read and value in DELIMITERS:
            self._read_as(replace(read.form, delimiter=value))

    def _read_as(self, form: Form) -> None:
        self._work(lambda: self.draft.preparation.read_as(form, self.wizard.known))

    async def _taken(self, file: FileUpload) -> None:
        preparation = self.draft.preparation
        arrived = preparation.folder / secrets.token_hex(8)  # two may come at once
        await file.save(arrived)
        self.draft.size = file.size()
        arrived.replace(preparation.path)
        self._work(lambda: preparation.recognise(file.name, self.wizard.known))

    def _typed(self) -> None:
        preparation = self.draft.preparation

        async def read() -> None:
            await asyncio.to_thread(write_grid, preparation.path, GRID_COLUMNS, self.draft.grid)
            await preparation.recognise(TYPED, {})

        self._work(read, then=Step.COLUMNS)

    def _too_large(self) -> None:
        self.draft.problem = (
            f"The file is larger than {self.draft.preparation.limits.bytes:,} bytes. Split it, or remove "
            "columns that you do not import."
        )
        self.wizard.show(Step.FILE)

    def _work(self, read: Callable[[], Coroutine[None, None, None]], *, then: Step = Step.FILE) -> None:
        """Read it, and nothing else any more: a slow reading of before must not come after this one."""
        self.line.text = "Reading…"
        if self.reading:
            self.reading.cancel()
        self.reading = beside(self.wizard.body, self._reading(read, then), name="read a file")

    async def _reading(self, read: Callable[[], Coroutine[None, None, None]], then: Step) -> None:
        self.draft.problem = ""
        try:
            await read()
        except Refusal as refusal:
            self.draft.problem = refusal.user_text
            then = Step.FILE
        self.reading = None  # showing what was read leaves this step, and must not end itself
        if self.wizard.body.is_deleted:
            return
        if then is Step.FILE:
            self.wizard.show(Step.FILE)
        else:
            self.wizard.go(then)


def _draw_preview(read: Table, found: Profile, columns: Columns) -> None:
    """The first rows as they were read; what goes to credentials is masked."""
    with table("The first rows of the file", read.heading, look="preview"):
        for cells in found.preview:
            with html.tr():
                for cell, key in zip(cells, columns, strict=True):
                    html.td(DOTS if cell and is_secret(key) else cell)
