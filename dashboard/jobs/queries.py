"""Rows of the database as jobs and as people of jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from dashboard.jobs.shapes import Job, JobRow, JobState, Kind, RowState
from dashboard.storage.tables import JOB_ROWS


def jobs_of(connection: Connection, wanted: Select[Any]) -> Sequence[Job]:
    """The jobs that `wanted` selects, each with how many of its people are in which state."""
    rows = connection.execute(wanted).all()
    counts = _counts(connection, [one.id for one in rows])
    return [_job(one, counts[one.id]) for one in rows]


def job_row(row: Row[Any]) -> JobRow:
    """One person of a job."""
    name = row.name or row.subscriber_id  # the name is not kept for ever
    return JobRow(row.subscriber_id, name, row.number, RowState(row.state), row.note, row.tries)


def _counts(connection: Connection, job_ids: Sequence[str]) -> Mapping[str, Mapping[RowState, int]]:
    """By job how many of its people are in which state."""
    of_job, state = JOB_ROWS.c.job_id, JOB_ROWS.c.state
    wanted = select(of_job, state, func.count()).where(of_job.in_(job_ids)).group_by(of_job, state)
    counts = {one: dict[RowState, int]() for one in job_ids}
    for job_id, name, number in connection.execute(wanted).all():
        counts[job_id][RowState(name)] = number
    return counts


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
