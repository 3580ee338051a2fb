"""What was done to a person through this dashboard, from its own audit log."""

from dashboard import wording
from dashboard.audit import AuditFilter, Outcome, Record
from dashboard.auth import Permission, allows
from dashboard.components import html
from dashboard.components.json_view import json_view
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage

ONLY_HERE = (
    "Made through this dashboard, and read from its own log: no API call is behind this. What the person's "
    "own app or other tools change is not recorded here."
)


class HistoryPanel:
    """Loads, fails and is retried by itself."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        with html.section().classes("card").mark("history").attributes(aria_label="Changes made here"):
            self.panel: Panel[tuple[Record, ...] | None] = Panel(
                self.load, self.show, title="The changes could not be read"
            )
        self.panel.reload()

    async def load(self) -> tuple[Record, ...] | None:
        """The newest records; None where the role does not include reading them."""
        if not allows(self.stage.visit.role, Permission.AUDIT):
            return None
        return await self.stage.ctx.audit.page(AuditFilter(subject=self.subscriber_id))

    def show(self, records: tuple[Record, ...] | None) -> None:
        now = self.stage.ctx.clock.now()
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Changes made here")
            with html.div().classes("card-body"):
                html.p(ONLY_HERE).classes("muted small")
                if records is None:
                    html.p("Your role does not include reading the audit log.").classes("muted")
                    return
                told = [one for one in records if one.outcome is not Outcome.BEGUN]
                if not told:
                    html.p("Nothing has been changed from here yet.").classes("muted")
                for one in told:
                    _draw(one, wording.ago(one.at, now))


def _draw(record: Record, ago: str) -> None:
    with html.details().classes("more record"):
        with html.summary():
            html.span(f"{record.name} · {record.outcome.value} · {record.actor} · {ago}")
        html.p(wording.absolute(record.at)).classes("small muted")
        for name, value in (("Before", record.before), ("After", record.after)):
            if value:
                html.h3(name)
                json_view(value, label=f"{name}: {record.name}")
        if record.detail:
            html.p(record.detail).classes("breakable")
