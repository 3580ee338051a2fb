"""Changes of many people at once, written down so that they survive a restart."""

from dashboard.jobs.import_shapes import Chunk, ImportRow, NewRow, ResultRow
from dashboard.jobs.shapes import Job, JobRow, JobState, Kind, Plan, RowState, Target
from dashboard.jobs.store import Jobs

__all__ = [
    "Chunk",
    "ImportRow",
    "Job",
    "JobRow",
    "JobState",
    "Jobs",
    "Kind",
    "NewRow",
    "Plan",
    "ResultRow",
    "RowState",
    "Target",
]
