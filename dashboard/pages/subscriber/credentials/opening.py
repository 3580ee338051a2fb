"""Which form is open, by its name in the address: links open it, a reload or a sign-in comes back to it."""

from collections.abc import Callable

from dashboard.actions.unlisted import entries_by_place
from dashboard.pages.subscriber.credentials.choose import ChooseProvider
from dashboard.pages.subscriber.credentials.entries import Card, CredentialsView, places_of
from dashboard.pages.subscriber.credentials.forms import ChangeEntry, FormDialog, NewEntry, UnlistedEntry
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from dashboard.providers import Provider, provider

CHOOSE = "add"


class Forms:
    """`add`, `slack` or `slack:slack-main`. One is open at most.

    `on_form` hears the name of the form that opened, and "" when it closed. `view` is asked each time, for it
    changes with each write.
    """

    def __init__(
        self,
        writer: CredentialWriter,
        view: Callable[[], CredentialsView],
        on_form: Callable[[str], None],
    ) -> None:
        self._writer, self._view, self._on_form = writer, view, on_form
        self._open: FormDialog | ChooseProvider | None = None

    def choose(self) -> None:
        """Which provider first."""
        if self._is_free:
            self._open = ChooseProvider(self._view(), self.add)
            self._open.open()

    def add(self, row: Provider, *, identifier: str = "") -> None:
        """The form of a provider, for an entry that may be new."""
        view = self._view()
        if view.integrations is None:
            seen = entries_by_place(view.person, row.id)
            self._show(UnlistedEntry(self._writer, row, seen=seen))
        elif places := places_of(view, row.id):
            self._show(NewEntry(self._writer, row, places, identifier=identifier))

    def change(self, card: Card) -> None:
        """All fields of a chat entry."""
        self._show(ChangeEntry(self._writer, card))

    def open_named(self, name: str) -> Card | None:
        """Open what the address asks for. A card comes back where nothing can be written, to be looked at."""
        if name == CHOOSE:
            self.choose()
        if not self._is_free or not name:
            return None
        provider_id, _, identifier = name.partition(":")
        mine = [card for card in self._view().cards if card.provider_id == provider_id]
        mine = [card for card in mine if identifier in ("", card.identifier)] or mine
        entry = next((card for card in mine if card.is_writable and card.credentials), None)
        row = provider(provider_id)
        if entry and not entry.is_push:
            self.change(entry)
        elif row and row.fields:
            self.add(row, identifier=identifier)
        return mine[0] if mine and self._is_free else None

    @property
    def _is_free(self) -> bool:
        return self._open is None or not self._open.dialog.is_open

    def _show(self, form: FormDialog) -> None:
        if not self._is_free:
            return
        self._open = form
        form.dialog.on_closed(lambda: self._on_form(""))
        form.open()
        self._on_form(form.name)
