"""The reader for screens that others see: what identifies a person is masked before it leaves the server."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from api_client import (
    Delivery,
    FeedPage,
    NotificationCount,
    NotificationPage,
    Page,
    RateSnapshot,
    RowPage,
    Run,
    RunPage,
    Subscriber,
)
from dashboard import wording
from dashboard.reading import (
    Reader,
    ReadsDeliveries,
    ReadsEnvironments,
    ReadsFeeds,
    ReadsIntegrations,
    ReadsNotifications,
    ReadsPreferences,
    ReadsRuns,
    ReadsSubscribers,
    ReadsTopics,
    ReadsWorkflows,
)

DOTS = wording.MASKED
M = TypeVar("M", bound=BaseModel)


class MaskedReader:
    """Reads as `reader` does. Names, addresses, numbers, pictures, data and messages come masked.

    The subscriber id stays: it is what one works with, and Novu advises to put nothing personal in it.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def base_url(self) -> str:
        return self._reader.base_url

    @property
    def subscribers(self) -> ReadsSubscribers:
        return _Subscribers(self._reader.subscribers)

    @property
    def feed(self) -> ReadsFeeds:
        return _Feeds(self._reader.feed)

    @property
    def preferences(self) -> ReadsPreferences:
        return self._reader.preferences

    @property
    def notifications(self) -> ReadsNotifications:
        return _Notifications(self._reader.notifications)

    @property
    def runs(self) -> ReadsRuns:
        return _Runs(self._reader.runs)

    @property
    def deliveries(self) -> ReadsDeliveries:
        return _Deliveries(self._reader.deliveries)

    @property
    def topics(self) -> ReadsTopics:
        return self._reader.topics

    @property
    def integrations(self) -> ReadsIntegrations:
        return self._reader.integrations

    @property
    def environments(self) -> ReadsEnvironments:
        return self._reader.environments

    @property
    def workflows(self) -> ReadsWorkflows:
        return self._reader.workflows

    def budget(self) -> RateSnapshot | None:
        return self._reader.budget()


class _Subscribers:
    """Finds people by their real values and tells the masked ones."""

    def __init__(self, real: ReadsSubscribers) -> None:
        self._real = real

    async def search(self, *args: Any, **kwargs: Any) -> Page[Subscriber]:
        return _page(await self._real.search(*args, **kwargs))

    async def search_lean(self, *args: Any, **kwargs: Any) -> Page[Any]:
        return _page(await self._real.search_lean(*args, **kwargs))

    async def search_rows(self, *args: Any, **kwargs: Any) -> AsyncIterator[RowPage]:
        async for page in self._real.search_rows(*args, **kwargs):
            yield replace(page, rows=[_row(row) for row in page.rows])

    async def get(self, subscriber_id: str, **kwargs: Any) -> Subscriber:
        return masked_person(await self._real.get(subscriber_id, **kwargs))


class _Feeds:
    """Tells what there is and when, not what it says."""

    def __init__(self, real: ReadsFeeds) -> None:
        self._real = real

    async def page(self, subscriber_id: str, **kwargs: Any) -> FeedPage:
        page = await self._real.page(subscriber_id, **kwargs)
        return page.model_copy(update={"items": tuple(_message(item) for item in page.items)})

    async def unseen_count(self, subscriber_id: str, **kwargs: Any) -> int:
        return await self._real.unseen_count(subscriber_id, **kwargs)


class _Notifications:
    """The same in the newer form."""

    def __init__(self, real: ReadsNotifications) -> None:
        self._real = real

    async def count(self, *args: Any, **kwargs: Any) -> tuple[NotificationCount, ...]:
        return await self._real.count(*args, **kwargs)

    async def list(self, subscriber_id: str, **kwargs: Any) -> NotificationPage:
        page = await self._real.list(subscriber_id, **kwargs)
        return page.model_copy(update={"items": tuple(_message(item) for item in page.items)})


class _Runs:
    """Tells which workflows ran, not what they carried."""

    def __init__(self, real: ReadsRuns) -> None:
        self._real = real

    async def of(self, subscriber_id: str, **kwargs: Any) -> RunPage:
        page = await self._real.of(subscriber_id, **kwargs)
        return page.model_copy(update={"items": tuple(_run(run) for run in page.items)})


class _Deliveries:
    """Tells what went out, not what the provider said: it may quote an address."""

    def __init__(self, real: ReadsDeliveries) -> None:
        self._real = real

    async def of(self, transaction_id: str, **kwargs: Any) -> tuple[Delivery, ...]:
        return tuple(_message(one) for one in await self._real.of(transaction_id, **kwargs))


def masked_person(person: M) -> M:
    """A row or a whole person, masked; what is absent stays absent."""
    return person.model_copy(
        update={
            name: mask(getattr(person, name)) for name, mask in _MASKS.items() if getattr(person, name, None)
        }
    )


def masked_name(text: str) -> str:
    """`Ada` → `A•••`."""
    return f"{text[:1]}{DOTS}"


def masked_email(text: str) -> str:
    """`ada@example.com` → `a•••@example.com`: the domain tells colleagues from customers."""
    name, at, domain = text.rpartition("@")
    return f"{name[:1]}{DOTS}{at}{domain}" if at else masked_name(text)


def masked_phone(text: str) -> str:
    """`+15550000042` → `+•••42`: whether it is an international one is still seen."""
    if len(text) <= 5:
        return DOTS
    return f"{'+' if text.startswith('+') else ''}{DOTS}{text[-2:]}"


def masked_picture(_: str) -> None:
    """A picture shows who it is, and its address often holds the e-mail's hash."""


def masked_data(value: object) -> object:
    """The keys stay, the values go."""
    if isinstance(value, Mapping):
        return {str(key): masked_data(item) for key, item in value.items()}  # type: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # foreign JSON
    return DOTS if value is not None else None


_MASKS: dict[str, Any] = {
    "first_name": masked_name,
    "last_name": masked_name,
    "email": masked_email,
    "phone": masked_phone,
    "avatar": masked_picture,
    "data": masked_data,
}
_WIRE = {"firstName": "first_name", "lastName": "last_name"}
_WORDS = (
    "content",
    "subject",
    "title",
    "email",
    "phone",
    "avatar",
    "payload",
    "data",
    "overrides",
    "cta",
    "actor",
    "body",
    "primary_action",
    "secondary_action",
    "redirect",
)


def _page(page: Page[M]) -> Page[M]:
    return replace(page, items=tuple(masked_person(one) for one in page.items))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _MASKS[_WIRE.get(key, key)](value) if value and _WIRE.get(key, key) in _MASKS else value
        for key, value in row.items()
    }


def _run(run: Run) -> Run:
    bare = tuple(
        job.model_copy(update={"details": tuple(one.model_copy(update={"raw": None}) for one in job.details)})
        for job in run.jobs or ()
    )
    return run.model_copy(update={"payload": None, "jobs": None if run.jobs is None else bare})


def _message(item: M) -> M:
    fields = type(item).model_fields
    hidden: dict[str, Any] = {name: None for name in _WORDS if name in fields}
    hidden |= {
        name: DOTS for name in ("content", "body", "subject", "error_text") if getattr(item, name, None)
    }
    for name in ("subscriber", "to"):
        if (person := getattr(item, name, None)) is not None:
            hidden[name] = masked_person(person)
    return item.model_copy(update=hidden)
