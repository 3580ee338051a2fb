"""The dry run: what would be created, changed, left alone or refused, compared with the people there are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from dashboard.csv_io.incoming.checked import Checked
from dashboard.csv_io.incoming.duplicates import Repeated, Rule, repeated
from dashboard.csv_io.incoming.existing import Known
from dashboard.csv_io.incoming.fields import DATA, ID
from dashboard.csv_io.incoming.spool import (
    MOST_KEPT,
    Body,
    PlannedRow,
    Verdict,
    creation,
    name_of,
    read_row,
    with_keys,
)


@dataclass(frozen=True)
class Plan:
    """What an import would do. `path` holds every row, `changes` and `created` the first hundred of each."""

    path: Path
    counts: Mapping[Verdict, int]
    repeated_ids: int
    created: tuple[PlannedRow, ...]
    changes: tuple[PlannedRow, ...]
    left_out: tuple[PlannedRow, ...]
    entries: int
    """How many entries of credentials would be written."""

    @property
    def sent(self) -> int:
        """How many people would be created or changed."""
        return self.counts.get(Verdict.CREATE, 0) + self.counts.get(Verdict.CHANGE, 0)


def make_plan(checked: Checked, known: Mapping[str, Known], folder: Path, *, rule: Rule = Rule.LAST) -> Plan:
    """Compare every row with who is there, and write the plan down; on a worker thread."""
    doubles = repeated(checked.ids, checked.lines, rule)
    planner = _Planner(checked, known, doubles, rule)
    path = folder / "plan.jsonl"
    path.touch(mode=0o600)
    with path.open("wb", buffering=1 << 20) as file:
        for number, draft in enumerate(checked.drafts()):
            file.write(planner.line(number, draft))
    return Plan(
        path,
        planner.counts,
        doubles.ids,
        created=tuple(planner.first[Verdict.CREATE]),
        changes=tuple(planner.first[Verdict.CHANGE]),
        left_out=tuple(planner.first[Verdict.LEFT_OUT]),
        entries=planner.entries,
    )


class _Planner:
    """Decides about one row after another and keeps count."""

    def __init__(self, checked: Checked, known: Mapping[str, Known], doubles: Repeated, rule: Rule) -> None:
        self._checked, self._known, self._reasons = checked, known, doubles.reasons
        self._unwanted = Verdict.REFUSED if rule is Rule.NONE else Verdict.LEFT_OUT
        self.counts: Counter[Verdict] = Counter()
        self.first: dict[Verdict, list[PlannedRow]] = {verdict: [] for verdict in Verdict}
        self.entries = 0

    def line(self, number: int, draft: bytes) -> bytes:
        """The row's line of the plan. Whoever is new is not even decoded, but for the first hundred."""
        subscriber_id = self._checked.ids[number]
        if not subscriber_id or number in self._reasons or subscriber_id in self._known:
            row = self._row(number, orjson.loads(draft))
            text = row.to_json()
            self.entries += len(row.reach)
            self._keep(row.verdict, row)
        else:
            text = creation(self._checked.lines[number], draft.rstrip())
            self.entries += self._checked.entries[number]
            is_kept = len(self.first[Verdict.CREATE]) < MOST_KEPT
            self._keep(Verdict.CREATE, read_row(text) if is_kept else None)
        return text + b"\n"

    def _keep(self, verdict: Verdict, row: PlannedRow | None) -> None:
        self.counts[verdict] += 1
        if row and len(self.first[verdict]) < MOST_KEPT:
            self.first[verdict].append(row)

    def _row(self, number: int, parts: list[Any]) -> PlannedRow:
        line, subscriber_id = self._checked.lines[number], self._checked.ids[number]
        if not subscriber_id:
            return _not_sent(line, Verdict.REFUSED, parts[0], parts[1])
        if number in self._reasons:
            return _not_sent(line, self._unwanted, subscriber_id, self._reasons[number])
        return _compared(line, parts, self._known[subscriber_id])


def _not_sent(line: int, verdict: Verdict, subscriber_id: str, reason: str) -> PlannedRow:
    return PlannedRow(line, verdict, subscriber_id, subscriber_id, {}, {}, {}, reason)


def _compared(line: int, parts: list[Any], now: Known) -> PlannedRow:
    """Someone who is there: only what differs is sent."""
    body = with_keys(parts[0], parts[1], now.fields.get(DATA))
    reach: Mapping[str, Body] = parts[2]
    subscriber_id = body[ID]
    name = name_of(now.fields | body) or subscriber_id
    changed = {key: value for key, value in body.items() if key != ID and not now.has(key, value)}
    missing = {entry: values for entry, values in reach.items() if not now.is_reached(entry, values)}
    if not changed and not missing:
        return PlannedRow(line, Verdict.SAME, subscriber_id, name, {}, {}, {})
    before = {key: now.fields.get(key) for key in changed}
    sent = {ID: subscriber_id, **changed} if changed else {}
    return PlannedRow(line, Verdict.CHANGE, subscriber_id, name, sent, missing, before)
