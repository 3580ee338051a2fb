"""Marking messages so that it can be taken back: what they were before, and the calls that restore it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api_client import FeedItem, MarkAs
from dashboard.actions import messages as actions
from dashboard.context import AppContext, Visit
from dashboard.reading import Reader

MOST = 20_000
"""So many messages are remembered before all are marked; of more it is said first that Undo cannot help."""
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
    reader: Reader,
    subscriber_id: str,
    mark_as: MarkAs,
    *,
    feeds: Sequence[str],
    on_found: Callable[[int], None] = lambda _: None,
) -> AllMarked | None:
    """The messages that `mark_all` is going to change, by the way back; None when there are too many.

    A message that arrives meanwhile moves the pages on; none is named twice for that.
    """
    found: dict[str, WayBack] = {}
    for number in range(MOST // _PAGE):
        page = await reader.feed.page(
            subscriber_id, page=number, limit=_PAGE, feeds=feeds, **_CHANGED[mark_as]
        )
        found |= {item.id: way_back(item) for item in page.items}
        if not page.has_more:
            return _by_way_back(found)
        on_found(len(found))
    return None


def _by_way_back(found: Mapping[str, WayBack]) -> AllMarked:
    sorted_out: dict[WayBack, list[str]] = {}
    for message_id, marks in found.items():
        sorted_out.setdefault(marks, []).append(message_id)
    return sorted_out


async def take_back(ctx: AppContext, visit: Visit, subscriber_id: str, known: AllMarked) -> None:
    """By the inverse calls, as one action."""
    steps = [(mark_as, ids) for marks, ids in known.items() for mark_as in marks]
    await actions.restore(ctx, visit, subscriber_id=subscriber_id, steps=steps)
