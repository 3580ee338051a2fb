"""What a card opens: the dialogs of one tab, each over the same writer and the same view."""

from collections.abc import Callable
from dataclasses import dataclass

from api_client import Integration
from dashboard.pages.subscriber.credentials.boxes import AddressBox
from dashboard.pages.subscriber.credentials.connect import ConnectAccount
from dashboard.pages.subscriber.credentials.entries import Card, CredentialsView
from dashboard.pages.subscriber.credentials.move import MoveTokens
from dashboard.pages.subscriber.credentials.opening import Forms
from dashboard.pages.subscriber.credentials.prove import Prover
from dashboard.pages.subscriber.credentials.remove import RemoveEntry
from dashboard.pages.subscriber.credentials.writer import CredentialWriter


@dataclass(frozen=True)
class CardTools:
    """Handed to every card. `view` is asked when a dialog opens, for it changes with each write."""

    writer: CredentialWriter
    prover: Prover
    forms: Forms
    view: Callable[[], CredentialsView]

    def change(self, card: Card) -> None:
        """All fields of a chat entry."""
        self.forms.change(card)

    def move(self, card: Card) -> None:
        """Tokens to another integration."""
        MoveTokens(self.writer, card).open()

    def remove(self, card: Card) -> None:
        """Empty this entry, or the whole provider."""
        RemoveEntry(self.writer, card, self.view().entries_of(card.provider_id)).open()

    def prove(self, card: Card) -> None:
        """A test message over this card's channel."""
        self.prover.open(card, self.view().workflows)

    def connect(self, places: tuple[Integration, ...]) -> None:
        """An address for the person, to connect an account of their own."""
        ConnectAccount(self.writer, places, self.view).open()

    def address_box(self, card: Card, writer: CredentialWriter) -> AddressBox:
        """The box of a chat card."""
        return AddressBox(
            card,
            writer,
            on_saved=self._send_test,
            announce=lambda card: self.prover.announce(card, self.view().workflows),
        )

    async def _send_test(self, card: Card) -> None:
        await self.prover.send_at_once(card, self.view().workflows)
