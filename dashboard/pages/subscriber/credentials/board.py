"""The cards in their groups; an update draws only what changed, so that nothing typed elsewhere is lost."""

from collections.abc import Sequence

from dashboard.components import html, states
from dashboard.pages.subscriber.credentials.card import CardView
from dashboard.pages.subscriber.credentials.entries import Card, Key
from dashboard.pages.subscriber.credentials.tools import CardTools
from dashboard.providers import Channel

TITLES = {Channel.PUSH: "Push", Channel.CHAT: "Chat", None: "Other providers"}


class Board:
    """Push, chat, and what this dashboard does not know."""

    def __init__(self, tools: CardTools) -> None:
        self._tools = tools
        self._views: dict[Key, CardView] = {}
        self._groups = {channel: _Group(title) for channel, title in TITLES.items()}
        with html.div().classes("card") as self._nothing:
            states.empty(
                "No credentials",
                "No push token and no chat connection is stored for this person.",
                icon_name="key",
            )

    def update(self, cards: Sequence[Card]) -> None:
        """Show these cards, in this order."""
        for key in set(self._views) - {card.key for card in cards}:
            self._views.pop(key).frame.delete()
        for channel, group in self._groups.items():
            mine = [card for card in cards if (card.row.channel if card.row else None) is channel]
            group.section.set_visibility(bool(mine))
            for position, card in enumerate(mine):
                self._place(group.grid, position, card)
        self._nothing.set_visibility(not cards)

    def point_at(self, card: Card) -> None:
        """Move the keyboard, and with it the view, to a card."""
        frame = self._views[card.key].frame
        frame.attributes(tabindex="-1")
        frame.run_method("focus")

    def _place(self, grid: html.Tag, position: int, card: Card) -> None:
        view = self._views.get(card.key)
        if view is None:
            with grid:
                view = self._views[card.key] = CardView(card, self._tools)
        elif view.card != card:
            view.update(card)
        children = grid.default_slot.children
        if children.index(view.frame) != position:
            view.frame.move(grid, position)


class _Group:
    """One heading over a grid of cards."""

    def __init__(self, title: str) -> None:
        with html.section().classes("stack") as self.section:
            self.section.attributes(aria_label=title)
            html.h2(title)
            self.grid = html.div().classes("cards")
