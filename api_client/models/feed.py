"""The in-app feed of a subscriber, and the messages behind it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from api_client.models.base import Row, Wire


class MarkAs(StrEnum):
    """`UNREAD` also marks as seen; `UNSEEN` also marks as unread."""

    READ = "read"
    SEEN = "seen"
    UNREAD = "unread"
    UNSEEN = "unseen"


class ActionStatus(StrEnum):
    """The state of a message's buttons."""

    PENDING = "pending"
    DONE = "done"


class Button(Wire):
    """One action button of a message."""

    id: str | None = Field(default=None, validation_alias="_id")
    type: str = ""
    content: str = ""
    result_content: str | None = None
    url: str | None = None
    target: str | None = None


class ActionResult(Wire):
    """Which button was pressed, and with what payload."""

    type: str | None = None
    payload: Any = None


class CtaAction(Wire):
    """The buttons and their state."""

    status: str | None = None
    buttons: tuple[Button, ...] = ()
    result: ActionResult | None = None


class CtaData(Wire):
    """Where a click on the message leads; any scheme may stand here."""

    url: str | None = None


class Cta(Wire):
    """A message's call to action."""

    type: str | None = None
    data: CtaData | None = None
    action: CtaAction | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.action.buttons if self.action else ()


class Actor(Wire):
    """Whose picture stands beside the message."""

    type: str | None = None
    data: str | None = None


class Person(Wire):
    """A subscriber as messages refer to one."""

    id: str | None = Field(default=None, validation_alias="_id")
    subscriber_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    avatar: str | None = None


class TemplateRef(Wire):
    """The workflow that made the message."""

    id: str | None = Field(default=None, validation_alias="_id")
    tags: tuple[str, ...] | None = None


class Message(Row):
    """A message, of any channel. `content` is text, or for e-mails a list of blocks."""

    id: str = Field(default="", validation_alias="_id")
    template_id: str | None = Field(default=None, validation_alias="_templateId")
    environment_id: str | None = Field(default=None, validation_alias="_environmentId")
    message_template_id: str | None = Field(default=None, validation_alias="_messageTemplateId")
    organization_id: str | None = Field(default=None, validation_alias="_organizationId")
    notification_id: str | None = Field(default=None, validation_alias="_notificationId")
    subscriber_ref: str | None = Field(default=None, validation_alias="_subscriberId")
    job_id: str | None = Field(default=None, validation_alias="_jobId")
    feed_id: str | None = Field(default=None, validation_alias="_feedId")
    actor_id: str | None = Field(default=None, validation_alias="_actorId")
    template_identifier: str | None = None
    step_id: str | None = None
    transaction_id: str | None = None
    channel: str | None = None
    provider_id: str | None = None
    content: Any = None
    subject: str | None = None
    title: str | None = None
    avatar: str | None = None
    email: str | None = None
    phone: str | None = None
    direct_webhook_url: str | None = Field(default=None, repr=False)
    device_tokens: tuple[str, ...] | None = Field(default=None, repr=False)
    read: bool = False
    seen: bool = False
    archived: bool = False
    deleted: bool | None = None
    status: str | None = None
    severity: str | None = None
    error_id: str | None = None
    error_text: str | None = Field(default=None, repr=False)
    tags: tuple[str, ...] | None = None
    context_keys: tuple[str, ...] | None = None
    payload: Any = Field(default=None, repr=False)
    data: Any = Field(default=None, repr=False)
    overrides: Any = Field(default=None, repr=False)
    cta: Cta | None = None
    actor: Actor | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    expire_at: datetime | None = None
    delivered_at: tuple[datetime, ...] | datetime | None = None
    snoozed_until: datetime | None = None
    archived_at: datetime | None = None
    first_seen_date: datetime | None = None
    last_seen_date: datetime | None = None
    last_read_date: datetime | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.cta.buttons if self.cta else ()


class FeedItem(Message):
    """A message as the feed shows it: with its person, its actor and its template."""

    subscriber: Person | None = None
    actor_subscriber: Person | None = None
    template: TemplateRef | None = None


class FeedPage(Wire):
    """One page of a feed, newest first. `totalCount` only counts this page, so it is left out."""

    items: tuple[FeedItem, ...] = Field(validation_alias="data")
    has_more: bool = False
    page: int = 0
    page_size: int = 0


class UnseenCount(Wire):
    """How many messages are unseen, capped at the limit asked for."""

    count: int
