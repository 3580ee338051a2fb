"""The newer view of a subscriber's in-app messages (servers since spring 2026)."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api_client.models.base import Row, Wire


class Recipient(Wire):
    """A subscriber as these calls refer to one: here `id` has no underscore."""

    id: str | None = None
    subscriber_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    avatar: str | None = None


class NotificationAction(Wire):
    """One of the two buttons."""

    label: str = ""
    is_completed: bool | None = None
    redirect: dict[str, Any] | None = None


class Redirect(Wire):
    """Where a click leads; any scheme may stand here."""

    url: str | None = None
    target: str | None = None


class Notification(Row):
    """One message, with the state that the subscriber's inbox shows."""

    id: str = ""
    transaction_id: str | None = None
    subject: str | None = None
    body: Any = None
    to: Recipient | None = None
    is_read: bool = False
    is_seen: bool = False
    is_archived: bool = False
    is_snoozed: bool = False
    snoozed_until: datetime | None = None
    delivered_at: tuple[datetime, ...] | datetime | None = None
    created_at: datetime | None = None
    read_at: datetime | None = None
    first_seen_at: datetime | None = None
    archived_at: datetime | None = None
    avatar: str | None = None
    primary_action: NotificationAction | None = None
    secondary_action: NotificationAction | None = None
    channel_type: str | None = None
    tags: tuple[str, ...] | None = None
    data: dict[str, Any] | None = Field(default=None, repr=False)
    redirect: Redirect | None = None
    workflow: dict[str, Any] | None = Field(default=None, repr=False)
    severity: str | None = None


class NotificationPage(Wire):
    """A page of messages; there is no total."""

    items: tuple[Notification, ...] = Field(validation_alias="data")
    has_more: bool = False


class NotificationCount(Row):
    """How many messages match one filter."""

    count: int = 0
    filter: dict[str, Any] | None = None
