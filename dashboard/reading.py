"""The reading half of the API client, as types: what pages may call, and nothing that changes anything."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from api_client import (
    BATCH,
    INTERACTIVE,
    CallOptions,
    Delivery,
    Environment,
    FeedPage,
    Integration,
    NotificationCount,
    NotificationPage,
    Page,
    Preferences,
    RateSnapshot,
    RowPage,
    RunFilter,
    RunPage,
    Subscriber,
    SubscriberFilter,
    SubscriberRow,
    Subscription,
    Topic,
    Workflow,
)

EVERYONE = SubscriberFilter()
EVERY_RUN = RunFilter()


class ReadsSubscribers(Protocol):
    """Finds people."""

    async def search(  # noqa: PLR0913 - one call, all its filters named
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the client's name for it
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        order_by: str = "_id",
        descending: bool = True,
        include_cursor: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> Page[Subscriber]: ...

    async def search_lean(  # noqa: PLR0913 - one call, all its filters named
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the client's name for it
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        order_by: str = "_id",
        descending: bool = True,
        include_cursor: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> Page[SubscriberRow]: ...

    def search_rows(
        self,
        filter: SubscriberFilter = EVERYONE,  # noqa: A002 - the client's name for it
        *,
        max_items: int,
        page_size: int = 100,
        descending: bool = True,
        options: CallOptions = BATCH,
    ) -> AsyncIterator[RowPage]: ...

    async def get(self, subscriber_id: str, *, options: CallOptions = INTERACTIVE) -> Subscriber: ...


class ReadsFeeds(Protocol):
    """Reads one person's in-app feed."""

    async def page(  # noqa: PLR0913 - one call, all its filters named
        self,
        subscriber_id: str,
        *,
        page: int = 0,
        limit: int = 10,
        read: bool | None = None,
        seen: bool | None = None,
        feeds: Sequence[str] = (),
        payload: Mapping[str, Any] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> FeedPage: ...

    async def unseen_count(
        self,
        subscriber_id: str,
        *,
        seen: bool = False,
        limit: int = 100,
        feed: str | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> int: ...


class ReadsPreferences(Protocol):
    """Reads what one person wants to be told."""

    async def get(
        self,
        subscriber_id: str,
        *,
        criticality: Literal["critical", "nonCritical", "all"] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> Preferences: ...


class ReadsNotifications(Protocol):
    """Counts and lists one person's messages, on servers since spring 2026; NotFound on older ones."""

    async def list(
        self,
        subscriber_id: str,
        *,
        limit: int = 10,
        after: str | None = None,
        offset: int | None = None,
        where: Mapping[str, bool] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> NotificationPage: ...

    async def count(
        self, subscriber_id: str, filters: Sequence[Mapping[str, Any]], *, options: CallOptions = INTERACTIVE
    ) -> tuple[NotificationCount, ...]: ...


class ReadsRuns(Protocol):
    """Reads what workflows did for one person; NotFound on servers that do not tell."""

    async def of(
        self,
        subscriber_id: str,
        *,
        page: int = 0,
        limit: int = 10,
        wanted: RunFilter = EVERY_RUN,
        options: CallOptions = INTERACTIVE,
    ) -> RunPage: ...


class ReadsDeliveries(Protocol):
    """Reads what a transaction sent; NotFound or Forbidden where the server does not tell."""

    async def of(
        self,
        transaction_id: str,
        *,
        subscriber_id: str,
        limit: int = 50,
        options: CallOptions = INTERACTIVE,
    ) -> tuple[Delivery, ...]: ...


class ReadsTopics(Protocol):
    """Reads which topics there are, and to which ones one person belongs."""

    async def list(
        self, *, after: str | None = None, limit: int = 100, options: CallOptions = INTERACTIVE
    ) -> Page[Topic]: ...

    async def of(
        self,
        subscriber_id: str,
        *,
        key: str | None = None,
        after: str | None = None,
        limit: int = 50,
        options: CallOptions = INTERACTIVE,
    ) -> Page[Subscription]: ...


class ReadsIntegrations(Protocol):
    """Reads which providers the environment is joined to."""

    async def list(self, *, options: CallOptions = INTERACTIVE) -> tuple[Integration, ...]: ...


class ReadsEnvironments(Protocol):
    """Reads which environment the key belongs to."""

    async def me(self, *, options: CallOptions = INTERACTIVE) -> Environment: ...


class ReadsWorkflows(Protocol):
    """Reads which workflows there are."""

    async def list(
        self, *, limit: int = 100, offset: int = 0, options: CallOptions = INTERACTIVE
    ) -> tuple[Workflow, ...]: ...


class Reader(Protocol):
    """The client as pages see it."""

    @property
    def base_url(self) -> str: ...
    @property
    def subscribers(self) -> ReadsSubscribers: ...
    @property
    def feed(self) -> ReadsFeeds: ...
    @property
    def preferences(self) -> ReadsPreferences: ...
    @property
    def notifications(self) -> ReadsNotifications: ...
    @property
    def runs(self) -> ReadsRuns: ...
    @property
    def deliveries(self) -> ReadsDeliveries: ...
    @property
    def topics(self) -> ReadsTopics: ...
    @property
    def integrations(self) -> ReadsIntegrations: ...
    @property
    def environments(self) -> ReadsEnvironments: ...
    @property
    def workflows(self) -> ReadsWorkflows: ...

    def budget(self) -> RateSnapshot | None:
        """The rate limit as the last answer told it; None when the server tells none."""
        ...
