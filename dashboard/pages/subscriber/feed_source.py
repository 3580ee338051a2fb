"""Where a page of messages comes from: the feed's own call, or the newer one, which knows their states."""

from api_client import FeedItem, FeedPage, Notification
from dashboard.pages.subscriber.feed_filter import FeedFilter
from dashboard.reading import Reader
from dashboard.snippets import Call, one_person

PER_PAGE = 10


async def read_page(reader: Reader, subscriber_id: str, wanted: FeedFilter, page: int) -> FeedPage:
    """One page, counted from 0. NotFound where the server lacks the call. Raises BadPayload."""
    if not wanted.state:
        return await reader.feed.page(subscriber_id, page=page, limit=PER_PAGE, **wanted.asks())
    found = await reader.notifications.list(
        subscriber_id, limit=PER_PAGE, offset=page * PER_PAGE, where={wanted.state: True}
    )
    items = tuple(as_item(one) for one in found.items)
    return FeedPage(items=items, has_more=found.has_more, page=page, page_size=PER_PAGE)


def call_of(subscriber_id: str, wanted: FeedFilter, page: int) -> Call:
    """The call behind that page, to show it."""
    if wanted.state:
        query = {"limit": str(PER_PAGE), "offset": str(page * PER_PAGE), wanted.state: "true"}
        return Call("GET", one_person(subscriber_id, "/notifications"), query)
    path = one_person(subscriber_id, "/notifications/feed", version="v1")
    return Call("GET", path, {"page": str(page), "limit": str(PER_PAGE), **wanted.as_query()})


def as_item(one: Notification) -> FeedItem:
    """The newer form as the feed's own; it tells no payload, actor or feed."""
    return FeedItem.model_validate(
        {
            "_id": one.id,
            "transactionId": one.transaction_id,
            "templateIdentifier": (one.workflow or {}).get("identifier"),
            "subject": one.subject,
            "content": one.body,
            "read": one.is_read,
            "seen": one.is_seen,
            "archived": one.is_archived,
            "snoozedUntil": one.snoozed_until,
            "createdAt": one.created_at,
            "lastReadDate": one.read_at,
            "severity": one.severity,
            "tags": one.tags,
            "data": one.data,
            "cta": _cta(one),
        }
    )


def _cta(one: Notification) -> dict[str, object]:
    """The two buttons, and which of them was pressed."""
    named = {"primary": one.primary_action, "secondary": one.secondary_action}
    offered = {kind: action for kind, action in named.items() if action}
    pressed = next((kind for kind, action in offered.items() if action.is_completed), None)
    return {
        "data": {"url": one.redirect.url if one.redirect else None},
        "action": {
            "status": "done" if pressed else "pending",
            "buttons": [{"type": kind, "content": action.label} for kind, action in offered.items()],
            "result": {"type": pressed},
        },
    }
