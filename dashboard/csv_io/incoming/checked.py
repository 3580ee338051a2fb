"""Every row of a table checked, in one pass and bounded memory: drafts into a spool, problems beside it."""

import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from dashboard.csv_io.incoming.checking import Checker, Draft
from dashboard.csv_io.incoming.mapping import Columns
from dashboard.csv_io.incoming.reading import Table
from dashboard.csv_io.incoming.spool import Troubles
from dashboard.csv_io.incoming.trouble import Problem
from dashboard.refusals import Refusal

_TELL_EVERY = 1000  # rows


class Stopped(Refusal):
    """The operator stopped the check."""

    def __init__(self) -> None:
        super().__init__("The check was stopped. Nothing was sent.")


@dataclass(frozen=True)
class Checked:
    """What the first pass found: per row its id (empty when refused), its line and its entries."""

    spool: Path
    ids: Sequence[str]
    lines: Sequence[int]
    refused: int
    problems: Troubles
    remarks: Troubles

    entries: Sequence[int]
    """How many entries of credentials each row wants."""

    def drafts(self) -> Iterator[bytes]:
        """Per row `[body, keys, reach]` as JSON, or `[id, reason]` of a refused one."""
        with self.spool.open("rb") as file:
            yield from file


def check_table(
    table: Table,
    columns: Columns,
    folder: Path,
    *,
    clear: str = "",
    on_rows: Callable[[int], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Checked:
    """Check every row; on a worker thread, for it takes a second for 100,000. Raises BadFile, Stopped."""
    checker = Checker(table, columns, clear=clear)
    run = _Run(folder)
    try:
        for row in table.rows():
            run.take(checker.check(row))
            if len(run.ids) % _TELL_EVERY == 0:
                on_rows(len(run.ids))
                if stop and stop.is_set():
                    raise Stopped
    finally:
        run.close()
    on_rows(len(run.ids))
    return Checked(run.path, run.ids, run.lines, run.refused, run.problems, run.remarks, run.entries)


class _Run:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "checked.jsonl"
        self.path.touch(mode=0o600)
        self._spool = self.path.open("wb", buffering=1 << 20)
        self.problems = Troubles(folder / "problems.csv")
        self.remarks = Troubles(folder / "remarks.csv")
        self.ids: list[str] = []
        self.lines = array("L")
        self.entries = array("H")
        self.refused = 0

    def take(self, draft: Draft) -> None:
        self.lines.append(draft.line)
        for remark in draft.remarks:
            self.remarks.add(remark)
        if draft.problems:
            self._refuse(draft)
        else:
            self.ids.append(draft.subscriber_id)
            self.entries.append(len(draft.reach))
            self._spool.write(draft.as_json + b"\n")

    def _refuse(self, draft: Draft) -> None:
        self.refused += 1
        self.ids.append("")
        self.entries.append(0)
        for problem in draft.problems:
            self.problems.add(problem)
        reason = " ".join(_reason(problem) for problem in draft.problems)
        shown = draft.subscriber_id[:1000].encode("utf-8", "replace").decode()
        self._spool.write(orjson.dumps([shown, reason]) + b"\n")

    def close(self) -> None:
        self._spool.close()
        self.problems.close()
        self.remarks.close()


def _reason(problem: Problem) -> str:
    reason = problem.reason.removesuffix(".")
    return f"{problem.column}: {reason}." if problem.column else f"{reason}."
