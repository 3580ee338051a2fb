"""Rows on their way through the dry run, on disk: memory does not grow with the file."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from pathlib import Path
from typing import Any, TextIO, cast

import orjson

from dashboard.csv_io.cells import guard
from dashboard.csv_io.incoming.cell_values import set_at
from dashboard.csv_io.incoming.fields import DATA, ID
from dashboard.csv_io.incoming.trouble import Problem

MOST_KEPT = 100


@unique
class Verdict(StrEnum):
    """What an import would do about one row."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    REFUSED = "refused"
    LEFT_OUT = "left out"


Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the plan: what is sent, how the person is reached, what stood there before, or why not."""

    line: int
    verdict: Verdict
    subscriber_id: str
    name: str
    body: Body
    reach: Mapping[str, Mapping[str, Any]]
    before: Mapping[str, Any]
    reason: str = ""

    def to_json(self) -> bytes:
        """One line of the plan; `read_row` is the way back."""
        head = [self.line, self.verdict, self.subscriber_id, self.name, self.before, self.reason]
        return orjson.dumps([*head, [self.body, {}, self.reach]])


def creation(line: int, draft: bytes) -> bytes:
    """A line of the plan for someone new, put together without decoding the draft."""
    return b'[%d,"create","","",{},"",%b]' % (line, draft)


def read_plan(path: Path) -> Iterator[PlannedRow]:
    """The planned rows in the order of the file."""
    with path.open("rb") as file:
        yield from map(read_row, file)


def read_row(text: bytes) -> PlannedRow:
    line, verdict, subscriber_id, name, before, reason, draft = cast("list[Any]", orjson.loads(text))
    body, keys, reach = cast("list[Body]", draft)
    if verdict == Verdict.CREATE:
        body = {key: value for key, value in with_keys(body, keys, None).items() if value is not None}
        subscriber_id = body[ID]
        name = name_of(body) or subscriber_id
    return PlannedRow(line, Verdict(verdict), subscriber_id, name, body, reach, before, reason)


def with_keys(body: Body, keys: Body, stored: object) -> Body:
    """`body` with single keys set in the stored custom data: the API only replaces it as a whole."""
    if not keys:
        return body
    data: Body = dict(cast("Body", stored)) if isinstance(stored, dict) else {}
    for path, value in keys.items():
        set_at(data, tuple(path.split(".")), value)
    return body | {DATA: data}


def name_of(fields: Mapping[str, Any]) -> str:
    return " ".join(str(part) for part in (fields.get("firstName"), fields.get("lastName")) if part)


@dataclass
class Troubles:
    """Problems of many rows: all in a file once there are any, the first hundred at hand, their number."""

    path: Path
    first: list[Problem] = field(default_factory=list[Problem])
    count: int = 0

    _file: TextIO | None = None

    def add(self, problem: Problem) -> None:
        """The file comes with the first one."""
        self._file = self._file or self._begun()
        self.count += 1
        if len(self.first) < MOST_KEPT:
            self.first.append(problem)
        cells = [problem.line, guard(problem.column), problem.reason, guard(problem.value)]
        csv.writer(self._file).writerow(cells)

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _begun(self) -> TextIO:
        file = self.path.open("w", encoding="utf-8", newline="")
        self.path.chmod(0o600)
        csv.writer(file).writerow(["line", "column", "reason", "value"])
        return file
