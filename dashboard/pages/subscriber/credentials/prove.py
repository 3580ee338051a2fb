"""Prove it: a real message over a card's channel, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable

from api_client import ApiError, TriggerOutcome, Workflow
from dashboard.actions.triggers import trigger
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import choice
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.outcome import Finding, accepted, arrivals, best_workflow
from dashboard.refusals import Refusal

LOOKS, PAUSE_S = 4, 1.0
Workflows = tuple[Workflow, ...] | None


class Prover:
    """One per tab; it remembers which workflow was used last."""

    def __init__(
        self,
        stage: Stage,
        subscriber_id: str,
        page: html.Tag,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._stage, self._subscriber_id, self._page, self._sleep = stage, subscriber_id, page, sleep
        self._workflow = ""
        self._is_busy = False

    def open(self, card: Card, workflows: Workflows) -> None:
        """Choose a workflow and send."""
        self._workflow = self._workflow or best_workflow(workflows)
        with self._page.client.layout:
            self._dialog = Dialog(f"Send a test over {card.title}", marker="prove-dialog")
        with self._dialog.content():
            html.p(
                "This is a real message: the workflow runs for this person, over every channel that it has."
            ).classes("muted")
            self._draw_choice(workflows)
            with html.div().attributes(role="status"):
                self._found = html.ol().classes("findings").mark("prove-findings")
        with self._dialog.buttons():
            button("Close", on_click=self._dialog.close)
            self._button = permission_button(
                "Send", Permission.WRITE, self._stage, look="primary", on_click=lambda: self.send(card)
            ).mark("prove-send")
            self._button.set_enabled(bool(self._workflow) and self._button.enabled)
        self._dialog.open()

    async def send_at_once(self, card: Card, workflows: Workflows) -> None:
        """Open and send with the workflow at hand; without one, ask for it."""
        self.open(card, workflows)
        if self._workflow:
            await self.send(card)

    async def send(self, card: Card) -> None:
        """Trigger once, then look what became of it."""
        if self._is_busy:
            return
        self._is_busy = True
        self._found.clear()
        try:
            outcome = await trigger(
                self._stage.ctx,
                self._stage.visit,
                subscriber_id=self._subscriber_id,
                workflow=self._workflow,
                payload={},
            )
        except (ApiError, Refusal) as exc:
            self._say(Finding("bad", describe(exc).text))
        else:
            self._say(accepted(outcome))
            beside(self._found, self._look(card, outcome), name="what came of a test message")
        finally:
            self._is_busy = False

    async def _look(self, card: Card, outcome: TriggerOutcome) -> None:
        """Ask a few times: workers deliver after the answer."""
        findings: list[Finding] = []
        for _ in range(LOOKS):
            findings = await arrivals(self._stage.ctx.reader, self._subscriber_id, card, outcome)
            if any(one.is_final for one in findings) or self._found.is_deleted:
                break
            await self._sleep(PAUSE_S)
        for one in findings:
            self._say(one)

    def _draw_choice(self, workflows: Workflows) -> None:
        if not workflows:
            html.p(
                "There is no workflow to send with."
                if workflows is not None
                else "The workflows could not be listed, so no test can be sent from here."
            ).classes("notice warn")
            return
        names = {one.identifier: f"{one.name or one.identifier} · {one.identifier}" for one in workflows}
        with html.div().classes("field"):
            html.span("Workflow").classes("field-label")
            choice(
                {"": "Choose a workflow", **names},
                self._workflow,
                label="Workflow",
                on_change=self._choose,
                marker="prove-workflow",
            )

    def _choose(self, identifier: str) -> None:
        self._workflow = identifier
        self._button.set_enabled(bool(identifier))

    def _say(self, finding: Finding) -> None:
        if not self._found.is_deleted:
            with self._found:
                html.li(finding.text).classes(finding.tone)
