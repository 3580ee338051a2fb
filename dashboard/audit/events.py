"""One line of the audit log: who did what to whom, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Outcome(StrEnum):
    """How far an action came. Every action has a BEGUN line and one more, unless the machine died between."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # sent, but no answer: it may have happened
    REFUSED = "refused"  # not allowed; nothing was sent


@dataclass(frozen=True, kw_only=True)
class Event:
    """What is to be written. `before` and `after` are plain JSON; secrets in them are masked on writing.

    `name` is `<noun>.<past verb>`; `action_id` joins the lines of one action and is its idempotency key.
    """

    name: str
    outcome: Outcome
    action_id: str
    actor: str
    role: str
    session_id: str
    subject: str = ""
    before: object = None
    after: object = None
    detail: str = ""
    request_id: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Record(Event):
    """What was written: `seq` grows by one with each line, and is never given twice."""

    seq: int
    at: datetime
    environment: str
    hash: str = ""
