"""A job's page shows how the job stands, whoever goes on with it, and wherever."""

from nicegui.testing import User

from dashboard import paths
from dashboard.jobs import JobState, Kind, Plan, Target
from dashboard.pages.jobs.page import PER_PAGE
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


async def test_older_jobs_are_a_page_away_and_the_address_says_which(operator: User) -> None:
    jobs = harness.current().ctx.jobs
    for number in range(PER_PAGE + 2):
        await jobs.add(Plan(Kind.DELETE, [Target("nobody-1", "Nobody")], f"search {number:02d}", "ada"))
    await operator.open(paths.JOBS)
    await operator.should_see(f"search {PER_PAGE + 1}")
    await operator.should_not_see("search 01")
    operator.find(marker="jobs-older").click()
    await operator.should_see("search 01")
    await operator.should_not_see("search 02")
    oldest = (await jobs.latest(PER_PAGE))[-1]
    await operator.open(paths.jobs(oldest.id))
    await operator.should_see("search 00")
    operator.find(marker="jobs-newest").click()
    await operator.should_see(f"search {PER_PAGE + 1}")


async def test_an_address_that_names_no_job_is_said_to_be_so(operator: User) -> None:
    await operator.open("/jobs?before=no-job")
    await operator.should_see("Part of this address was not understood and was left out: “before”.")
