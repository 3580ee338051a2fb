"""First step of adding: which provider. Without an active integration there is nothing to write to."""

from collections.abc import Callable

from dashboard.components import html
from dashboard.components.buttons import button, refuse
from dashboard.components.dialog import Dialog
from dashboard.pages.subscriber.credentials.entries import CredentialsView, places_of
from dashboard.providers import PROVIDERS, Channel, Provider


class ChooseProvider:
    """The rows of the provider table as buttons, by channel."""

    def __init__(self, view: CredentialsView, on_pick: Callable[[Provider], None]) -> None:
        self._view, self._on_pick = view, on_pick
        self.dialog = Dialog("Add credentials", marker="add-dialog")

    def open(self) -> None:
        """Show the choice."""
        with self.dialog.content():
            for channel, title in ((Channel.PUSH, "Push"), (Channel.CHAT, "Chat")):
                html.h3(title)
                with html.div().classes("provider-list"):
                    for row in PROVIDERS.values():
                        if row.channel is channel:
                            self._draw_choice(row)
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
        self.dialog.open()

    def _draw_choice(self, row: Provider) -> None:
        pick = button(row.label, on_click=lambda: self._pick(row)).mark(f"provider-{row.id}")
        reason = self._reason(row)
        if reason:
            refuse(pick, reason)

    def _reason(self, row: Provider) -> str:
        if not row.fields:
            return row.note
        if self._view.integrations is not None and not places_of(self._view, row.id):
            return "No active integration of this provider"
        return ""

    def _pick(self, row: Provider) -> None:
        self.dialog.close()
        self._on_pick(row)
