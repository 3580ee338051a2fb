"""Whom a job can hold: an id is kept exactly or not at all, for a changed one would be somebody else's."""

from collections.abc import Sequence

from dashboard.jobs.shapes import Target
from dashboard.refusals import Refusal
from dashboard.storage.tables import LONGEST_ID
from dashboard.storage.texts import storable


class IdsNotKept(Refusal):
    """Some of the people have ids that PostgreSQL would refuse; SQLite is not to take more than it does."""

    def __init__(self, count: int) -> None:
        who = "One of these people has an id" if count == 1 else f"{count:,} of these people have ids"
        super().__init__(
            f"{who} that a job cannot hold: longer than {LONGEST_ID:,} characters, or with signs that no "
            "database takes. Nothing was planned. Leave them out, and change them on their own pages."
        )


def check_ids(people: Sequence[Target]) -> None:
    """Raise IdsNotKept if there is somebody whom a job cannot hold."""
    unfit = sum(not _fits(one.subscriber_id) for one in people)
    if unfit:
        raise IdsNotKept(unfit)


def _fits(subscriber_id: str) -> bool:
    return len(subscriber_id) <= LONGEST_ID and storable(subscriber_id) == subscriber_id
