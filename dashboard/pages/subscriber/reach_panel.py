"""The reach panel: for each channel whether the person can be reached, why not, and where that is mended."""

from collections.abc import Callable, Sequence

from nicegui import ui

from api_client import Subscriber
from dashboard import paths
from dashboard.channels import all_channels
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.icons import icon
from dashboard.components.panel import Panel
from dashboard.components.person import CHANNEL_ICONS
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.pages.subscriber.source import Source
from dashboard.reach import VERDICTS, Facts, Fix, Reach, Reason, reach
from dashboard.snippets import Call, one_person

ANY = "Any workflow"
NOVU = {
    "https://api.novu.co": "https://dashboard.novu.co",
    "https://eu.api.novu.co": "https://eu.dashboard.novu.co",
}
"""Novu's own dashboards by the API that they belong to; other servers' are not known."""


class ReachPanel:
    """Asks about any workflow or about one; the answer also colours the head."""

    def __init__(
        self,
        stage: Stage,
        source: Source,
        about: str,
        *,
        on_about: Callable[[str], None],
        on_reach: Callable[[tuple[Reach, ...]], None],
    ) -> None:
        self.stage, self.source, self.about = stage, source, about
        self.on_about, self.on_reach = on_about, on_reach
        with html.section().classes("card").mark("reach") as card:
            card.attributes(aria_label="Can this person be reached?")
            self.panel: Panel[Facts] = Panel(
                self.load, self.show, title="How to reach this person could not be worked out"
            )
        self.panel.reload()

    def ask_about(self, workflow: str) -> None:
        """Another workflow, or none for any."""
        if workflow != self.about:
            self.about = workflow
            self.panel.reload()

    async def load(self) -> Facts:
        return await self.source.facts(self.about or None)

    def show(self, facts: Facts) -> None:
        verdicts = reach(facts)
        if not self.about:
            self.on_reach(verdicts)
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Can this person be reached?")
                html.span().classes("grow")
                raw_button(self.stage, _behind(self.source.subscriber_id, facts), "reach")
                self._draw_choice(facts)
            self._draw_unknown(verdicts)
            with html.ul().classes("reach-rows").props('aria-label="Channels"'):
                for verdict in verdicts:
                    self._draw_row(verdict, facts.person)

    def _draw_choice(self, facts: Facts) -> None:
        entries = facts.preferences.workflows if facts.preferences else ()
        names = {one.workflow.identifier: one.workflow.name or one.workflow.identifier for one in entries}
        if self.about:
            names.setdefault(self.about, self.about)
        if names:
            choice(
                {"": ANY, **names},
                self.about,
                label="By which workflow",
                on_change=self.on_about,
                marker="about",
            )

    def _draw_unknown(self, verdicts: Sequence[Reach]) -> None:
        """What could not be read concerns every channel, so it is said once."""
        texts = dict.fromkeys(one.text for verdict in verdicts for one in verdict.reasons if one.is_unknown)
        if texts:
            with html.div().classes("notice warn row-x between reach-unknown"):
                html.p(" ".join(texts)).attributes(role="status")
                button("Ask again", on_click=self.panel.reload, look="quiet tiny").mark("ask-again")

    def _draw_row(self, verdict: Reach, person: Subscriber) -> None:
        known = [reason for reason in verdict.reasons if not reason.is_unknown]
        with html.li().classes("reach-row").mark(f"reach-{verdict.kind}"):
            with html.span().classes("reach-name"):
                ui.icon(icon(CHANNEL_ICONS[verdict.kind])).props('aria-hidden="true"')
                html.b(verdict.name)
            html.span(VERDICTS[verdict.verdict]).classes(f"chip {verdict.tone}")
            with html.div().classes("reach-reasons"):
                for reason in known:
                    self._draw_reason(reason)
                if not known or (verdict.verdict == "reachable" and verdict.amount):
                    summary = next(one.summary for one in all_channels(person) if one.kind == verdict.kind)
                    html.p(summary).classes("muted breakable")

    def _draw_reason(self, reason: Reason) -> None:
        with html.p().classes(f"reach-reason {reason.weight}").mark(f"reason-{reason.id}"):
            html.span(reason.text).classes("breakable")
            if reason.fix:
                self._draw_fix(reason.fix, f"fix-{reason.id}")

    def _draw_fix(self, fix: Fix, marker: str) -> None:
        link = html.a(fix.label).classes("text-link").mark(marker)
        if fix.place != "novu":
            link.props["href"] = fix_address(self.source.subscriber_id, fix)
        elif home := NOVU.get(self.stage.ctx.reader.base_url.rstrip("/")):
            link.attributes(href=f"{home}/{fix.target}", target="_blank", rel="noopener noreferrer")
        else:
            link.delete()
            html.span(f"That is set in Novu itself, under {fix.target.capitalize()}.").classes("muted")


def _behind(subscriber_id: str, facts: Facts) -> Behind:
    """The calls behind the verdicts; what could not be read is null."""
    wanted = one_person(subscriber_id, "/preferences")
    calls = (
        Call("GET", one_person(subscriber_id)),
        Call("GET", "/v1/integrations"),
        *(Call("GET", wanted, {"criticality": level}) for level in ("all", "nonCritical")),
    )
    read = {"person": facts.person, "integrations": facts.integrations, "preferences": facts.preferences}
    return Behind(calls, read)


def fix_address(subscriber_id: str, fix: Fix) -> str:
    """Where on this page a reason is mended."""
    if fix.place == "profile":
        return paths.subscriber(subscriber_id, {"edit": fix.target})
    target = {"fix": fix.target} if fix.target else {}
    return paths.subscriber(subscriber_id, {"tab": fix.place, **target})
