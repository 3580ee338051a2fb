"""Which channels a subscriber wants to be notified on: overall and per workflow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from api_client.models.base import Row, Wire


class WorkflowRef(Wire):
    """The workflow that a preference is about."""

    identifier: str = ""
    name: str = ""
    slug: str | None = None
    critical: bool | None = None
    severity: str | None = None
    tags: tuple[str, ...] | None = None
    updated_at: datetime | None = None


class Override(Wire):
    """Who set a channel last."""

    channel: str = ""
    source: str = ""


class GlobalPreference(Wire):
    """What holds for all workflows. `channels` holds those in use; null means neither on nor off."""

    enabled: bool = True
    channels: Mapping[str, bool | None] = Field(default_factory=dict[str, bool | None])
    schedule: dict[str, Any] | None = None


class WorkflowPreference(Wire):
    """What holds for one workflow."""

    enabled: bool = True
    channels: Mapping[str, bool | None] = Field(default_factory=dict[str, bool | None])
    overrides: tuple[Override, ...] = ()
    workflow: WorkflowRef = WorkflowRef()
    updated_at: datetime | None = None


class Preferences(Row):
    """All preferences of a subscriber."""

    global_: GlobalPreference = Field(default=GlobalPreference(), validation_alias="global")
    workflows: tuple[WorkflowPreference, ...] = ()


class PreferencePatch(Wire):
    """A change: channels not named keep their state; without `workflow_id` it holds for all workflows."""

    channels: Mapping[str, bool | None] | None = None
    workflow_id: str | None = None
    schedule: dict[str, Any] | None = None


class ChangedPreference(Row):
    """One result of a bulk change."""

    level: str | None = None
    enabled: bool = True
    channels: Mapping[str, bool | None] = Field(default_factory=dict[str, bool | None])
    workflow: WorkflowRef | None = None
