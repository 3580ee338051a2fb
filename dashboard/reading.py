"""The reading half of the API client, as types: what pages may call, and nothing that changes anything."""

from collections.abc import AsyncIterator
from typing import Protocol

from api_client import (
    BATCH,
    INTERACTIVE,
    CallOptions,
    FeedPage,
    Integration,
    Page,
    Preferences,
    RowPage,
    Subscriber,
    SubscriberFilter,
)

EVERYBODY = SubscriberFilter()


class ReadsSubscribers(Protocol):
    """Finds people."""

    async def search(  # noqa: PLR0913 - one call, all its filters named
        self,
        filter: SubscriberFilter = EVERYBODY,  # noqa: A002 - the client's name for it
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        order_by: str = "_id",
        descending: bool = True,
        include_cursor: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> Page[Subscriber]: ...

    def search_rows(
        self,
        filter: SubscriberFilter,  # noqa: A002 - the client's name for it
        *,
        max_items: int,
        page_size: int = 100,
        descending: bool = True,
        options: CallOptions = BATCH,
    ) -> AsyncIterator[RowPage]: ...

    async def get(self, subscriber_id: str, *, options: CallOptions = INTERACTIVE) -> Subscriber: ...


class ReadsFeeds(Protocol):
    """Reads one person's in-app feed."""

    async def page(
        self,
        subscriber_id: str,
        *,
        page: int = 0,
        limit: int = 10,
        read: bool | None = None,
        seen: bool | None = None,
    ) -> FeedPage: ...

    async def unseen_count(self, subscriber_id: str, *, seen: bool = False, limit: int = 100) -> int: ...


class ReadsPreferences(Protocol):
    """Reads what one person wants to hear."""

    async def get(self, subscriber_id: str) -> Preferences: ...


class ReadsIntegrations(Protocol):
    """Reads which providers the environment is joined to."""

    async def list(self) -> tuple[Integration, ...]: ...


class Reader(Protocol):
    """The client as pages see it."""

    @property
    def subscribers(self) -> ReadsSubscribers: ...
    @property
    def feed(self) -> ReadsFeeds: ...
    @property
    def preferences(self) -> ReadsPreferences: ...
    @property
    def integrations(self) -> ReadsIntegrations: ...
