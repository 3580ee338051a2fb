"""How many of a person's in-app messages are unseen, unread, archived, snoozed. No user interface."""

import asyncio
from dataclasses import dataclass

import orjson

from api_client import ApiError, NotFound
from dashboard.reading import Reader
from dashboard.snippets import Call, one_person

CAP = 1000
"""The count of unseen messages stops here."""
PAGE = 100
_FILTERS = ({"read": False}, {"archived": True}, {"snoozed": True})


@dataclass(frozen=True)
class Count:
    """A number, or None where the server does not tell; `is_least`: there may be more.

    `trouble` says why there is none though the server could tell.
    """

    number: int | None
    is_least: bool = False
    trouble: str = ""

    @property
    def text(self) -> str:
        if self.number is None:
            return "?" if self.trouble else "—"
        return f"{self.number:,}{'+' if self.is_least else ''}"


@dataclass(frozen=True)
class Counts:
    """Archived and snoozed messages are also among the unseen and unread ones."""

    unseen: Count
    unread: Count
    archived: Count = Count(None)
    snoozed: Count = Count(None)


def calls(subscriber_id: str) -> tuple[Call, ...]:
    """What `counts` asks the API, to show it."""
    unseen = one_person(subscriber_id, "/notifications/unseen", version="v1")
    filters = orjson.dumps(_FILTERS).decode()
    return (
        Call("GET", unseen, {"limit": str(CAP)}),
        Call("GET", one_person(subscriber_id, "/notifications/count"), {"filters": filters}),
    )


async def counts(reader: Reader, subscriber_id: str) -> Counts:
    """All figures in two calls at once. Raises ApiError when there are no figures at all."""
    unseen, rest = await asyncio.gather(
        reader.feed.unseen_count(subscriber_id, limit=CAP), _unread_and_more(reader, subscriber_id)
    )
    shown = Count(CAP - 1, is_least=True) if unseen >= CAP else Count(unseen)
    return Counts(shown, *rest)


async def _unread_and_more(reader: Reader, subscriber_id: str) -> tuple[Count, ...]:
    try:
        found = await reader.notifications.count(subscriber_id, _FILTERS)
    except NotFound:
        return (await _unread_by_feed(reader, subscriber_id),)
    except ApiError as exc:
        return (Count(None, trouble=exc.user_text),)
    return tuple(Count(one.count) for one in found)


async def _unread_by_feed(reader: Reader, subscriber_id: str) -> Count:
    """Servers before spring 2026 count no unread messages: one page of them is fetched and counted."""
    page = await reader.feed.page(subscriber_id, read=False, limit=PAGE)
    return Count(len(page.items), is_least=page.has_more)
