"""Changes of many people at once, written down so that they survive a restart."""

from dashboard.jobs.shapes import Job, JobRow, JobState, Kind, Plan, RowState, Target
from dashboard.jobs.store import Jobs

__all__ = ["Job", "JobRow", "JobState", "Jobs", "Kind", "Plan", "RowState", "Target"]
