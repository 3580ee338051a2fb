"""The result of each person of a job: a table on the page, and all of them as a CSV."""

import csv
import secrets
from collections.abc import Sequence

from dashboard import paths
from dashboard.components import html
from dashboard.context import AppContext
from dashboard.csv_io import guard
from dashboard.exports import ExportFile
from dashboard.import_results import write_results
from dashboard.jobs import JobRow, Kind, RowState
from dashboard.pages.jobs.words import ROWS

PER_PAGE = 100
MEDIA_TYPE = "text/csv; charset=utf-8"
CHOICES: dict[str, tuple[str, tuple[RowState, ...]]] = {
    "all": ("All", tuple(RowState)),
    "failed": ("Failed", (RowState.FAILED,)),
    "refused": ("Refused and left out", (RowState.REFUSED, RowState.LEFT_OUT)),
    "done": ("Done", (RowState.DONE, RowState.SAME)),
    "waiting": ("Still waiting", (RowState.WAITING, RowState.DOING)),
}


def draw_rows(rows: Sequence[JobRow], kind: Kind) -> None:
    """Name, id, state and reason of each."""
    if not rows:
        html.p("No rows.").classes("muted card-body")
        return
    with html.div().classes("people-wrap"), html.table().classes("people results"):
        html.caption("Result of each person").classes("visually-hidden")
        with html.thead(), html.tr():
            for heading in ("Person", "State", "Details"):
                html.th(heading).attributes(scope="col")
        with html.tbody():
            for row in rows:
                _draw_row(row, is_gone=kind is Kind.DELETE and row.state is RowState.DONE)


def _draw_row(row: JobRow, *, is_gone: bool) -> None:
    is_gone = is_gone or row.state is RowState.REFUSED
    word, tone = ROWS[row.state]
    with html.tr().mark("result"):
        with html.td(), html.div().classes("who"), html.span().classes("text"):
            name = html.span(row.name) if is_gone else html.a(row.name)
            name.classes("clip")
            if not is_gone:
                name.props["href"] = paths.subscriber(row.subscriber_id)
            html.span(row.subscriber_id).classes("mono muted small clip")
        with html.td():
            html.span(word).classes(f"chip {tone}")
        html.td(row.note or "—").classes("reason")


async def result_file(ctx: AppContext, job_id: str, kind: Kind | None = None) -> ExportFile:
    """All rows of a job as a CSV in the spool folder, safe to open in a spreadsheet."""
    path = ctx.exports.folder / f"{secrets.token_hex(16)}.csv"
    if kind is Kind.IMPORT:
        await write_results(ctx.jobs, job_id, path)
        return ExportFile(path, f"import-{job_id}.csv", MEDIA_TYPE)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["subscriberId", "name", "state", "note"])
        after = -1
        while rows := await ctx.jobs.rows(job_id, after=after, limit=1000):
            writer.writerows(
                [guard(row.subscriber_id), guard(row.name), row.state.value, guard(row.note)] for row in rows
            )
            after = rows[-1].number
    return ExportFile(path, f"job-{job_id}.csv", MEDIA_TYPE)
