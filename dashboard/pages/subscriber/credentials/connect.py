"""Connect Slack: an address for the person to open, and the state of the connection afterwards."""

from collections.abc import Callable

from api_client import Integration
from dashboard.actions.connecting import connect_address
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import copy_button, labelled_choice
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.credentials.entries import CredentialsView
from dashboard.pages.subscriber.credentials.writer import CredentialWriter


class ConnectAccount:
    """Makes the address on request, for it lets whoever has it connect an account in this person's name."""

    def __init__(
        self,
        writer: CredentialWriter,
        places: tuple[Integration, ...],
        view: Callable[[], CredentialsView],
    ) -> None:
        self._writer, self._places, self._view = writer, places, view
        self._place = places[0]
        self._dialog = Dialog("Connect Slack", marker="connect-dialog")

    def open(self) -> None:
        """Show the choice of the integration and the button that makes the address."""
        with self._dialog.content():
            html.p(
                "Send this link to the person. Whoever opens it connects a Slack channel of their own, and "
                "messages for this person go there."
            ).classes("muted")
            if len(self._places) > 1:
                names = {one.id: f"{one.name} · {one.identifier}" for one in self._places}
                labelled_choice(names, self._place.id, label="Integration", on_change=self._choose)
            self._address = html.div().classes("stack")
            self._state = html.p().classes("small").mark("connect-state")
            self._state.props["role"] = "status"
        with self._dialog.buttons():
            button("Close", on_click=self._dialog.close)
            button("Check connection", on_click=self.check).mark("connect-check")
            button("Create link", look="primary", on_click=self.make).mark("connect-make")
        self._say()
        self._dialog.open()

    @reports_errors
    async def make(self) -> None:
        """Ask for the address, and say when the server would refuse it."""
        place = self._place
        made = await connect_address(
            self._writer.stage.ctx,
            self._writer.stage.visit,
            subscriber_id=self._writer.subscriber_id,
            provider_id=place.provider_id,
            integration=place.identifier,
        )
        if place is not self._place or self._address.is_deleted:
            return  # another integration was chosen meanwhile: this address is not its own
        with self._address.clear():
            with html.div().classes("secret-row"):
                html.span(made.url).classes("mono breakable grow").mark("connect-url")
                copy_button(made.url, "Copy the link")
            if made.problem:
                html.p(made.problem).classes("notice warn")

    @reports_errors
    async def check(self) -> None:
        """Read the person again."""
        person = await self._writer.stage.ctx.reader.subscribers.get(self._writer.subscriber_id)
        self._writer.on_read(person)
        self._say()

    def _choose(self, integration_id: str) -> None:
        self._place = next(one for one in self._places if one.id == integration_id)
        self._address.clear()
        self._say()

    def _say(self) -> None:
        mine = [card for card in self._view().cards if card.integration_id == self._place.id and card.shown]
        address = mine[0].shown.get("webhookUrl") if mine else None
        self._state.text = f"Connected: {address}" if address else "Not connected through this integration."
        self._state.classes(add="good" if address else "", remove="" if address else "good")
