"""One file on its way to an import: kept in a folder of its own, read, mapped, checked and compared.

Every step can be taken again; what does not depend on it stays. The work is done on worker threads.
"""

import asyncio
import csv
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp

from dashboard.csv_io.cells import guard
from dashboard.csv_io.incoming.checked import Checked, check_table
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
        self.table = self.profile = self.checked = self.plan = None
        self.name = name[:200]
        form = await asyncio.to_thread(sniff, self.path, self.limits)
        await self.read_as(form, known)

    async def read_as(self, form: Form, known: Mapping[str, str]) -> None:
        """Read it in another encoding, with another delimiter or without a heading. Raises BadFile."""
        table, found = await asyncio.to_thread(self._read, form)
        examples = [column.examples for column in found.columns]
        self.table, self.profile, self.checked, self.plan = table, found, None, None
        self.columns = with_known(guess(table.heading, examples), table.heading, known)

    def map(self, index: int, key: str) -> None:
        """Send one column elsewhere."""
        self.columns = tuple(key if at == index else one for at, one in enumerate(self.columns))
        self.checked = self.plan = None

    def decide(self, *, clear: str | None = None, rule: Rule | None = None) -> None:
        """Which word clears a value, and which row of a repeated id counts."""
        self.checked = self.checked if clear in (None, self.clear) else None
        self.clear = self.clear if clear is None else clear
        self.rule = rule or self.rule
        self.plan = None

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
            self._stop.clear()
            self.checked = await asyncio.to_thread(
                check_table,
                self.table,
                self.columns,
                self.folder,
                clear=self.clear,
                on_rows=on_rows,
                stop=self._stop,
            )
        return self.checked

    async def compare(self, reader: Reader, *, on_calls: Callable[[int, int], None]) -> Plan:
        """Look up who is there and plan what would be done. Raises ApiError, BadFile, Stopped."""
        checked = await self.check()
        known = await find_existing(reader, checked.ids, on_progress=on_calls)
        self.plan = await asyncio.to_thread(make_plan, checked, known, self.folder, rule=self.rule)
        return self.plan

    def stop(self) -> None:
        """Stop a check that is under way."""
        self._stop.set()

    def close(self) -> None:
        """Delete the file and everything that was made of it."""
        self._stop.set()
        shutil.rmtree(self.folder, ignore_errors=True)

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
