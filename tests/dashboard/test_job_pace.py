"""How quickly a job goes is said once it can be known, with the time left and what it waits for."""

from datetime import timedelta

from dashboard.jobs import Job, JobState, Kind, RowState
from dashboard.pages.jobs.pace import Pace
from tests.dashboard.clocks import SetClock


def job(done: int, state: JobState = JobState.RUNNING) -> Job:
    counts = {RowState.DONE: done, RowState.WAITING: 1000 - done}
    return Job("1", Kind.IMPORT, "people.csv", "", "ada", state, "", SetClock().now(), counts)


def test_rate_and_time_left_come_from_what_was_seen() -> None:
    pace, now = Pace(), SetClock().now()
    assert pace.said(job(100), now) == ""
    assert pace.said(job(200), now + timedelta(seconds=10)) == "600 a minute · about 80 s left"


def test_a_wait_is_counted_down() -> None:
    pace, now = Pace(), SetClock().now()
    assert pace.said(job(0), now, now + timedelta(seconds=4)) == "waiting 4 s for the server's rate limit"


def test_a_job_that_does_not_run_has_no_pace() -> None:
    pace, now = Pace(), SetClock().now()
    pace.said(job(100), now)
    assert pace.said(job(200, JobState.PAUSED), now + timedelta(seconds=10)) == ""
    assert pace.said(job(200), now + timedelta(seconds=90)) == ""
