"""The newer calls on a subscriber's in-app messages; `NotFound` on older servers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from api_client.errors import BadArgument
from api_client.models.notifications import Notification, NotificationCount, NotificationPage
from api_client.models.reading import acknowledgement, bare, wrapped
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.routes import QueryValue, Route, to_json

_ALL = "/v2/subscribers/{subscriber_id}/notifications"
_ONE = _ALL + "/{notification_id}"
Change = Literal["read", "unread", "archive", "unarchive", "unsnooze"]
BulkChange = Literal["read", "archive", "read-archive", "delete"]
LIST = Route("GET", _ALL, bare(NotificationPage))
COUNT = Route("GET", _ALL + "/count", wrapped(tuple[NotificationCount, ...]))
CHANGE = Route("PATCH", _ONE + "/{change}", wrapped(Notification))
SNOOZE = Route("PATCH", _ONE + "/snooze", wrapped(Notification))
ACTION = Route("PATCH", _ONE + "/actions/{action}/{change}", wrapped(Notification))
DELETE = Route("DELETE", _ONE, acknowledgement)
CHANGE_ALL = Route("POST", _ALL + "/{change}", acknowledgement)


class Notifications(Resource):
    """Calls on one subscriber's messages, as its inbox makes them."""

    async def list(
        self,
        subscriber_id: str,
        *,
        limit: int = 10,
        after: str | None = None,
        offset: int | None = None,
        where: Mapping[str, QueryValue] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> NotificationPage:
        """One page; `where`: read, archived, snoozed, seen, tags, severity, createdGte, createdLte."""
        query = {"limit": limit, "after": after, "offset": offset, **(where or {})}
        return await self._caller.call(LIST, {"subscriber_id": subscriber_id}, query=query, options=options)

    async def count(
        self, subscriber_id: str, filters: Sequence[Mapping[str, Any]], *, options: CallOptions = INTERACTIVE
    ) -> tuple[NotificationCount, ...]:
        """How many match each filter, in the order given."""
        query = {"filters": to_json([dict(one) for one in filters]).decode()}
        return await self._caller.call(COUNT, {"subscriber_id": subscriber_id}, query=query, options=options)

    async def change(
        self,
        subscriber_id: str,
        notification_id: str,
        change: Change,
        *,
        options: CallOptions = INTERACTIVE,
    ) -> Notification:
        """Read, unread, archive, unarchive or unsnooze one message."""
        path = {"subscriber_id": subscriber_id, "notification_id": notification_id, "change": change}
        return await self._caller.call(CHANGE, path, options=options)

    async def snooze(
        self,
        subscriber_id: str,
        notification_id: str,
        until: datetime,
        *,
        options: CallOptions = INTERACTIVE,
    ) -> Notification:
        """Snooze one message; servers ask for at least a minute ahead."""
        if until.tzinfo is None:
            raise BadArgument("The time to snooze until has no time zone.")
        path = {"subscriber_id": subscriber_id, "notification_id": notification_id}
        stamp = until.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return await self._caller.call(SNOOZE, path, body={"snoozeUntil": stamp}, options=options)

    async def set_action(
        self,
        subscriber_id: str,
        notification_id: str,
        action: Literal["primary", "secondary"],
        change: Literal["complete", "revert"],
        *,
        options: CallOptions = INTERACTIVE,
    ) -> Notification:
        """Mark a button as pressed, or take that back."""
        path = {
            "subscriber_id": subscriber_id,
            "notification_id": notification_id,
            "action": action,
            "change": change,
        }
        return await self._caller.call(ACTION, path, options=options)

    async def delete(
        self, subscriber_id: str, notification_id: str, *, options: CallOptions = INTERACTIVE
    ) -> None:
        """Remove one message."""
        path = {"subscriber_id": subscriber_id, "notification_id": notification_id}
        await self._caller.call(DELETE, path, options=options)

    async def change_all(
        self,
        subscriber_id: str,
        change: BulkChange,
        *,
        tags: Sequence[str] | None = None,
        data: Mapping[str, Any] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> None:
        """Read, archive or delete all messages, or those with all `tags` and `data`."""
        body = {"tags": None if tags is None else list(tags), "data": None if data is None else dict(data)}
        given = {name: value for name, value in body.items() if value is not None}
        path = {"subscriber_id": subscriber_id, "change": change}
        await self._caller.call(CHANGE_ALL, path, body=given, options=options)

    async def mark_seen(
        self,
        subscriber_id: str,
        notification_ids: Sequence[str] | None = None,
        *,
        options: CallOptions = INTERACTIVE,
    ) -> None:
        """Mark the named messages as seen, or all when none are named."""
        body = {} if notification_ids is None else {"notificationIds": list(notification_ids)}
        path = {"subscriber_id": subscriber_id, "change": "seen"}
        await self._caller.call(CHANGE_ALL, path, body=body, options=options)
