"""How quickly a job goes, and how long it will still take, from what was seen of it on this page. Pure."""

from datetime import datetime

from dashboard.jobs import Job, JobState

_SEEN_S = 1.5  # before that, a rate is a guess


class Pace:
    """Fed with the job whenever the page looks at it."""

    def __init__(self) -> None:
        self._began: tuple[datetime, int] | None = None

    def said(self, job: Job, now: datetime, waits_until: datetime | None = None) -> str:
        """`1,200 a minute · about 3 minutes left`, and why nothing moves while it waits; empty at rest."""
        if job.state is not JobState.RUNNING:
            self._began = None
            return ""
        if self._began is None:
            self._began = (now, job.settled)
        parts = [self._rate(job, now), _wait(waits_until, now)]
        return " · ".join(part for part in parts if part)

    def _rate(self, job: Job, now: datetime) -> str:
        began, before = self._began or (now, job.settled)
        seconds, done = (now - began).total_seconds(), job.settled - before
        if seconds < _SEEN_S or done <= 0:
            return ""
        left = (job.total - job.settled) * seconds / done
        return f"{60 * done / seconds:,.0f} a minute · about {_duration(left)} left"


def _wait(until: datetime | None, now: datetime) -> str:
    if until is None:
        return ""
    return f"waiting {max(1, round((until - now).total_seconds()))} s for the server's rate limit"


def _duration(seconds: float) -> str:
    for size, word in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"{round(seconds / size):,} {word}s"
    return f"{max(1, round(seconds))} s"
