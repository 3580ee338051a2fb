"""The people of an environment: search, list, get, create, change, delete."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeVar

from api_client.models.reading import bare, load, wrapped
from api_client.models.subscribers import (
    Deletion,
    LeanSearchAnswer,
    SearchAnswer,
    Subscriber,
    SubscriberRow,
)
from api_client.options import BATCH, INTERACTIVE, CallOptions
from api_client.paging import Page, RowPage
from api_client.resources.caller import Caller
from api_client.routes import QueryValue, Route

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SubscriberFilter:
    """Which subscribers: all given parts must hold. Substrings; newer servers take `subscriber_id` whole."""

    email: str | None = None
    phone: str | None = None
    name: str | None = None
    subscriber_id: str | None = None

    def to_query(self) -> dict[str, QueryValue]:
        """Query parameters; an empty text is no filter."""
        return {
            "email": self.email or None,
            "phone": self.phone or None,
            "name": self.name or None,
            "subscriberId": self.subscriber_id or None,
        }


EVERYONE = SubscriberFilter()


def _rows(body: bytes) -> RowPage:
    answer = load(body)
    return RowPage(
        rows=answer["data"],
        next=answer.get("next"),
        total=answer.get("totalCount"),
        total_is_exact=answer.get("totalCountCapped") is False,
    )


SEARCH = Route("GET", "/v2/subscribers", bare(SearchAnswer))
SEARCH_LEAN = Route("GET", "/v2/subscribers", bare(LeanSearchAnswer))
SEARCH_ROWS = Route("GET", "/v2/subscribers", _rows)
GET = Route("GET", "/v2/subscribers/{subscriber_id}", wrapped(Subscriber))
DELETE = Route("DELETE", "/v2/subscribers/{subscriber_id}", wrapped(Deletion))


class Subscribers:
    """Calls on subscribers."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def search(  # noqa: PLR0913 - the query parameters of the API
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
    ) -> Page[Subscriber]:
        """One page of matching subscribers, newest first unless told otherwise. `limit` is 1 to 100."""
        query = _search_query(filter, after, before, limit, order_by, descending, include_cursor)
        answer = await self._caller.call(SEARCH, query=query, options=options)
        return _page(answer.data, answer)

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
        """As `search`, with only the columns that a list shows: several times cheaper."""
        query = _search_query(filter, after, before, limit, order_by, descending, include_cursor)
        answer = await self._caller.call(SEARCH_LEAN, query=query, options=options)
        return _page(answer.data, answer)

    async def search_rows(
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the word everyone uses for it
        *,
        max_items: int,
        page_size: int = 100,
        descending: bool = True,
        options: CallOptions = BATCH,
    ) -> AsyncIterator[RowPage]:
        """All matching subscribers as plain rows, a page at a time."""
        left, after = max_items, None
        while left > 0:
            query = _search_query(filter, after, None, min(page_size, left), "_id", descending, False)
            page = await self._caller.call(SEARCH_ROWS, query=query, options=options)
            yield page
            left, after = left - len(page.rows), page.next
            if after is None:
                return

    async def get(self, subscriber_id: str, *, options: CallOptions = INTERACTIVE) -> Subscriber:
        """One subscriber by the caller's own id; `NotFound` when there is none."""
        return await self._caller.call(GET, {"subscriber_id": subscriber_id}, options=options)


def _page(items: tuple[T, ...], answer: SearchAnswer | LeanSearchAnswer) -> Page[T]:
    return Page(
        items=items,
        next=answer.next,
        previous=answer.previous,
        total=answer.total_count,
        total_is_exact=answer.total_count is not None and not answer.total_count_capped,
    )


def _search_query(*args: Any) -> dict[str, QueryValue]:
    filter_, after, before, limit, order_by, descending, include_cursor = args
    return {
        "limit": limit,
        "after": after,
        "before": before,
        "orderBy": order_by,
        "orderDirection": "DESC" if descending else "ASC",
        "includeCursor": True if include_cursor else None,
        **filter_.to_query(),
    }
