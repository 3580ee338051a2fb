"""Marking messages so that it can be taken back: what they were before, and the call that restores it."""

from collections.abc import Mapping, Sequence
from typing import Any

from api_client import FeedItem, MarkAs
from dashboard.actions import messages as actions
from dashboard.context import AppContext, Visit
from dashboard.reading import Reader

MARKED = "{number:,} marked as {state}."
MOST = 500
"""So many messages are remembered before all are marked; more cannot be taken back."""
_PAGE = 100
_CHANGED: Mapping[MarkAs, dict[str, Any]] = {
    MarkAs.READ: {"read": False},
    MarkAs.UNREAD: {"read": True},
    MarkAs.SEEN: {"seen": False},
    MarkAs.UNSEEN: {"seen": True},
}

WayBack = tuple[MarkAs, ...]
AllMarked = Mapping[WayBack, Sequence[str]]
"""The marks that restore, in their order → the ids of the messages."""


def way_back(item: FeedItem) -> WayBack:
    """The marks that lead back to what the message is now.

    `read` and `unread` also mark as seen, so `unseen` comes last; not every server clears `read` then.
    """
    first = MarkAs.READ if item.read else MarkAs.UNREAD
    return (first,) if item.seen else (first, MarkAs.UNSEEN)


async def others(
    reader: Reader, subscriber_id: str, mark_as: MarkAs, *, feeds: Sequence[str]
) -> AllMarked | None:
    """The messages that `mark_all` is going to change, by the way back; None when there are too many."""
    found: dict[WayBack, list[str]] = {}
    for number in range(MOST // _PAGE):
        page = await reader.feed.page(
            subscriber_id, page=number, limit=_PAGE, feeds=feeds, **_CHANGED[mark_as]
        )
        for item in page.items:
            found.setdefault(way_back(item), []).append(item.id)
        if not page.has_more:
            return found
    return None


async def take_back(ctx: AppContext, visit: Visit, subscriber_id: str, known: AllMarked) -> None:
    """One call for each mark and former state."""
    for marks, ids in known.items():
        for mark_as in marks:
            await actions.mark(ctx, visit, subscriber_id=subscriber_id, message_ids=ids, mark_as=mark_as)
