"""The rows of an import as values: as they are written down, sent in calls, and told afterwards. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.jobs.shapes import RowState

Settled = tuple[int, RowState, str]
"""A row's number, what came of it, and a note."""


@dataclass(frozen=True)
class NewRow:
    """One row of a file as it is written down: `state` is WAITING for those to be sent."""

    line: int
    subscriber_id: str
    name: str
    state: RowState
    note: str
    body: Mapping[str, Any]
    reach: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, Any]


@dataclass(frozen=True)
class ImportRow:
    """One row of a call: `body` is empty once it is stored, `reach` is what is still to be done."""

    number: int
    line: int
    subscriber_id: str
    tries: int
    body: Mapping[str, Any]
    reach: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, Any]


@dataclass(frozen=True)
class Chunk:
    """The rows of one call that are not over. `faults`: how often the server failed over it."""

    number: int
    rows: Sequence[ImportRow]
    faults: int


@dataclass(frozen=True)
class ResultRow:
    """What came of one row of a file; `before` holds the old values as JSON."""

    number: int
    line: int
    subscriber_id: str
    state: RowState
    note: str
    before: str
