"""One file on its way to an import: kept in a folder of its own, read, mapped, checked and compared.

Every step can be taken again; what does not depend on it stays. The work is done on worker threads, each in
a room of its own: one that was stopped, and has not noticed yet, writes where nobody looks.
"""

import asyncio
import csv
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from dashboard.csv_io.cells import guard
from dashboard.csv_io.incoming.checked import Checked, Stopped, check_table
from dashboard.csv_io.incoming.duplicates import Rule
from dashboard.csv_io.incoming.encodings import check_decodes
from dashboard.csv_io.incoming.existing import find_existing
from dashboard.csv_io.incoming.form import FileKind, Form, Limits
from dashboard.csv_io.incoming.frames import Profile, profile
from dashboard.csv_io.incoming.mapping import Columns, guess, problems, with_known
from dashboard.csv_io.incoming.plan import Plan, make_plan
from dashboard.csv_io.incoming.reading import Table, open_table
from dashboard.csv_io.incoming.sniff import sniff
from dashboard.csv_io.incoming.trouble import BadFile
from dashboard.reading import Reader
from dashboard.settings import Settings

_FORGOTTEN_AFTER_S = 24 * 3600
T = TypeVar("T")


def limits_of(settings: Settings) -> Limits:
    """How much of a file is taken here."""
    return Limits(
        bytes=settings.import_bytes,
        rows=settings.import_rows,
        columns=settings.import_columns,
        cell=settings.import_cell,
    )


class Preparation:
    """`columns`, `clear` and `rule` are choices; `profile`, `checked` and `plan` what came of them."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = Path(mkdtemp(dir=folder))  # for nobody else to read
        self.limits = limits
        self.name = ""
        self.table: Table | None = None
        self.profile: Profile | None = None
        self.columns: Columns = ()
        self.clear = ""
        self.rule = Rule.LAST
        self.checked: Checked | None = None
        self.plan: Plan | None = None
        self._stop = threading.Event()

    @property
    def path(self) -> Path:
        """Where the file itself lies."""
        return self.folder / "file"

    async def recognise(self, name: str, known: Mapping[str, str]) -> None:
        """Read what lies at `path`. `known`: which heading went where before. Raises BadFile."""
        self._outdate()
        self.table = self.profile = None
        self.name = name[:200]
        form = await asyncio.to_thread(sniff, self.path, self.limits)
        await self.read_as(form, known)

    async def read_as(self, form: Form, known: Mapping[str, str]) -> None:
        """Read it in another encoding, with another delimiter or without a heading. Raises BadFile."""
        table, found = await asyncio.to_thread(self._read, form)
        examples = [column.examples for column in found.columns]
        self._outdate()
        self.table, self.profile = table, found
        self.columns = with_known(guess(table.heading, examples), table.heading, known)

    def map(self, index: int, key: str) -> None:
        """Send one column elsewhere."""
        self.columns = tuple(key if at == index else one for at, one in enumerate(self.columns))
        self._outdate()

    def decide(self, *, clear: str | None = None, rule: Rule | None = None) -> None:
        """Which word clears a value, and which row of a repeated id counts."""
        self._outdate(checked=clear not in (None, self.clear))
        self.clear = self.clear if clear is None else clear
        self.rule = rule or self.rule

    def problems(self, *, may_set_credentials: bool) -> Sequence[str]:
        """Why the mapping cannot be used; empty when it can."""
        heading = self.table.heading if self.table else ()
        return problems(heading, self.columns, may_set_credentials=may_set_credentials)

    def choices(self) -> dict[str, str]:
        """Heading → where it goes, to be remembered for next time."""
        heading = self.table.heading if self.table else ()
        return dict(zip(heading, self.columns, strict=True))

    async def check(self, *, on_rows: Callable[[int], None] = lambda _: None) -> Checked:
        """Check every row, unless that was done. Raises BadFile, Stopped."""
        if self.table is None:
            raise BadFile("There is no file yet.")
        if self.checked is None:
            table, columns, clear, stop = self.table, self.columns, self.clear, self._take_over()

            def work(room: Path) -> Checked:
                return check_table(table, columns, room, clear=clear, on_rows=on_rows, stop=stop)

            self.checked = await self._in_room(work, stop)
        return self.checked

    async def compare(self, reader: Reader, *, on_calls: Callable[[int, int], None]) -> Plan:
        """Look up who is there and plan what would be done. Raises ApiError, BadFile, Stopped."""
        checked = await self.check()
        rule, stop = self.rule, self._take_over()
        known = await find_existing(reader, checked.ids, on_progress=on_calls)
        self.plan = await self._in_room(lambda room: make_plan(checked, known, room, rule=rule), stop)
        return self.plan

    def stop(self) -> None:
        """Stop what is under way; it will raise Stopped."""
        self._stop.set()

    def close(self) -> None:
        """Delete the file and everything that was made of it."""
        self._stop.set()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _outdate(self, *, checked: bool = True) -> None:
        """What was made of older choices is of no use any more."""
        self.stop()
        if self.plan:
            shutil.rmtree(self.plan.path.parent, ignore_errors=True)
            self.plan = None
        if checked and self.checked:
            shutil.rmtree(self.checked.spool.parent, ignore_errors=True)
            self.checked = None

    def _take_over(self) -> threading.Event:
        """Whatever still runs is stopped; returns what stops the work that begins now."""
        self.stop()
        self._stop = threading.Event()
        return self._stop

    async def _in_room(self, work: Callable[[Path], T], stop: threading.Event) -> T:
        """On a worker thread, in a folder of its own; of work that fails or was stopped nothing is left."""

        def run() -> T:
            room = Path(mkdtemp(dir=self.folder))
            try:
                done = work(room)
                if stop.is_set():
                    raise Stopped
            except BaseException:
                shutil.rmtree(room, ignore_errors=True)
                raise
            return done

        done = await asyncio.to_thread(run)
        if stop.is_set():
            raise Stopped
        return done

    def _read(self, form: Form) -> tuple[Table, Profile]:
        if form.kind is not FileKind.WORKBOOK:
            check_decodes(self.path, form.encoding)
        table = open_table(self.path, form, self.limits)
        return table, profile(table)


def forget_old_files(folder: Path, now: float) -> None:
    """Delete what a process that was killed left behind over a day ago; `now` in seconds of the epoch."""
    for left in folder.glob("*"):
        if now - left.stat().st_mtime > _FORGOTTEN_AFTER_S:
            shutil.rmtree(left, ignore_errors=True)


def write_grid(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """What was typed by hand as a file, so that it goes the same way; blank rows are left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows([guard(cell.strip()) for cell in row] for row in rows if any(map(str.strip, row)))
