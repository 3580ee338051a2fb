"""Changes to a subscriber's messages, as if the subscriber had made them."""

from collections.abc import Mapping, Sequence
from typing import Any

from api_client.errors import BadArgument
from api_client.models.feed import ActionStatus, MarkAs, Message
from api_client.models.reading import wrapped
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.routes import Route

_PATH = "/v1/subscribers/{subscriber_id}/messages"
MARK = Route("POST", _PATH + "/mark-as", wrapped(tuple[Message, ...]))
MARK_ALL = Route("POST", _PATH + "/mark-all", wrapped(int))
ACTION = Route("POST", _PATH + "/{message_id}/actions/{action}", wrapped(Message))


class Messages(Resource):
    """Calls on one subscriber's messages."""

    async def mark(
        self,
        subscriber_id: str,
        message_ids: str | Sequence[str],
        mark_as: MarkAs,
        *,
        options: CallOptions = INTERACTIVE,
    ) -> tuple[Message, ...]:
        """Mark messages, whatever their state; the answer leaves out ids of other subscribers."""
        if not message_ids:
            raise BadArgument("No message was chosen.")
        chosen = message_ids if isinstance(message_ids, str) else list(message_ids)
        body = {"messageId": chosen, "markAs": MarkAs(mark_as).value}
        return await self._caller.call(MARK, {"subscriber_id": subscriber_id}, body=body, options=options)

    async def mark_all(
        self,
        subscriber_id: str,
        mark_as: MarkAs,
        *,
        feeds: Sequence[str] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> int:
        """Mark all in-app messages, or those of `feeds` (none if that is empty); returns how many changed."""
        body: dict[str, Any] = {"markAs": MarkAs(mark_as).value}
        if feeds is not None:
            body["feedIdentifier"] = feeds if isinstance(feeds, str) else list(feeds)
        return await self._caller.call(MARK_ALL, {"subscriber_id": subscriber_id}, body=body, options=options)

    async def complete_action(
        self,
        subscriber_id: str,
        message_id: str,
        action: str,
        status: ActionStatus | str,
        *,
        payload: Mapping[str, Any] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> Message:
        """Record that a button (`primary` or `secondary`) was pressed. Read and seen stay as they are."""
        path = {"subscriber_id": subscriber_id, "message_id": message_id, "action": action}
        body: dict[str, Any] = {"status": str(status)}
        if payload is not None:
            body["payload"] = dict(payload)
        return await self._caller.call(ACTION, path, body=body, options=options)
