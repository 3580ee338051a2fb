"""Rows of the database as jobs and as people of jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from dashboard.jobs.shapes import Job, JobRow, JobState, Kind, RowState
from dashboard.storage.tables import JOB_ROWS


def jobs_of(connection: Connection, wanted: Select[Any]) -> Sequence[Job]:
    """The jobs that `wanted` selects, each with how many of its people are in which state."""
    return [_job(one, _counts(connection, one.id)) for one in connection.execute(wanted).all()]


def job_row(row: Row[Any]) -> JobRow:
    """One person of a job."""
    name = row.name or row.subscriber_id  # the name is not kept for ever
    return JobRow(row.subscriber_id, name, row.number, RowState(row.state), row.note, row.tries)


def _counts(connection: Connection, job_id: str) -> Mapping[RowState, int]:
    wanted = (
        select(JOB_ROWS.c.state, func.count()).where(JOB_ROWS.c.job_id == job_id).group_by(JOB_ROWS.c.state)
    )
    return {RowState(state): number for state, number in connection.execute(wanted).all()}


def _job(row: Row[Any], counts: Mapping[RowState, int]) -> Job:
    return Job(
        id=row.id,
        kind=Kind(row.kind),
        value=row.value,
        subject=row.subject,
        actor=row.actor,
        state=JobState(row.state),
        reason=row.reason,
        created_at=row.created_at,
        counts=counts,
    )
