"""A bulk change of many people as a value: what, of whom, how far. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Kind(StrEnum):
    """What is done to each person."""

    DELETE = "delete"
    READ = "read"
    LOCALE = "locale"
    TIMEZONE = "timezone"
    IMPORT = "import"


@unique
class JobState(StrEnum):
    """Where a job stands. CANCELLED and DONE are ends; failed rows of a DONE one may be tried again."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


@unique
class RowState(StrEnum):
    """What came of one person. DOING is in flight, or was when the machine died.

    REFUSED and LEFT_OUT are rows of a file that are not sent: the first for a reason, the second by a rule.
    """

    WAITING = "waiting"
    DOING = "doing"
    DONE = "done"
    SAME = "same"
    FAILED = "failed"
    REFUSED = "refused"
    LEFT_OUT = "left out"


OVER = (RowState.DONE, RowState.SAME, RowState.FAILED, RowState.REFUSED, RowState.LEFT_OUT)
"""What nothing more is done about, unless the failed are tried again."""


@dataclass(frozen=True)
class Target:
    """Someone a job is about, by the name that was shown when it was planned."""

    subscriber_id: str
    name: str


@dataclass(frozen=True)
class Plan:
    """What is to be done to whom; `subject` words how they were chosen, `actor` is who planned it."""

    kind: Kind
    people: Sequence[Target]
    subject: str
    actor: str
    value: str = ""


@dataclass(frozen=True)
class JobRow(Target):
    """One person of a job; `tries` counts the repetitions that were asked for."""

    number: int
    state: RowState
    note: str
    tries: int


@dataclass(frozen=True)
class Job:
    """A job and how many of its people are in which state."""

    id: str
    kind: Kind
    value: str
    subject: str
    actor: str
    state: JobState
    reason: str
    created_at: datetime
    counts: Mapping[RowState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        return sum(self.counts.get(one, 0) for one in OVER)

    @property
    def failed(self) -> int:
        return self.counts.get(RowState.FAILED, 0)
