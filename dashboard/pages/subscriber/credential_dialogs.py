"""The dialogs that write credentials: choose a provider, fill in its form, add tokens."""

from collections.abc import Callable

from api_client import ChannelCredentials, Integration, Invalid
from dashboard.actions import credentials as actions
from dashboard.actions.entries import Kept, Target
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.credential_form import CredentialForm, draw_note
from dashboard.components.dialog import Dialog
from dashboard.components.fields import choice
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.entries import Card, CredentialsView, addable
from dashboard.providers import PROVIDERS, Channel, Provider, payload

OnDone = Callable[[str], None]


class ChooseProvider:
    """First step of adding: which provider. Only those with an active integration can be written to."""

    def __init__(self, stage: Stage, subscriber_id: str, view: CredentialsView, on_done: OnDone) -> None:
        self.stage, self.subscriber_id, self.view, self.on_done = stage, subscriber_id, view, on_done
        self.dialog = Dialog("Add credentials", marker="add-dialog")

    def open(self) -> None:
        with self.dialog.content():
            for channel, title in ((Channel.PUSH, "Push"), (Channel.CHAT, "Chat")):
                html.h3(title)
                with html.div().classes("provider-list"):
                    for row in PROVIDERS.values():
                        if row.channel is channel and row.fields:
                            self._draw_choice(row)
        self.dialog.open()

    def _draw_choice(self, row: Provider) -> None:
        there = addable(self.view, row)
        pick = button(row.label, on_click=lambda: self._pick(row, there)).mark(f"provider-{row.id}")
        if not there:
            pick.disable()
            pick.tooltip("No active integration of this provider")

    def _pick(self, row: Provider, there: tuple[Integration, ...]) -> None:
        self.dialog.close()
        NewEntry(self.stage, self.subscriber_id, self.view, row, there, self.on_done).open()


class _FormDialog:
    """A provider's form in a dialog; what was typed stays until it is saved or given up."""

    def __init__(self, stage: Stage, subscriber_id: str, title: str, on_done: OnDone) -> None:
        self.stage, self.subscriber_id, self.on_done = stage, subscriber_id, on_done
        self.dialog = Dialog(title, marker="credential-dialog", persistent=True)
        self.form: CredentialForm | None = None

    def draw(
        self, row: Provider, *, stored: dict[str, str | tuple[str, ...]] | None = None, verb: str
    ) -> None:
        """The note, the form, and the buttons."""
        draw_note(row)
        self.form = CredentialForm(row, stored=stored)
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            self.save_button = button(verb, look="primary", on_click=self.save).mark("credential-save")

    async def save(self) -> None:
        """Check, write, read back; a refusal leaves the dialog open with everything typed."""
        if self.form and self.form.check():
            self.save_button.disable()
            await self._write()
            if self.dialog.is_open:
                self.save_button.enable()

    @reports_errors
    async def _write(self) -> None:
        try:
            kept = await self.write()
        except Invalid as exc:
            texts = {name: list(texts) for name, texts in exc.fields.items()}
            if not self.form or not self.form.show_errors(texts):
                raise
            return
        self.dialog.close()
        self.on_done(self.said(kept))

    async def write(self) -> Kept:
        raise NotImplementedError

    def said(self, kept: Kept) -> str:
        """What came of it; names what the server did not keep."""
        if kept.dropped:
            return f"Saved, but the server did not keep: {', '.join(kept.dropped)}."
        return "Saved and read back."


class NewEntry(_FormDialog):
    """Fill in a provider that has no entry yet, or add to the one of another integration."""

    def __init__(
        self,
        stage: Stage,
        subscriber_id: str,
        view: CredentialsView,
        row: Provider,
        integrations: tuple[Integration, ...],
        on_done: OnDone,
    ) -> None:
        super().__init__(stage, subscriber_id, f"Add {row.label}", on_done)
        self.view, self.row, self.integrations = view, row, integrations
        self.chosen = integrations[0]

    def open(self) -> None:
        with self.dialog.content():
            if len(self.integrations) > 1:
                with html.div().classes("field"):
                    html.span("Integration").classes("field-label")
                    names = {one.id: self._name(one) for one in self.integrations}
                    choice(
                        names,
                        self.chosen.id,
                        label="Integration",
                        on_change=self._choose,
                        marker="integration",
                    )
            self.draw(self.row, verb="Save")
        self.dialog.open()

    async def write(self) -> Kept:
        values = payload(self.row, self.form.raw if self.form else {})
        target = Target(self.row.id, self.chosen.identifier, self.chosen.id)
        ctx, visit, person = self.stage.ctx, self.stage.visit, self.subscriber_id
        if self.row.channel is Channel.PUSH:
            return await actions.add_tokens(
                ctx, visit, subscriber_id=person, target=target, tokens=tuple(values.get("deviceTokens", ()))
            )
        return await actions.save(
            ctx, visit, subscriber_id=person, target=target, wanted=values, expected=self._stored()
        )

    def _stored(self) -> ChannelCredentials | None:
        entries = [one for one in self.view.person.channels if one.integration_id == self.chosen.id]
        return entries[0].credentials if entries else None

    def _choose(self, integration_id: str) -> None:
        self.chosen = next(one for one in self.integrations if one.id == integration_id)

    def _name(self, one: Integration) -> str:
        default = " (default: the newest)" if one is self.integrations[0] else ""
        return f"{one.name or one.identifier} · {one.identifier}{default}"


class AddTokens(_FormDialog):
    """Append device tokens to an entry; those already stored stay."""

    def __init__(self, stage: Stage, subscriber_id: str, card: Card, on_done: OnDone) -> None:
        super().__init__(stage, subscriber_id, f"Add tokens: {card.title}", on_done)
        self.card = card

    def open(self) -> None:
        if self.card.row:
            with self.dialog.content():
                self.draw(self.card.row, verb="Add")
            self.dialog.open()

    async def write(self) -> Kept:
        row, target = _writable(self.card)
        values = payload(row, self.form.raw if self.form else {})
        return await actions.add_tokens(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.subscriber_id,
            target=target,
            tokens=tuple(values.get("deviceTokens", ())),
        )


class ChangeEntry(_FormDialog):
    """Change a chat entry; a field left blank keeps what is stored."""

    def __init__(self, stage: Stage, subscriber_id: str, card: Card, on_done: OnDone) -> None:
        super().__init__(stage, subscriber_id, f"Change {card.title}", on_done)
        self.card = card

    def open(self) -> None:
        if self.card.row:
            with self.dialog.content():
                self.draw(self.card.row, stored=self.card.shown, verb="Save")
            self.dialog.open()

    async def write(self) -> Kept:
        row, target = _writable(self.card)
        return await actions.save(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.subscriber_id,
            target=target,
            wanted=payload(row, self.form.raw if self.form else {}),
            expected=self.card.credentials,
        )


def _writable(card: Card) -> tuple[Provider, Target]:
    """Row and target of a card that offers a form; only such cards do."""
    if card.row is None or card.target is None:
        raise ValueError("this entry cannot be written to")
    return card.row, card.target
