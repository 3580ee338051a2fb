"""Trigger a workflow for this person, then watch it arrive in the feed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from api_client import Subscriber, Workflow
from dashboard.actions.triggers import trigger
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField, labelled_choice
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.credentials.outcome import accepted
from dashboard.pages.subscriber.workflows import all_workflows
from dashboard.profile import BadJson, custom_data
from dashboard.refusals import Refusal

REAL = "This sends a real message on every channel of the workflow."


class NotTaken(Refusal):
    """Novu answered, and will not run the workflow."""


class TryOut:
    """Choose a workflow, fill in its payload, send; `on_sent` hears of the transaction."""

    def __init__(self, stage: Stage, person: Subscriber, on_sent: Callable[[str], None]) -> None:
        self.stage, self.person, self.on_sent = stage, person, on_sent
        self.workflow = ""
        self.dialog = Dialog("Send a test message", marker="test-message", persistent=True)

    def open(self) -> None:
        with self.dialog.content():
            html.p(REAL).classes("notice warn")
            self.panel: Panel[tuple[Workflow, ...]] = Panel(
                self.load, self.show, title="The workflows could not be listed"
            )
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            self.send_button = button("Send", on_click=self.send, look="primary").mark("send")
            self.send_button.disable()
        self.panel.reload()
        self.dialog.open()

    async def load(self) -> tuple[Workflow, ...]:
        found = await all_workflows(self.stage.ctx.reader)
        return tuple(one for one in found if (one.status or "ACTIVE") == "ACTIVE")

    def show(self, workflows: tuple[Workflow, ...]) -> None:
        with self.panel.body.clear():
            if not workflows:
                states.empty("No active workflow", "There is nothing that could be triggered.")
                return
            with html.div().classes("stack"):
                names = {one.identifier: one.name or one.identifier for one in workflows}
                self.workflow = next(iter(names))
                labelled_choice(
                    names, self.workflow, label="Workflow", on_change=self._choose, marker="test-workflow"
                )
                self.payload = TextField(
                    "Payload", value="{}", lines=True, hint="A JSON object.", marker="test-payload"
                )
        self.send_button.enable()

    async def send(self) -> None:
        """A wrong payload is said at its field; nothing is sent then."""
        try:
            payload = custom_data(self.payload.value.strip() or "{}")
        except BadJson as flaw:
            self.payload.set_error(str(flaw))
            self.payload.focus()
            return
        self.payload.set_error(None)
        await self.dialog.finish(partial(self._send, payload))

    async def _send(self, payload: dict[str, Any]) -> None:
        outcome = await trigger(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.person.subscriber_id,
            workflow=self.workflow,
            payload=payload,
        )
        said = accepted(outcome)
        if said.is_final:
            raise NotTaken(said.text)
        self.on_sent(outcome.transaction_id or "")

    def _choose(self, workflow: str) -> None:
        self.workflow = workflow
