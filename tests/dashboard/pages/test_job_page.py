"""A job's page shows how the job stands, whoever goes on with it, and wherever."""

from nicegui.testing import User

from dashboard import paths
from dashboard.jobs import JobState, Kind, Plan, Target
from tests import harness


async def test_a_job_at_rest_that_goes_on_elsewhere_is_followed(operator: User) -> None:
    """A replica that takes a job over has it at rest for a moment, and a page may look just then."""
    jobs = harness.current().ctx.jobs
    job_id = await jobs.add(Plan(Kind.DELETE, [Target("nobody-1", "Nobody")], "all", "ada"))
    await jobs.halt(job_id, JobState.PAUSED, "Its replica is gone.")
    await operator.open(paths.job(job_id))
    await operator.should_see("Its replica is gone.")
    await jobs.begin(job_id)
    await operator.should_not_see("Its replica is gone.")
    await operator.should_see(marker="job-pause")
