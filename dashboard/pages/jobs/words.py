"""How jobs and their states are said. Pure."""

from dashboard import wording
from dashboard.jobs import Job, JobState, Kind, RowState
from dashboard.masking import DOTS

BARS = {
    RowState.DONE: ("done", "good"),
    RowState.SAME: ("needed no change", ""),
    RowState.LEFT_OUT: ("left out: the id appears more than once", "warn"),
    RowState.REFUSED: ("refused", "bad"),
    RowState.FAILED: ("failed", "bad"),
    RowState.WAITING: ("still waiting", ""),
}
TITLES = {
    Kind.DELETE: "Delete {people}",
    Kind.READ: "Mark all messages of {people} read",
    Kind.LOCALE: "Set the language of {people} to {value}",
    Kind.IMPORT: "Import {rows} from {value}",
    Kind.TIMEZONE: "Set the time zone of {people} to {value}",
}
STATES = {
    JobState.READY: ("Not started", ""),
    JobState.RUNNING: ("Running", "accent"),
    JobState.PAUSED: ("Paused", "warn"),
    JobState.CANCELLED: ("Cancelled", ""),
    JobState.DONE: ("Done", "good"),
}
ROWS = {
    RowState.WAITING: ("Waiting", ""),
    RowState.DOING: ("In progress", "accent"),
    RowState.DONE: ("Done", "good"),
    RowState.SAME: ("No change", ""),
    RowState.FAILED: ("Failed", "bad"),
    RowState.REFUSED: ("Refused", "bad"),
    RowState.LEFT_OUT: ("Left out", "warn"),
}


def title(job: Job) -> str:
    """`Delete 40 people`."""
    people, rows = wording.count(job.total, "person", "people"), wording.count(job.total, "row")
    return TITLES[job.kind].format(people=people, rows=rows, value=job.value)


def origin(job: Job, *, hides: bool) -> str:
    """Who began it, when, and of whom or of which file it is: a search may hold somebody's address."""
    when = wording.absolute(job.created_at)
    return f"Started by {job.actor} on {when}: {subject(job, hides=hides)}"


def subject(job: Job, *, hides: bool) -> str:
    return DOTS if hides else job.subject


def state(job: Job) -> tuple[str, str]:
    """The job's state and the colour of its chip."""
    if job.state is JobState.DONE and job.failed:
        return "Done, with failures", "bad"
    return STATES[job.state]


def progress(job: Job) -> str:
    """`38 of 40 · 2 failed`."""
    parts = [f"{job.settled:,} of {job.total:,}"]
    same = job.counts.get(RowState.SAME, 0)
    parts += [f"{same:,} needed no change"] if same else []
    parts += [f"{job.failed:,} failed"] if job.failed else []
    for one in (RowState.REFUSED, RowState.LEFT_OUT):
        number = job.counts.get(one, 0)
        parts += [f"{number:,} {one.value}"] if number else []
    return " · ".join(parts)
