"""Empty one entry; or remove a provider everywhere, by name, after seeing every integration that it hits."""

from dashboard import wording
from dashboard.actions.entries import Target
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.permission_button import permission_button
from dashboard.components.text_box import TextBox
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.writer import CredentialWriter


class RemoveEntry:
    """The narrow way comes first; the wide one, the API's only delete, has to be typed."""

    def __init__(self, writer: CredentialWriter, card: Card, hit: tuple[Card, ...]) -> None:
        self._writer, self._card, self._hit = writer, card, hit
        self._dialog = Dialog(f"Remove {card.name}", marker="remove-dialog")

    def open(self) -> None:
        """Show both ways, as far as they are open."""
        with self._dialog.content():
            if self._card.is_writable:
                self._draw_narrow()
            self._draw_wide()
        with self._dialog.buttons():
            button("Cancel", on_click=self._dialog.close)
        self._dialog.open()

    def _draw_narrow(self) -> None:
        html.h3("Only this entry")
        html.p(
            "Its tokens and texts are emptied; other integrations keep theirs. Novu keeps the empty entry."
        ).classes("muted")
        with html.div():
            permission_button(
                "Empty this entry", Permission.WRITE, self._writer.stage, look="danger", on_click=self.empty
            ).mark("remove-entry")

    def _draw_wide(self) -> None:
        html.h3(f"{self._card.title} in every integration")
        html.p(f"This person loses {wording.count(len(self._hit), 'entry', 'entries')}:").classes("muted")
        with html.ul().classes("hit"):
            for one in self._hit:
                held = wording.count(len(one.tokens), "token") if one.is_push else "address"
                where = one.identifier or one.integration_id or "no integration named"
                html.li(f"{where}: {held if one.shown else 'empty'}")
        self._name = TextBox(
            f"Type {self._card.provider_id} to remove them all",
            marker="remove-name",
            on_submit=self.everywhere,
        )
        with html.div():
            permission_button(
                "Remove everywhere",
                Permission.DELETE,
                self._writer.stage,
                look="danger solid",
                on_click=self.everywhere,
            ).mark("remove-everywhere")

    async def empty(self) -> None:
        """Empty the one entry."""
        await self._dialog.finish(lambda: self._writer.clear(self._card))

    async def everywhere(self) -> None:
        """Remove the provider, once its name is typed."""
        if self._name.value.strip() != self._card.provider_id:
            self._name.set_error(f"Type {self._card.provider_id}, exactly as it stands here.")
            self._name.focus()
            return
        await self._dialog.finish(lambda: self._writer.remove_everywhere(self._card, self._writable()))

    def _writable(self) -> dict[str, Target]:
        return {one.integration_id: one.target for one in self._hit if one.is_writable}
