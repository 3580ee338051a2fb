"""Move tokens to another integration of the same provider, with what that does to both."""

from collections.abc import Callable
from functools import partial

from dashboard import wording
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import labelled_choice
from dashboard.components.permission_button import permission_button
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from dashboard.providers import mask


class MoveTokens:
    """All are chosen at first; they are added there before they are taken away here."""

    def __init__(self, writer: CredentialWriter, card: Card) -> None:
        self._writer, self._card = writer, card
        self._to, self._chosen, self._is_busy = card.others[0], dict.fromkeys(card.tokens), False
        self._dialog = Dialog(f"Move tokens from {card.name}", marker="move-dialog")

    def open(self) -> None:
        """Show the choice."""
        with self._dialog.content():
            names = {one.id: f"{one.name or one.identifier} · {one.identifier}" for one in self._card.others}
            labelled_choice(
                names, self._to.id, label="To the integration", on_change=self._aim, marker="move-to"
            )
            with html.ul().classes("ticks") as ticks:
                ticks.attributes(aria_label="Tokens to move")
                self._every = self._draw_tick(f"All {len(self._card.tokens)}", self._tick_every)
                self._ticks = {
                    token: self._draw_tick(mask(token), partial(self._tick, token))
                    for token in self._card.tokens
                }
            self._summary = html.p().classes("small")
            self._summary.props["role"] = "status"
        with self._dialog.buttons():
            button("Cancel", on_click=self._dialog.close)
            self._send = permission_button(
                "Move", Permission.WRITE, self._writer.stage, look="primary", on_click=self.move
            ).mark("move-send")
        self._say()
        self._dialog.open()

    @reports_errors
    async def move(self) -> None:
        """Do it; a refusal leaves the dialog as it is."""
        if self._is_busy or not self._chosen:
            return
        self._is_busy = True
        try:
            if await self._writer.move(self._card, self._to, tuple(self._chosen)):
                self._dialog.close()
        finally:
            self._is_busy = False

    def _draw_tick(self, text: str, on_change: Callable[[bool], None]) -> html.Tag:
        with html.li(), html.label().classes("tick"):
            tick = html.input_().attributes(type="checkbox", checked=True)
            html.span(text).classes("mono")
        tick.on("change", lambda e: on_change(bool(e.args)), js_handler="(e) => emit(e.target.checked)")
        return tick

    def _tick_every(self, is_ticked: bool) -> None:
        self._chosen = dict.fromkeys(self._card.tokens) if is_ticked else {}
        self._say()

    def _tick(self, token: str, is_ticked: bool) -> None:
        if is_ticked:
            self._chosen[token] = None
        else:
            self._chosen.pop(token, None)
        self._say()

    def _aim(self, integration_id: str) -> None:
        self._to = next(one for one in self._card.others if one.id == integration_id)
        self._say()

    def _say(self) -> None:
        left = len(self._card.tokens) - len(self._chosen)
        shown = {self._every: not left} | {tick: token in self._chosen for token, tick in self._ticks.items()}
        for tick, is_ticked in shown.items():
            if tick.props["checked"] is not is_ticked:
                tick.attributes(checked=is_ticked)
        self._summary.text = (
            f"Moves {wording.count(len(self._chosen), 'token')} to {self._to.identifier}; "
            f"{left} {'stays' if left == 1 else 'stay'} in {self._card.identifier}."
        )
        self._send.set_enabled(bool(self._chosen))
