"""A provider's whole form in a dialog: to set one up, or to change all fields of an entry."""

from api_client import Integration, Invalid
from dashboard.actions.unlisted import Entries
from dashboard.auth import Permission
from dashboard.components.buttons import button
from dashboard.components.credential_form import CredentialForm, draw_note
from dashboard.components.dialog import Dialog
from dashboard.components.fields import labelled_choice
from dashboard.components.permission_button import permission_button
from dashboard.components.text_box import TextBox
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from dashboard.providers import Provider


class FormDialog:
    """Checks, writes, reads back. A refusal leaves the dialog open with everything typed.

    `name` is what the address calls the form: the provider, and where it is one entry's, its integration.
    """

    def __init__(self, writer: CredentialWriter, row: Provider, title: str, *, name: str) -> None:
        self.writer, self.row, self.name, self._is_busy = writer, row, name, False
        self.dialog = Dialog(title, marker="credential-dialog", persistent=True)

    def draw(self, card: Card | None = None) -> None:
        """The note, the fields, the buttons; `card` is what is stored."""
        draw_note(self.row)
        self.form = CredentialForm(
            self.row,
            stored=card.shown if card else None,
            draft=self.writer.draft(self.name),
            on_submit=self.save,
        )
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            permission_button(
                "Save", Permission.WRITE, self.writer.stage, look="primary", on_click=self.save
            ).mark("credential-save")

    @reports_errors
    async def save(self) -> None:
        """Send what is filled in, once."""
        if self._is_busy or not self.form.check():
            return
        self._is_busy = True
        try:
            await self._write_or_complain()
        finally:
            self._is_busy = False

    async def _write_or_complain(self) -> None:
        try:
            await self.write()
        except Invalid as exc:
            texts = {name: list(texts) for name, texts in exc.fields.items()}
            if not self.form.show_errors(texts):
                raise
        else:
            self.dialog.close()

    def open(self) -> None:
        """Show the form."""
        raise NotImplementedError

    async def write(self) -> bool:
        """Send it; whether it was made."""
        raise NotImplementedError


class ChangeEntry(FormDialog):
    """All fields of one card; what is left blank stays."""

    def __init__(self, writer: CredentialWriter, card: Card) -> None:
        if card.row is None:
            raise ValueError("a provider that is not known has no form")
        verb = "Change" if card.credentials else "Set up"
        super().__init__(
            writer, card.row, f"{verb} {card.name}", name=f"{card.provider_id}:{card.identifier}"
        )
        self._card = card

    def open(self) -> None:
        """Show the form."""
        with self.dialog.content():
            self.draw(self._card)
        self.dialog.open()
        self.form.focus()

    async def write(self) -> bool:
        return await self.writer.save(self._card, self.form.wanted)


class NewEntry(FormDialog):
    """A provider through one of its active integrations; tokens are added to those that are there."""

    def __init__(
        self, writer: CredentialWriter, row: Provider, cards: dict[str, Card], *, identifier: str = ""
    ) -> None:
        super().__init__(writer, row, f"Add {row.label}", name=row.id)
        self._cards = cards
        named = (key for key, card in cards.items() if card.identifier == identifier)
        self._chosen = next(named, next(iter(cards)))

    def open(self) -> None:
        """Show the form, with a choice of the integration where there are several."""
        with self.dialog.content():
            if len(self._cards) > 1:
                names = {key: _named(card.integration, card) for key, card in self._cards.items()}
                labelled_choice(
                    names, self._chosen, label="Integration", on_change=self._choose, marker="integration"
                )
            self.draw()
        self.dialog.open()
        self.form.focus()

    async def write(self) -> bool:
        card, wanted = self._cards[self._chosen], self.form.wanted
        if card.is_push:
            return await self.writer.add_tokens(card, [*wanted.get("deviceTokens", ())])
        return await self.writer.save(card, wanted)

    def _choose(self, key: str) -> None:
        self._chosen = key


class UnlistedEntry(FormDialog):
    """Where the API key may not list integrations: the identifier is typed, or left to Novu."""

    def __init__(self, writer: CredentialWriter, row: Provider, *, seen: Entries) -> None:
        super().__init__(writer, row, f"Add {row.label}", name=row.id)
        self._seen = seen

    def open(self) -> None:
        """Show the form below a plain field for the identifier."""
        with self.dialog.content():
            self._identifier = TextBox(
                "Integration identifier",
                hint="As it stands in Novu under Integrations. Leave blank for the newest active one.",
                marker="integration-identifier",
                name="integrationIdentifier",
                draft=self.writer.draft(f"{self.name}:integration"),
                on_submit=self.save,
            )
            self.draw()
        self.dialog.open()
        self._identifier.focus()

    async def write(self) -> bool:
        identifier = self._identifier.value.strip()
        return await self.writer.save_unlisted(self.row.id, identifier, self.form.wanted, seen=self._seen)


def _named(integration: Integration | None, card: Card) -> str:
    name = integration.name if integration and integration.name else card.identifier
    return f"{name} · {card.identifier}{' (default: the newest)' if card.is_default else ''}"
