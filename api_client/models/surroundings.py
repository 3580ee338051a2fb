"""What subscribers belong to: the environment, integrations, workflows, topics; and triggers."""

from datetime import datetime

from pydantic import Field

from api_client.models.base import CursorAnswer, Row, Wire


class Integration(Row):
    """A configured provider of the environment; its credentials are never read."""

    id: str = Field(default="", validation_alias="_id")
    environment_id: str | None = Field(default=None, validation_alias="_environmentId")
    identifier: str = ""
    provider_id: str = ""
    channel: str = ""
    name: str = ""
    active: bool = False
    primary: bool | None = None
    created_at: datetime | None = None


class Environment(Row):
    """The environment that the API key belongs to."""

    id: str = Field(default="", validation_alias="_id")
    name: str = ""
    identifier: str | None = None
    type: str | None = None
    color: str | None = None
    organization_id: str | None = Field(default=None, validation_alias="_organizationId")
    parent_id: str | None = Field(default=None, validation_alias="_parentId")
    created_at: datetime | None = None
    updated_at: datetime | None = None


class Workflow(Row):
    """A workflow as lists name it; `identifier` is what a trigger takes."""

    id: str = Field(default="", validation_alias="_id")
    identifier: str = Field(default="", validation_alias="workflowId")
    name: str = ""
    slug: str | None = None
    status: str | None = None
    tags: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = Field(default=None, validation_alias="stepTypeOverviews")
    """The kinds of its steps: `in_app`, `push`, `chat`, …, and others such as `delay`; None: not told."""
    updated_at: datetime | None = None


class WorkflowsAnswer(Wire):
    """The list of workflows on the wire."""

    workflows: tuple[Workflow, ...] = ()
    total_count: int | None = None


class TriggerOutcome(Row):
    """The answer to a trigger: accepted is not yet delivered."""

    acknowledged: bool = False
    status: str = ""
    transaction_id: str | None = None
    error: tuple[str, ...] | None = None


class TopicRef(Wire):
    """The topic of a subscription."""

    id: str | None = Field(default=None, validation_alias="_id")
    key: str = ""
    name: str | None = None


class Subscription(Row):
    """A subscriber's membership in a topic."""

    id: str = Field(default="", validation_alias="_id")
    identifier: str | None = None
    topic: TopicRef | None = None
    created_at: datetime | None = None


class SubscriptionsAnswer(CursorAnswer):
    """A page of subscriptions on the wire."""

    data: tuple[Subscription, ...]


class Topic(Row):
    """A topic of the environment."""

    id: str = Field(default="", validation_alias="_id")
    key: str = ""
    name: str | None = None


class TopicsAnswer(CursorAnswer):
    """A page of topics on the wire."""

    data: tuple[Topic, ...]


class TopicError(Wire):
    """A subscriber who could not be added to a topic, or removed from it."""

    subscriber_id: str | None = None
    code: str = ""
    message: str = ""


class TopicsChanged(Wire):
    """The result of a change: the subscriptions it touched, and for whom it failed."""

    data: tuple[Subscription, ...] = ()
    errors: tuple[TopicError, ...] = ()
