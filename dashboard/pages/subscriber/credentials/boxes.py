"""The box at the foot of a card: paste tokens, or a new address, without opening anything."""

from collections.abc import Awaitable, Callable

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.permission_button import permission_button
from dashboard.components.text_box import TextBox
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.credentials.changes import TokenChange, adding, in_words, replacing
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.writer import CredentialWriter
from dashboard.providers import Field, parse_tokens, problems, warnings


class TokenBox:
    """Append and Replace are two buttons; what each would do stands above them before anything is sent."""

    def __init__(self, card: Card, writer: CredentialWriter) -> None:
        self._card, self._writer, self._is_busy = card, writer, False
        self._box = TextBox(
            "Paste one or many",
            example="One per line, with commas, or as a JSON list",
            lines=2,
            marker="token-box",
            name="deviceTokens",
            draft=writer.draft(f"{card.provider_id}:{card.identifier}:box"),
            on_typed=self._on_typed,
            on_submit=self.add,
        )
        self._diff = html.div().classes("diff small").mark("token-diff")
        self._diff.props["role"] = "status"
        with html.div().classes("row-x wrap") as self._buttons:
            self._add = self._button("Add", self.add, "quiet tiny", "token-add")
            self._replace = self._button("Replace all", self.replace, "quiet tiny", "token-replace")
        self.update(card)

    def update(self, card: Card) -> None:
        """The entry changed; what is typed stays and is compared anew."""
        self._card = card
        self._replace.set_visibility(bool(card.tokens))
        if self._pasted and set(self._pasted) <= set(card.tokens):
            self._box.empty()
        self._on_typed()

    @reports_errors
    async def add(self) -> None:
        """Behind those that are stored."""
        await self._send(self._writer.add_tokens)

    @reports_errors
    async def replace(self) -> None:
        """Instead of those that are stored."""
        await self._send(self._writer.replace_tokens)

    async def _send(self, write: Callable[[Card, tuple[str, ...]], Awaitable[bool]]) -> None:
        if self._is_busy or not self._check(is_sending=True):
            return
        self._is_busy = True
        try:
            if await write(self._card, self._pasted):
                self._box.empty()
                self._box.focus()  # the button that was pressed is hidden now
                self._on_typed()
        finally:
            self._is_busy = False

    @property
    def _pasted(self) -> tuple[str, ...]:
        return parse_tokens(self._box.value).tokens

    def _on_typed(self) -> None:
        is_good = self._check(is_sending=False)
        self._buttons.set_visibility(not self._box.is_blank)
        with self._diff.clear():
            if is_good and self._pasted:
                self._draw_change("Add", adding(self._card.tokens, self._pasted))
                if self._card.tokens:
                    self._draw_change("Replace all", replacing(self._card.tokens, self._pasted))

    def _check(self, *, is_sending: bool) -> bool:
        key = _first(self._card).key
        raw, row = {key: self._box.value}, self._card.row
        if row is None:
            return False
        found = self._box.too_large or problems(row, raw).get(key, "")
        if self._box.is_blank and not is_sending:
            found = ""
        self._box.set_error(found)
        self._box.set_warning("" if found else warnings(row, raw).get(key))
        if found and is_sending:
            self._box.focus()
        return not found

    def _draw_change(self, verb: str, change: TokenChange) -> None:
        html.p(in_words(verb, change)).classes("bad" if change.is_too_many else "")

    def _button(self, text: str, on_click: Callable[[], Awaitable[None]], look: str, marker: str):
        return permission_button(
            text, Permission.WRITE, self._writer.stage, on_click=on_click, look=look
        ).mark(marker)


class AddressBox:
    """Replace a chat address where it stands: save it, or save it and send a test over it.

    `announce` says what such a test would send; it stands by the buttons before either is pressed.
    """

    def __init__(
        self,
        card: Card,
        writer: CredentialWriter,
        *,
        on_saved: Callable[[Card], Awaitable[None]],
        announce: Callable[[Card], str],
    ) -> None:
        self._card, self._writer, self._is_busy = card, writer, False
        self._on_saved, self._announce = on_saved, announce
        field = _first(card)
        label = "Paste a new address" if card.shown else "Paste the address"
        self._box = TextBox(
            label,
            example=field.example,
            marker="address-box",
            name=field.key,
            draft=writer.draft(f"{card.provider_id}:{card.identifier}:box"),
            on_typed=self._on_typed,
            on_submit=self.save,
        )
        stage = writer.stage
        with html.div().classes("row-x wrap") as self._buttons:
            permission_button("Save", Permission.WRITE, stage, on_click=self.save, look="quiet tiny").mark(
                "address-save"
            )
            permission_button(
                "Save and send a test",
                Permission.WRITE,
                stage,
                on_click=self.save_and_test,
                look="quiet tiny",
            ).mark("address-test")
        self._announced = html.p().classes("muted small")
        self.update(card)

    def update(self, card: Card) -> None:
        """The entry changed; what is typed stays, unless that is what is stored now."""
        self._card = card
        if self._box.value.strip() == card.stored.get(_first(card).key):
            self._box.empty()
        self._on_typed()

    @reports_errors
    async def save(self) -> None:
        await self._send()

    @reports_errors
    async def save_and_test(self) -> None:
        if await self._send():
            await self._on_saved(self._card)

    async def _send(self) -> bool:
        if self._is_busy or not self._check(is_sending=True):
            return False
        self._is_busy = True
        try:
            is_made = await self._writer.save(self._card, {_first(self._card).key: self._box.value.strip()})
            if is_made:
                self._box.empty()
                self._box.focus()  # the button that was pressed is hidden now
                self._on_typed()
        finally:
            self._is_busy = False
        return is_made

    def _on_typed(self) -> None:
        self._check(is_sending=False)
        self._announced.text = self._announce(self._card)
        for part in (self._buttons, self._announced):
            part.set_visibility(not self._box.is_blank)

    def _check(self, *, is_sending: bool) -> bool:
        key, row = _first(self._card).key, self._card.row
        if row is None:
            return False
        raw = {key: self._box.value}
        found = self._box.too_large or problems(row, raw, kept=set(self._card.shown) - {key}).get(key, "")
        self._box.set_error("" if self._box.is_blank and not is_sending else found)
        self._box.set_warning("" if found else warnings(row, raw).get(key))
        if found and is_sending:
            self._box.focus()
        return not found


def _first(card: Card) -> Field:
    """The field of a provider that has a form; only such cards have a box."""
    if card.row is None:
        raise ValueError("a provider that is not known has no form")
    return card.row.fields[0]
