"""Subscribers of an environment: one page or all, get, create, change, delete."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from operator import attrgetter
from typing import Any

from api_client.errors import BadArgument, NotFound, OutcomeUnknown
from api_client.models.reading import acknowledgement, bare, wrapped
from api_client.models.subscribers import (
    BulkOutcome,
    LeanSearchAnswer,
    ListAnswer,
    NewSubscriber,
    SearchAnswer,
    Subscriber,
    SubscriberPatch,
    SubscriberRow,
)
from api_client.options import BATCH, INTERACTIVE, CallOptions
from api_client.paging import Page, RowPage
from api_client.resources.caller import Resource
from api_client.resources.rows import read_rows, row_id
from api_client.resources.search import EVERYONE, Place, SubscriberFilter
from api_client.routes import Route
from api_client.walking import Walk

MAX_BULK_ROWS = 500
_V2 = "/v2/subscribers"
_ONE = _V2 + "/{subscriber_id}"
LIST = Route("GET", "/v1/subscribers", bare(ListAnswer))
SEARCH = Route("GET", _V2, bare(SearchAnswer))
SEARCH_LEAN = Route("GET", _V2, bare(LeanSearchAnswer))
SEARCH_ROWS = Route("GET", _V2, read_rows)
GET = Route("GET", _ONE, wrapped(Subscriber))
CREATE = Route("POST", _V2, wrapped(Subscriber))
CREATE_NEW = Route("POST", _V2, wrapped(Subscriber), repeatable=False)
PATCH = Route("PATCH", _ONE, wrapped(Subscriber))
DELETE = Route("DELETE", _ONE, acknowledgement)
BULK = Route("POST", "/v1/subscribers/bulk", wrapped(BulkOutcome), cost=100)
ONLINE = Route("PATCH", "/v1/subscribers/{subscriber_id}/online-status", wrapped(Subscriber))


class Subscribers(Resource):
    """Calls on subscribers."""

    async def search(  # noqa: PLR0913 - the query parameters of the API
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the word everyone uses for it
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = 50,
        order_by: str | None = "_id",
        descending: bool | None = True,
        include_cursor: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> Page[Subscriber]:
        """One page of matching subscribers, newest first unless told otherwise. `limit` is 1 to 100.

        None for `limit`, `order_by` or `descending` leaves it to the server.
        """
        place = Place(after, before, limit, order_by, descending, include_cursor)
        query = {**place.to_query(), **filter.to_query()}
        answer = await self._caller.call(SEARCH, query=query, options=options)
        return answer.page(answer.data)

    async def search_lean(  # noqa: PLR0913 - the query parameters of the API
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the word everyone uses for it
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        order_by: str = "_id",
        descending: bool = True,
        include_cursor: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> Page[SubscriberRow]:
        """Like `search`, but only the columns that a list shows: several times cheaper to read."""
        place = Place(after, before, limit, order_by, descending, include_cursor)
        query = {**place.to_query(), **filter.to_query()}
        answer = await self._caller.call(SEARCH_LEAN, query=query, options=options)
        return answer.page(answer.data)

    def search_all(
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the word everyone uses for it
        *,
        max_items: int,
        page_size: int = 100,
        descending: bool = True,
        options: CallOptions = BATCH,
    ) -> AsyncGenerator[Subscriber]:
        """Every matching subscriber once, at most `max_items`; raises `WalkBroken` rather than end early."""

        async def fetch(cursor: str | None, limit: int) -> Page[Subscriber]:
            return await self.search(
                filter, after=cursor, limit=limit, descending=descending, options=options
            )

        return Walk(fetch, identify=attrgetter("id"), max_items=max_items, page_size=page_size).items()

    async def search_rows(
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the word everyone uses for it
        *,
        max_items: int,
        page_size: int = 100,
        descending: bool = True,
        options: CallOptions = BATCH,
    ) -> AsyncGenerator[RowPage]:
        """Like `search_all`, but pages of plain rows under wire names, without models: for exports."""

        async def fetch(cursor: str | None, limit: int) -> Page[dict[str, Any]]:
            place = Place(after=cursor, limit=limit, descending=descending)
            query = {**place.to_query(), **filter.to_query()}
            return await self._caller.call(SEARCH_ROWS, query=query, options=options)

        walk = Walk(fetch, identify=row_id, max_items=max_items, page_size=page_size)
        async with aclosing(walk.pages()) as pages:
            async for page in pages:
                yield RowPage(list(page.items), page.next, page.total, page.total_is_exact)

    async def list(
        self, *, page: int | None = 0, limit: int | None = 10, options: CallOptions = INTERACTIVE
    ) -> Page[Subscriber]:
        """One page by number, oldest first, for servers without search; `next` is the next page's number."""
        answer = await self._caller.call(LIST, query={"page": page, "limit": limit}, options=options)
        return Page(answer.data, next=str((page or 0) + 1) if answer.has_more else None)

    def list_all(
        self, *, max_items: int, page_size: int = 100, options: CallOptions = BATCH
    ) -> AsyncGenerator[Subscriber]:
        """Every subscriber once, oldest first, for servers without search.

        Pages are numbered, so a row deleted meanwhile can make the walk miss another: prefer `search_all`.
        """

        async def fetch(number: str | None, _: int) -> Page[Subscriber]:
            return await self.list(page=int(number or 0), limit=page_size, options=options)

        walk = Walk(fetch, identify=attrgetter("id"), max_items=max_items, page_size=page_size, by_id=False)
        return walk.items()

    async def get(self, subscriber_id: str, *, options: CallOptions = INTERACTIVE) -> Subscriber:
        """One subscriber by the caller's own id; `NotFound` when there is none."""
        return await self._caller.call(GET, {"subscriber_id": subscriber_id}, options=options)

    async def create(
        self, new: NewSubscriber, *, fail_if_exists: bool = False, options: CallOptions = INTERACTIVE
    ) -> Subscriber:
        """Create, or update the fields that are set; with `fail_if_exists` an existing id is a `Conflict`."""
        route, query = (CREATE_NEW, {"failIfExists": True}) if fail_if_exists else (CREATE, None)
        return await self._caller.call(
            route, query=query, body=new.to_body(), secrets=new.secrets(), options=options
        )

    async def patch(
        self, subscriber_id: str, patch: SubscriberPatch, *, options: CallOptions = INTERACTIVE
    ) -> Subscriber:
        """Change the fields that are set, clear those set to None; `updated_at` comes back unchanged."""
        path = {"subscriber_id": subscriber_id}
        return await self._caller.call(PATCH, path, body=patch.to_body(), options=options)

    async def delete(self, subscriber_id: str, *, options: CallOptions = INTERACTIVE) -> None:
        """Delete for good, with messages and preferences; `NotFound` on a second attempt counts as done."""
        try:
            await self._caller.call(DELETE, {"subscriber_id": subscriber_id}, options=options)
        except OutcomeUnknown as doubt:
            if not isinstance(doubt.cause, NotFound):
                raise

    async def create_bulk(
        self, rows: Sequence[NewSubscriber], *, options: CallOptions = BATCH
    ) -> BulkOutcome:
        """Create or update up to 500 at once (`bulk_chunks` splits more); one invalid row fails all."""
        if not 1 <= len(rows) <= MAX_BULK_ROWS:
            raise BadArgument(f"A bulk call takes 1 to {MAX_BULK_ROWS} subscribers.")
        body = {"subscribers": [row.to_body() for row in rows]}
        secrets = tuple(secret for row in rows for secret in row.secrets())
        return await self._caller.call(BULK, body=body, secrets=secrets, options=options)

    async def set_online(
        self, subscriber_id: str, is_online: bool, *, options: CallOptions = INTERACTIVE
    ) -> Subscriber:
        """Set the online flag; going offline notes the time."""
        path = {"subscriber_id": subscriber_id}
        return await self._caller.call(ONLINE, path, body={"isOnline": is_online}, options=options)
