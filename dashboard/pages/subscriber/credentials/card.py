"""One card: a provider through one integration. It updates in place, so nothing typed is redrawn."""

from collections.abc import Callable, Sequence
from typing import cast

from dashboard.audit import redact
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.json_view import json_view
from dashboard.components.permission_button import permission_button
from dashboard.pages.subscriber.credentials.boxes import AddressBox, TokenBox
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.credentials.token_rows import SecretRow, TokenRows
from dashboard.pages.subscriber.credentials.tools import CardTools
from dashboard.providers import Kind

TONES = {"active": "good", "inactive": "warn", "missing": "bad", "unknown": ""}
STATES = {
    "active": "Active",
    "inactive": "Integration inactive",
    "missing": "Integration missing",
    "unknown": "Integration not known",
}
CANNOT_BE_WRITTEN = {
    "inactive": "Novu takes no change here until the integration is active again. It can only be removed "
    "together with every other entry of the provider.",
    "missing": "Its integration was deleted, so nothing is sent through it and Novu takes no change. It can "
    "only be removed together with every other entry of the provider.",
}


class CardView:
    """Head, stored values, a box to paste into, and buttons."""

    def __init__(self, card: Card, tools: CardTools) -> None:
        self.card, self._tools = card, tools
        self._rows: TokenRows | None = None
        self._box: TokenBox | AddressBox | None = None
        with html.section().classes("card credential").mark(f"entry-{card.provider_id}") as self.frame:
            self._head = html.div().classes("card-head")
            with html.div().classes("card-body"):
                self._values = html.div().classes("stack")
                self._box_place = html.div().classes("stack")
                self._foot = html.div().classes("row-x wrap foot")
        self.update(card)

    def update(self, card: Card) -> None:
        """Draw what changed; the box keeps what is typed."""
        self.card = card
        name = f"{card.title} {card.identifier or card.integration_id}".strip()
        self.frame.attributes(aria_label=name)
        self._draw_head()
        self._draw_values()
        self._draw_box()
        self._draw_foot()

    def _draw_head(self) -> None:
        card = self.card
        with self._head.clear():
            with html.div().classes("grow"):
                html.h3(card.title)
                if card.integration:
                    shown = card.integration.name or card.identifier
                    html.p(shown if shown == card.identifier else f"{shown} · {card.identifier}").classes(
                        "muted small clip"
                    )
            if card.is_default:
                chip = html.span("Default").classes("chip")
                chip.props["title"] = "The newest active one: where Novu writes when no integration is named"
            html.span(STATES[card.state]).classes(f"chip {TONES[card.state]}")

    def _draw_values(self) -> None:
        card = self.card
        if card.is_push:
            if self._rows is None:
                with self._values:
                    self._rows = TokenRows(self._tools.writer)
            self._rows.update(card)
            return
        with self._values.clear():
            if card.row is None:
                html.p("This provider is newer than this dashboard, so it is shown as it is stored.").classes(
                    "muted small"
                )
                json_view(masked_json(card), label=card.title)
            elif not card.shown:
                html.p(
                    "Nothing is stored yet." if card.credentials is None else "This entry is empty."
                ).classes("nothing")
            else:
                self._draw_fields()

    def _draw_fields(self) -> None:
        for field in self.card.row.fields if self.card.row else ():
            stored = self.card.stored.get(field.key)
            shown = self.card.shown.get(field.key)
            if not isinstance(shown, str):
                continue
            html.span(field.label).classes("field-label")
            if field.secret and isinstance(stored, str) and field.kind is not Kind.TOKENS:
                SecretRow(
                    self.card,
                    self._tools.writer,
                    key=field.key,
                    secret=stored,
                    name=f"{self.card.name}: {field.label}",
                )
            else:
                html.p(shown).classes("mono breakable")

    def _draw_box(self) -> None:
        if self._box is not None:
            self._box.update(self.card)
        elif self.card.is_writable and _fits_one_box(self.card):
            with self._box_place:
                make = TokenBox if self.card.is_push else self._tools.address_box
                self._box = make(self.card, self._tools.writer)

    def _draw_foot(self) -> None:
        card, tools = self.card, self._tools
        with self._foot.clear():
            if card.state in CANNOT_BE_WRITTEN and card.row:
                html.p(CANNOT_BE_WRITTEN[card.state]).classes("muted small")
            for text, permission, opens in _offers(card, tools):
                permission_button(
                    text,
                    permission,
                    tools.writer.stage,
                    look="bare tiny",
                    label=f"{text} {card.name}",
                    on_click=lambda opens=opens: opens(card),
                )


Offer = tuple[str, Permission, Callable[[Card], None]]


def _offers(card: Card, tools: CardTools) -> Sequence[Offer]:
    """What can be done with a card besides pasting into it."""
    is_filled = card.credentials is not None
    offers: list[tuple[bool, Offer]] = [
        (
            card.is_writable and not card.is_push and (is_filled or not _fits_one_box(card)),
            ("All fields…" if is_filled else "Set up…", Permission.WRITE, tools.change),
        ),
        (
            card.is_writable and card.is_push and bool(card.tokens and card.others),
            ("Move tokens…", Permission.WRITE, tools.move),
        ),
        (card.is_writable and bool(card.shown), ("Send a test…", Permission.WRITE, tools.prove)),
        (is_filled and bool(card.row), ("Remove…", Permission.WRITE, tools.remove)),
    ]
    return [offer for is_offered, offer in offers if is_offered]


def masked_json(card: Card) -> object:
    """An entry as it is stored, with everything masked that may be a secret."""
    return cast("dict[str, object]", redact({"credentials": dict(card.stored)}))["credentials"]


def _fits_one_box(card: Card) -> bool:
    """Whether the first field is all that is missing or likely to change."""
    others = card.row.fields[1:] if card.row else ()
    return bool(card.row and card.row.fields) and all(
        not field.required or field.key in card.shown for field in others
    )
