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


async def test_a_second_click_on_the_pager_before_the_page_is_turned_turns_no_second_one(
    operator: User,
) -> None:
    people = [Target(f"one-{number:03d}", f"One {number:03d}") for number in range(250)]
    job_id = await harness.current().ctx.jobs.add(Plan(Kind.DELETE, people, "all", "ada"))
    await operator.open(paths.job(job_id))
    await operator.should_see("One 000", retries=20)
    operator.find(marker="rows-on").click().click()
    await operator.should_see("One 100", retries=20)
    operator.find(marker="rows-back").click().click()
    await operator.should_see("One 000", retries=20)
    await operator.should_not_see(marker="failed")
