"""Prove it: a real message over a card's channel, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from api_client import ApiError, TriggerOutcome
from dashboard.actions.triggers import trigger
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import labelled_choice
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.outcome import Finding, accepted, arrivals
from dashboard.pages.subscriber.credentials.trials import Workflows, channel_of, name_of, suggested, usable
from dashboard.refusals import Refusal

LOOKS, PAUSE_S = 5, 1.0
REAL = "This is a real message: the workflow runs for this person, over every channel that it has."
PRETENDED = "This is the embedded API: it writes down what it would send, and nothing leaves this machine."


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
        self._used, self._workflow = "", ""
        self._is_busy = False

    def pick(self, card: Card, workflows: Workflows) -> str:
        """The workflow that a test over this card goes out with unless another is chosen; "" to ask."""
        offered = [one.identifier for one in usable(workflows, card)]
        best = suggested(workflows, card)
        return self._used if self._used in offered else best.identifier if best else ""

    def announce(self, card: Card, workflows: Workflows) -> str:
        """What a click on a button that sends at once will do."""
        picked = self.pick(card, workflows)
        found = next((one for one in usable(workflows, card) if one.identifier == picked), None)
        if found is None:
            return "The test asks which workflow to send with."
        return f"The test sends “{found.name or found.identifier}” to this person, for real."

    def open(self, card: Card, workflows: Workflows) -> None:
        """Choose a workflow and send."""
        self._workflow = self.pick(card, workflows)
        with self._page:
            self._dialog = Dialog(f"Send a test over {card.title}", marker="prove-dialog")
        with self._dialog.content():
            html.p(PRETENDED if self._stage.ctx.started_with_embedded else REAL).classes("muted")
            self._draw_choice(card, workflows)
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
            self._say([Finding("bad", describe(exc).text)])
        else:
            self._used = self._workflow
            self._say([accepted(outcome)])
            if not accepted(outcome).is_final:
                beside(self._found, self._look(card, outcome), name="what came of a test message")
        finally:
            self._is_busy = False

    async def _look(self, card: Card, outcome: TriggerOutcome) -> None:
        """Ask a few times: workers deliver after the answer."""
        findings: tuple[Finding, ...] = ()
        for turn in range(LOOKS):
            if turn:
                await self._sleep(PAUSE_S)
            findings = await arrivals(self._stage.ctx.reader, self._subscriber_id, card, outcome)
            if any(one.is_final for one in findings) or self._found.is_deleted:
                break
        self._say(findings)

    def _draw_choice(self, card: Card, workflows: Workflows) -> None:
        offered = usable(workflows, card)
        if not offered:
            html.p(_why_none(card, workflows)).classes("notice warn")
            return
        labelled_choice(
            {"": "Choose a workflow", **{one.identifier: name_of(one) for one in offered}},
            self._workflow,
            label="Workflow",
            on_change=self._choose,
            marker="prove-workflow",
        )

    def _choose(self, identifier: str) -> None:
        self._workflow = identifier
        self._button.set_enabled(bool(identifier))

    def _say(self, findings: Iterable[Finding]) -> None:
        if not self._found.is_deleted:
            with self._found:
                for one in findings:
                    html.li(one.text).classes(one.tone)


def _why_none(card: Card, workflows: Workflows) -> str:
    if workflows is None:
        return "The workflows could not be listed, so no test can be sent from here."
    return f"No active workflow has a {channel_of(card)} step, so there is nothing to send a test with."
