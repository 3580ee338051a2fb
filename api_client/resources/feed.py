"""A subscriber's in-app feed, and how much of it is unseen."""

from base64 import b64encode
from collections.abc import AsyncGenerator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from api_client.models.feed import FeedItem, FeedPage, UnseenCount
from api_client.models.reading import bare, wrapped
from api_client.options import BATCH, INTERACTIVE, CallOptions
from api_client.paging import Page
from api_client.resources.caller import Resource
from api_client.routes import Route, to_json
from api_client.walking import Walk

PAGE = Route("GET", "/v1/subscribers/{subscriber_id}/notifications/feed", bare(FeedPage))
UNSEEN = Route("GET", "/v1/subscribers/{subscriber_id}/notifications/unseen", wrapped(UnseenCount))


class Feed(Resource):
    """Calls on one subscriber's feed."""

    async def page(  # noqa: PLR0913 - the query parameters of the API
        self,
        subscriber_id: str,
        *,
        page: int | None = 0,
        limit: int | None = 10,
        read: bool | None = None,
        seen: bool | None = None,
        feeds: Sequence[str] = (),
        payload: Mapping[str, Any] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> FeedPage:
        """One page, newest first, archived messages included.

        `feeds` are identifiers of feeds, `payload` a part that the messages' payloads must contain.
        """
        query = {
            "page": page,
            "limit": limit,
            "read": read,
            "seen": seen,
            "feedIdentifier": feeds or None,
            "payload": None if payload is None else _base64(payload),
        }
        return await self._caller.call(PAGE, {"subscriber_id": subscriber_id}, query=query, options=options)

    def items(
        self,
        subscriber_id: str,
        *,
        max_items: int,
        page_size: int = 100,
        read: bool | None = None,
        seen: bool | None = None,
        options: CallOptions = BATCH,
    ) -> AsyncGenerator[FeedItem]:
        """The whole feed, newest first, each message once even when new ones arrive meanwhile."""

        async def fetch(cursor: str | None, _: int) -> Page[FeedItem]:
            at = int(cursor or 0)
            found = await self.page(
                subscriber_id, page=at, limit=page_size, read=read, seen=seen, options=options
            )
            return Page(found.items, next=str(at + 1) if found.has_more else None)

        return Walk(
            fetch,
            identify=attrgetter("id"),
            max_items=max_items,
            page_size=page_size,
            by_id=False,
        ).items()

    async def unseen_count(
        self,
        subscriber_id: str,
        *,
        seen: bool | None = False,
        limit: int | None = 100,
        feed: str | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> int:
        """How many messages are unseen, archived ones too; never more than `limit` (1 to 1000).

        None leaves a value to the server, whose defaults are the same.
        """
        query = {"seen": seen, "limit": limit, "feedId": feed}
        answer = await self._caller.call(
            UNSEEN, {"subscriber_id": subscriber_id}, query=query, options=options
        )
        return answer.count


def _base64(payload: Mapping[str, Any]) -> str:
    return b64encode(to_json(payload)).decode()
