"""Runs of workflows as the activity feed reports them: one trigger for one subscriber, step by step."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api_client.models.base import Row, Wire


class RunDetail(Row):
    """What was noted while a step ran; `raw` is the provider's own JSON or text."""

    status: str = ""
    detail: str = ""
    provider_id: str | None = None
    raw: str | None = Field(default=None, repr=False)
    is_retry: bool = False
    created_at: datetime | None = None


class RunStep(Wire):
    """The step as the workflow defines it."""

    name: str | None = None


class RunJob(Row):
    """One step of a run; `status` is completed, failed, skipped, delayed, canceled, pending or another."""

    id: str = Field(default="", validation_alias="_id")
    type: str = ""
    status: str = ""
    provider_id: str | None = None
    step: RunStep | None = None
    details: tuple[RunDetail, ...] = Field(default=(), validation_alias="executionDetails")
    updated_at: datetime | None = None


class RunWorkflow(Wire):
    """The workflow that ran."""

    id: str | None = Field(default=None, validation_alias="_id")
    name: str = ""


class Run(Row):
    """One trigger for one subscriber."""

    id: str = Field(default="", validation_alias="_id")
    transaction_id: str | None = None
    workflow: RunWorkflow | None = Field(default=None, validation_alias="template")
    jobs: tuple[RunJob, ...] | None = None
    payload: dict[str, Any] | None = Field(default=None, repr=False)
    created_at: datetime | None = None
    updated_at: datetime | None = None


class RunPage(Wire):
    """A page of runs; there is no total."""

    items: tuple[Run, ...] = Field(validation_alias="data")
    has_more: bool = False
    page: int = 0
