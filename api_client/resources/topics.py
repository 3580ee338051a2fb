"""Topics: those that exist, those a subscriber belongs to, and who joins or leaves them."""

from collections.abc import Sequence

from api_client.models.reading import bare
from api_client.models.surroundings import (
    Subscription,
    SubscriptionsAnswer,
    Topic,
    TopicsAnswer,
    TopicsChanged,
)
from api_client.options import INTERACTIVE, CallOptions
from api_client.paging import Page
from api_client.resources.caller import Resource
from api_client.routes import Route

_MEMBERS = "/v2/topics/{topic_key}/subscriptions"
LIST = Route("GET", "/v2/topics", bare(TopicsAnswer))
SUBSCRIPTIONS = Route("GET", "/v2/subscribers/{subscriber_id}/subscriptions", bare(SubscriptionsAnswer))
JOIN = Route("POST", _MEMBERS, bare(TopicsChanged))
LEAVE = Route("DELETE", _MEMBERS, bare(TopicsChanged))


class Topics(Resource):
    """Calls on topics and their subscribers."""

    async def list(
        self, *, after: str | None = None, limit: int = 100, options: CallOptions = INTERACTIVE
    ) -> Page[Topic]:
        """One page of the environment's topics; `limit` is at most 100."""
        found = await self._caller.call(LIST, query={"limit": limit, "after": after}, options=options)
        return found.page(found.data)

    async def of(
        self,
        subscriber_id: str,
        *,
        key: str | None = None,
        after: str | None = None,
        limit: int | None = 50,
        options: CallOptions = INTERACTIVE,
    ) -> Page[Subscription]:
        """One page of the topics that a subscriber belongs to; `NotFound` on servers before 2026.

        `key` narrows it to one topic.
        """
        query = {"limit": limit, "after": after, "key": key}
        found = await self._caller.call(
            SUBSCRIPTIONS, {"subscriber_id": subscriber_id}, query=query, options=options
        )
        return found.page(found.data)

    async def join(
        self, topic_key: str, subscriber_ids: Sequence[str], *, options: CallOptions = INTERACTIVE
    ) -> TopicsChanged:
        """Add up to 100 subscribers; the server creates a topic that does not exist yet.

        Those it does not know are in the answer's `errors`.
        """
        body = {"subscriberIds": list(subscriber_ids)}
        return await self._caller.call(JOIN, {"topic_key": topic_key}, body=body, options=options)

    async def leave(
        self, topic_key: str, subscriber_ids: Sequence[str], *, options: CallOptions = INTERACTIVE
    ) -> TopicsChanged:
        """Remove up to 100 subscribers from a topic, with every subscription that each of them has to it."""
        body = {"subscriberIds": list(subscriber_ids)}
        return await self._caller.call(LEAVE, {"topic_key": topic_key}, body=body, options=options)
