"""What was done to a person through this dashboard, from its own audit log."""

from collections.abc import Sequence

from dashboard import paths
from dashboard.actions.gate import admit
from dashboard.audit import AuditFilter, Record
from dashboard.auth import Permission, allows
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.audit.lines import draw_lines

PER_PAGE = 25
ONLY_HERE = (
    "Changes made through this dashboard, from its own log. What the person's own app or other tools change "
    "is not recorded here."
)


class HistoryPanel:
    """Loads, fails and is retried by itself."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.shown: tuple[Record, ...] = ()
        with html.section().classes("card").mark("history").attributes(aria_label="Changes made here"):
            self.panel: Panel[Sequence[Record] | None] = Panel(
                self.load, self.show, title="The changes could not be read"
            )
        self.panel.reload()

    async def load(self, before: int | None = None) -> Sequence[Record] | None:
        """The newest records, or those before one; None where the role does not include reading them."""
        ctx, visit = self.stage.ctx, self.stage.visit
        if not allows(visit.role, Permission.HISTORY):
            return None
        await admit(ctx, visit, "subscriber.history_read", needs=Permission.HISTORY)
        wanted = AuditFilter(subject=self.subscriber_id, is_over=True)
        return await ctx.audit.page(wanted, before_seq=before, limit=PER_PAGE)

    def show(self, records: Sequence[Record] | None) -> None:
        """The newest; None where they may not be read."""
        self.shown = tuple(records or ())
        self._show(records)

    def _show(self, records: Sequence[Record] | None) -> None:
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Changes made here").classes("grow")
                if allows(self.stage.visit.role, Permission.AUDIT):
                    whole = html.a("In the audit log").classes("text-link small")
                    whole.attributes(href=paths.audit({"about": self.subscriber_id}))
            with html.div().classes("card-body"):
                html.p(ONLY_HERE).classes("muted small")
                if records is None:
                    html.p("Your role does not include seeing who changed a person.").classes("muted")
                elif not self.shown:
                    html.p("No changes yet.").classes("muted")
            if self.shown:
                draw_lines(self.stage, self.shown, label="Changes made here", with_subject=False)
            if records is not None and len(records) == PER_PAGE:
                with html.div().classes("pager"):
                    button("Older changes", on_click=self.more).mark("history-more")

    @reports_errors
    async def more(self) -> None:
        """Older ones below those that are shown."""
        known = self.shown
        records = await self.load(known[-1].seq)
        if known is self.shown and not self.panel.body.is_deleted:  # neither read anew nor asked for twice
            self.shown = (*known, *(records or ()))
            self._show(records)
