"""Files as people bring them, written and taken through the pure half of an import."""

from dataclasses import dataclass
from pathlib import Path

from dashboard.csv_io.incoming.checked import Checked, check_table
from dashboard.csv_io.incoming.duplicates import Rule
from dashboard.csv_io.incoming.existing import Known
from dashboard.csv_io.incoming.form import Form, Limits
from dashboard.csv_io.incoming.mapping import Columns, guess, problems
from dashboard.csv_io.incoming.plan import Plan, make_plan
from dashboard.csv_io.incoming.reading import Table, open_table
from dashboard.csv_io.incoming.sniff import sniff
from dashboard.csv_io.incoming.spool import PlannedRow, read_plan
from dashboard.refusals import Refusal

USUAL = Limits()


@dataclass(frozen=True)
class Taken:
    """What came of a file: refused as a whole with a sentence, or row by row."""

    refused: str = ""
    form: Form | None = None
    table: Table | None = None
    columns: Columns = ()
    mapping_problems: tuple[str, ...] = ()
    checked: Checked | None = None
    plan: Plan | None = None
    rows: tuple[PlannedRow, ...] = ()

    @property
    def said(self) -> list[str]:
        """Every sentence that a person would read about what is wrong."""
        found = [self.refused] if self.refused else []
        found += self.mapping_problems
        if self.checked:
            found += [one.sentence() for one in self.checked.problems.first]
            found += [one.sentence() for one in self.checked.remarks.first]
        return found + [f"Line {row.line}: {row.reason}" for row in self.rows if row.reason]

    @property
    def sent(self) -> list[dict[str, object]]:
        return [dict(row.body) for row in self.rows if row.body]


def take(
    content: bytes,
    folder: Path,
    *,
    limits: Limits = USUAL,
    known: dict[str, Known] | None = None,
    rule: Rule = Rule.LAST,
    clear: str = "",
    is_admin: bool = True,
) -> Taken:
    """The whole way of a file up to its plan."""
    path = folder / "file"
    path.write_bytes(content)
    try:
        form = sniff(path, limits)
        table = open_table(path, form, limits)
        columns = guess(table.heading, [[]] * len(table.heading))
        wrong = tuple(problems(table.heading, columns, may_set_credentials=is_admin))
        if wrong:
            return Taken(form=form, table=table, columns=columns, mapping_problems=wrong)
        checked = check_table(table, columns, folder, clear=clear)
        plan = make_plan(checked, known or {}, folder, rule=rule)
    except Refusal as refusal:
        return Taken(refused=refusal.user_text)
    return Taken("", form, table, columns, (), checked, plan, tuple(read_plan(plan.path)))


def csv_of(*rows: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return (end.join(rows) + end).encode(encoding)
