"""What the dry run found: counts as bars, changes with old and new value, refusals by line and column."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

from nicegui import ui

from dashboard import paths, wording
from dashboard.components import html
from dashboard.components.bars import bars
from dashboard.components.buttons import button
from dashboard.components.shell import Stage
from dashboard.csv_io.incoming.fields import ID
from dashboard.csv_io.incoming.frames import Reasons
from dashboard.csv_io.incoming.plan import Plan
from dashboard.csv_io.incoming.preparing import Preparation
from dashboard.csv_io.incoming.spool import PlannedRow, Troubles, Verdict
from dashboard.csv_io.incoming.trouble import Problem
from dashboard.exports import ExportFile
from dashboard.pages.imports.tables import table

COUNTS = {
    Verdict.CREATE: ("created", "good"),
    Verdict.CHANGE: ("changed", "accent"),
    Verdict.SAME: ("need no change", ""),
    Verdict.LEFT_OUT: ("left out: the id appears more than once", "warn"),
    Verdict.REFUSED: ("refused", "bad"),
}
_SHOWN = 120  # characters of a value


class Findings:
    """Drawn from a plan; shows the first hundred of everything, and says how many there are."""

    def __init__(self, stage: Stage, preparation: Preparation, plan: Plan, reasons: Reasons) -> None:
        self.stage, self.preparation, self.plan, self.reasons = stage, preparation, plan, reasons

    def draw_counts(self) -> None:
        """How many would be created, changed, left alone, refused."""
        total = sum(self.plan.counts.values())
        with html.div().classes("card padded stack").mark("dry-run"):
            html.h2("What this import will do")
            bars(
                [(words, self.plan.counts.get(one, 0), tone) for one, (words, tone) in COUNTS.items()], total
            )

    def draw_details(self) -> None:
        """Who and why, in the order in which it matters."""
        checked = self.preparation.checked
        if checked and checked.problems.count:
            self._draw_problems("Refused", checked.problems, marker="refusals", reasons=self.reasons)
        if self.plan.changes:
            self._draw_changes(self.plan.changes)
        if self.plan.left_out:
            self._draw_left_out(self.plan.left_out)
        if self.plan.created:
            self._draw_created(self.plan.created)
        if checked and checked.remarks.count:
            self._draw_problems("Accepted with a warning", checked.remarks, marker="remarks", reasons=())

    def _draw_problems(self, heading: str, found: Troubles, *, marker: str, reasons: Reasons) -> None:
        with _section(heading, found.count, len(found.first), marker) as head:
            with head:
                button(
                    "Download all (CSV)", icon="download", on_click=lambda: self._download(found.path)
                ).mark(f"{marker}-file")
            if len(reasons) > 1:
                with html.div().classes("card-body"):
                    bars([(reason, number, "bad") for reason, number in reasons], found.count)
            with table(f"{heading} rows", ("Line", "Column", "Reason", "Value"), look="found"):
                for problem in found.first:
                    _draw_problem(problem)

    def _draw_changes(self, rows: Sequence[PlannedRow]) -> None:
        with (
            _section("Changed", self.plan.counts[Verdict.CHANGE], len(rows), "changes"),
            table("Changes", ("Line", "Person", "Field", "Now", "After"), look="found"),
        ):
            for row in rows:
                for key, value in row.body.items():
                    if key != ID:
                        _cells(row.line, row.name, key, _shown(row.before.get(key)), _shown(value))
                for entry in row.reach:
                    _cells(row.line, row.name, entry, "credentials", "added to or replaced")

    def _draw_left_out(self, rows: Sequence[PlannedRow]) -> None:
        with (
            _section("Left out", self.plan.counts[Verdict.LEFT_OUT], len(rows), "left-out"),
            table("Rows that are left out", ("Line", "Id", "Reason"), look="found"),
        ):
            for row in rows:
                _cells(row.line, row.subscriber_id, row.reason)

    def _draw_created(self, rows: Sequence[PlannedRow]) -> None:
        with (
            _section("Created", self.plan.counts[Verdict.CREATE], len(rows), "created"),
            table("People who will be created", ("Line", "Person", "Id", "Fields"), look="found"),
        ):
            for row in rows:
                fields = [key for key in row.body if key != ID] + list(row.reach)
                _cells(row.line, row.name, row.subscriber_id, ", ".join(fields) or "—")

    def _download(self, path: Path) -> None:
        """A copy, because the import's own folder goes away with it."""
        exports = self.stage.ctx.exports
        copy = exports.folder / f"{self.preparation.folder.name}-{path.name}"
        copy.touch(mode=0o600)
        copyfile(path, copy)
        file = ExportFile(copy, f"import-{path.name}", "text/csv; charset=utf-8")
        ui.download.from_url(paths.export_file(exports.add(file, session_id=self.stage.visit.session_id)))


@contextmanager
def _section(heading: str, count: int, shown: int, marker: str) -> Generator[html.Tag]:
    """A card with its number; yields where buttons go."""
    with html.section().classes("card").mark(marker).attributes(aria_label=heading):
        with html.div().classes("card-head"):
            html.h2(heading)
            number = wording.count(count, "row")
            html.span(number if shown >= count else f"first {shown} of {number}").classes("muted small grow")
            actions = html.div().classes("row-x")
        yield actions


def _cells(line: int, *texts: str) -> None:
    with html.tr():
        html.td(f"{line:,}").classes("num")
        for text in texts:
            html.td(text).classes("breakable")


def _draw_problem(problem: Problem) -> None:
    _cells(problem.line, problem.column or "—", problem.reason, problem.value or "—")


def _shown(value: object) -> str:
    if value is None or value == "":
        return "—"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
