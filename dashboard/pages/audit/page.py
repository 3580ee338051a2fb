"""The sub page `/audit`: filters in the URL, lines newest first, a CSV of all that match."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from dashboard import paths
from dashboard.actions.audit import export_audit
from dashboard.actions.gate import admit
from dashboard.audit import Known, Record
from dashboard.auth import Permission
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.misread import say_misread
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.exports import ExportFile
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.audit.filters import Filters
from dashboard.pages.audit.lines import draw_lines
from dashboard.pages.audit.state import AuditState
from dashboard.wording import count

PER_PAGE = 50


@dataclass(frozen=True)
class AuditView:
    """One page of lines, whether there are more to either side, and the choices of the filters."""

    records: Sequence[Record]
    has_newer: bool
    has_older: bool
    known: Known


class AuditPage:
    """Joins state, filters and lines; whoever may not read the log is refused, on record."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.state = AuditState.from_query(stage.address.query)

    def open(self) -> None:
        self.stage.title("Audit log")
        with html.div().classes("page"):
            with html.div().classes("page-head"):
                html.h1("Audit log")
                html.span().classes("grow")
                permission_button(
                    "Export CSV", Permission.AUDIT, self.stage, on_click=self.export, icon="download"
                ).mark("audit-export")
            self.filters = Filters(on_filter=self.on_filter, on_clear=self.on_clear)
            with html.div().classes("card"):
                self.panel: Panel[AuditView] = Panel(
                    self.load, self.show, title="The audit log cannot be shown", on_failed=self.on_failed
                )
        self.stage.address.listen(self.on_address)
        self.panel.reload()

    async def load(self) -> AuditView:
        """One line more than is shown tells whether there are more."""
        ctx, state = self.stage.ctx, self.state
        await admit(ctx, self.stage.visit, "audit.read", needs=Permission.AUDIT)
        found = await ctx.audit.page(
            state.wanted(), before_seq=state.before, after_seq=state.after, limit=PER_PAGE + 1
        )
        goes_on = len(found) > PER_PAGE
        known = await ctx.audit.known()
        if state.after is not None:
            return AuditView(found[-PER_PAGE:], goes_on, True, known)
        return AuditView(found[:PER_PAGE], state.before is not None, goes_on, known)

    def on_failed(self, _: Exception) -> None:
        self.filters.card.set_visibility(False)

    def show(self, view: AuditView) -> None:
        self.filters.show(self.state, view.known)
        with self.panel.body.clear():
            if not view.records:
                states.no_results(
                    "No matching lines",
                    "No line of the log matches these filters.",
                    clear=("Clear filters", self.on_clear),
                )
                return
            draw_lines(self.stage, view.records, label="Lines of the audit log, the newest first")
            if view.has_newer or view.has_older:
                self._draw_pager(view)

    def _draw_pager(self, view: AuditView) -> None:
        first, last = view.records[0].seq, view.records[-1].seq
        with html.div().classes("pager"):
            newer = button("Newer", icon="previous", on_click=lambda: self.go(self.state.newer_than(first)))
            newer.mark("audit-newer").set_enabled(view.has_newer)
            older = button("Older", icon="next", on_click=lambda: self.go(self.state.older_than(last)))
            older.mark("audit-older").set_enabled(view.has_older)

    def on_filter(self, name: str, value: str) -> None:
        self.go(self.state.filtered(name, value))

    def on_clear(self) -> None:
        self.go(AuditState())

    def go(self, state: AuditState) -> None:
        """A step, from which Back returns."""
        self.stage.address.push(paths.audit(state.to_query()))
        self.move_to(state)

    def on_address(self, query: dict[str, str]) -> None:
        self.move_to(AuditState.from_query(query))

    def move_to(self, state: AuditState) -> None:
        self.state = state
        self.panel.reload()

    @reports_errors
    async def export(self) -> None:
        """All lines that match, not only this page."""
        ctx, visit = self.stage.ctx, self.stage.visit
        done = await export_audit(ctx, visit, wanted=self.state.wanted(), described=self.state.described())
        file = ExportFile(done.path, f"audit-{ctx.clock.now():%Y%m%d-%H%M%S}.csv", "text/csv; charset=utf-8")
        ui.download.from_url(paths.export_file(ctx.exports.add(file, session_id=visit.session_id)))
        succeed(f"{count(done.rows, 'line')} written.")


async def open_audit(stage: Stage) -> None:
    """The sub page `/audit`."""
    say_misread(stage.address.query, AuditState.from_query)
    AuditPage(stage).open()
