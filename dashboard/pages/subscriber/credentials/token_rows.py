"""The stored tokens of one entry: masked, searched on the server, revealed or copied one by one, removed."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.icon_button import icon_button
from dashboard.components.permission_button import refusal
from dashboard.components.text_box import TextBox
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from dashboard.providers import MOST_TOKENS, mask

REVEALED_FOR_S = 30
FIRST = 6
Sleep = Callable[[float], Awaitable[None]]


class SecretRow:
    """One stored value: its mask, and buttons to see or copy it in clear. The browser holds only the mask."""

    def __init__(
        self,
        card: Card,
        writer: CredentialWriter,
        *,
        key: str,
        secret: str,
        name: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._card, self._writer, self._key, self._secret, self._sleep = card, writer, key, secret, sleep
        self._mask = mask(secret)
        self._hiding: asyncio.Task[None] | None = None
        may_not = refusal(Permission.REVEAL, writer.stage)
        with html.div().classes("secret-row"):
            self._value = html.span(self._mask).classes("secret grow")
            label = f"Reveal {name} for {REVEALED_FOR_S} seconds"
            self._eye = icon_button("eye", label, on_click=self.turn, reason=may_not)
            icon_button("copy", f"Copy {name}", on_click=self.copy, reason=may_not)
            self.buttons = html.span().classes("row-x")

    @reports_errors
    async def turn(self) -> None:
        """Show it in clear for half a minute, or hide it again."""
        if self._hiding and not self._hiding.done():
            self._hiding.cancel()
            self._show(self._mask, is_clear=False)
        elif await self._is_still_stored():
            self._show(self._secret, is_clear=True)
            self._hiding = beside(self._value, self._hide_later(), name="hide a secret again")

    @reports_errors
    async def copy(self) -> None:
        """Put it on the clipboard while it stays masked on the screen. It is a reveal and recorded as one."""
        if await self._is_still_stored():
            ui.clipboard.write(self._secret)
            ui.notification("Copied. The reveal is on record.", position="bottom-right", timeout=4)

    async def _is_still_stored(self) -> bool:
        """Ask for it, on record, as it is stored by now."""
        stored = await self._writer.reveal(self._card)
        found: object = stored.to_body().get(self._key) if stored else None
        is_there = self._secret in found if isinstance(found, list) else found == self._secret
        if not is_there:
            self._writer.refresh()
        return is_there and not self._value.is_deleted

    async def _hide_later(self) -> None:
        await self._sleep(REVEALED_FOR_S)
        if not self._value.is_deleted:
            self._show(self._mask, is_clear=False)

    def _show(self, text: str, *, is_clear: bool) -> None:
        self._value.text = text
        self._eye.attributes(aria_pressed="true" if is_clear else "false")


class TokenRows:
    """The list, the first few at once; a search looks into the tokens in clear, on the server."""

    def __init__(self, writer: CredentialWriter) -> None:
        self._writer = writer
        self._is_whole = False
        self._search: TextBox | None = None
        self._head = html.div().classes("row-x between")
        self._search_place = html.div()
        self._rows = html.div()

    def update(self, card: Card) -> None:
        """Show the tokens of `card`; what is searched for stays."""
        self._card = card
        label = card.row.fields[0].label if card.row else "Tokens"
        with self._head.clear():
            html.span(label).classes("field-label")
            html.span(f"{len(card.tokens)} of {MOST_TOKENS}").classes("muted small num")
        if len(card.tokens) > FIRST and not self._search:
            with self._search_place:
                self._search = TextBox("Search these tokens", marker="token-search", on_typed=self._draw)
        self._draw()

    def _draw(self) -> None:
        wanted = self._search.value.strip() if self._search else ""
        found = [token for token in self._card.tokens if wanted in token]
        shown = found if self._is_whole or wanted else found[:FIRST]
        with self._rows.clear():
            if not found:
                html.p("No token has this in it." if wanted else "No token is stored in this entry.").classes(
                    "nothing"
                )
            for token in shown:
                self._draw_row(token)
            if len(shown) < len(found):
                button(f"Show all {len(found)}", look="bare tiny", on_click=self._show_all)

    def _draw_row(self, token: str) -> None:
        card = self._card
        name = f"{card.name} {mask(token)}"
        row = SecretRow(card, self._writer, key="deviceTokens", secret=token, name=name)
        if card.is_writable:
            with row.buttons:
                icon_button(
                    "trash",
                    f"Remove {name}",
                    on_click=lambda: self.remove(token),
                    reason=refusal(Permission.WRITE, self._writer.stage),
                ).mark("remove-token")

    def _show_all(self) -> None:
        self._is_whole = True
        self._draw()

    @reports_errors
    async def remove(self, token: str) -> None:
        """Remove one; the rest stays, whatever else was added meanwhile."""
        await self._writer.remove_token(self._card, token)
