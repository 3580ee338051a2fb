"""Subscribers: as read, as created, as changed."""

from datetime import datetime
from functools import cached_property
from typing import Any

from pydantic import Field

from api_client.models.base import CursorAnswer, Row, Wire
from api_client.models.credentials import ChannelAsRead, ChannelSettings, made


class SubscriberRow(Row):
    """The few columns that a list shows: several times cheaper to read than a `Subscriber`."""

    id: str = Field(default="", validation_alias="_id")
    subscriber_id: str = ""
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    avatar: str | None = None
    is_online: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


class Subscriber(SubscriberRow):
    """A subscriber as servers of any era describe one; absent fields are None, see `model_fields_set`."""

    environment_id: str | None = Field(default=None, validation_alias="_environmentId")
    organization_id: str | None = Field(default=None, validation_alias="_organizationId")
    locale: str | None = None
    timezone: str | None = None
    data: dict[str, Any] | None = Field(default=None, repr=False)
    channels_as_read: tuple[ChannelAsRead, ...] = Field(default=(), alias="channels", repr=False)
    topics: tuple[str, ...] | None = None
    last_online_at: datetime | None = None
    deleted: bool | None = None

    @cached_property
    def channels(self) -> tuple[ChannelSettings, ...]:
        """The channels, as models: validated when the row was read, made when first asked for."""
        return made(self.channels_as_read)


class SearchAnswer(CursorAnswer):
    """A page of v2 search on the wire."""

    data: tuple[Subscriber, ...]


class LeanSearchAnswer(CursorAnswer):
    """The same page, rows cut down to what a list shows."""

    data: tuple[SubscriberRow, ...]


class ListAnswer(Wire):
    """A page of v1 list on the wire; `has_more` is also true on a last page that happens to be full."""

    data: tuple[Subscriber, ...]
    page: int = 0
    page_size: int = 0
    has_more: bool = False


class SubscriberPatch(Wire):
    """A change: fields left out stay, None clears, an empty text is stored as such.

    Servers refuse an empty e-mail, locale or time zone.
    """

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    avatar: str | None = None
    locale: str | None = None
    timezone: str | None = None
    data: dict[str, Any] | None = Field(default=None, repr=False)


class NewSubscriber(SubscriberPatch):
    """A subscriber to create, or to update when the id exists. Without `data` some servers clear theirs."""

    subscriber_id: str = Field(pattern=r"\S")  # something besides spaces
    channels: tuple[ChannelSettings, ...] | None = None

    def secrets(self) -> tuple[str, ...]:
        """Every value that must not appear in an error or a log."""
        return tuple(secret for entry in self.channels or () for secret in entry.credentials.secrets())


class BulkRef(Wire):
    """A subscriber that a bulk call names."""

    subscriber_id: str | None = None


class BulkFailure(BulkRef):
    """A row that the server's database refused; real servers name no subscriber here."""

    message: str = ""


class BulkOutcome(Row):
    """What a bulk call did; an id given twice is in `created` and in `updated`."""

    created: tuple[BulkRef, ...] = ()
    updated: tuple[BulkRef, ...] = ()
    failed: tuple[BulkFailure, ...] = ()
