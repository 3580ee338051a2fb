"""What pandas is used for: which ids repeat, and what each column holds. Never on the event loop."""

# pandas comes without complete types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dashboard.csv_io.incoming.reading import Table
from dashboard.csv_io.incoming.spool import Troubles

Reasons = tuple[tuple[str, int], ...]
"""Why rows are refused, the most common first, and how many of each."""

LOOKED_AT = 5000  # rows; a frame of the whole file would take many times its size
EXAMPLES = 3
_SHOWN = 40
_LINE = r"^Line [\d,]+: "


@dataclass(frozen=True)
class ColumnProfile:
    """What the first rows hold in one column: how many are filled, how many differ, the most common ones."""

    name: str
    filled: int
    distinct: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """The columns of a table and its first rows, from at most `LOOKED_AT` rows."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    preview: tuple[tuple[str, ...], ...]
    is_whole: bool


def profile(table: Table, *, shown: int = 5) -> Profile:
    """Look into the first rows. Raises BadFile where they cannot be read."""
    import pandas as pd  # noqa: PLC0415 - half a second that only an import pays

    width = len(table.heading)
    rows = [
        ["" if cell is ... else str(cell) for cell in [*cells, *[""] * width][:width]]
        for _, cells in islice(table.rows(), LOOKED_AT + 1)
    ]
    looked_at = rows[:LOOKED_AT]
    frame = pd.DataFrame(looked_at, dtype=object)
    columns = tuple(_column(name, frame[number]) for number, name in enumerate(table.heading))
    preview = tuple(tuple(cell[:_SHOWN] for cell in row) for row in looked_at[:shown])
    return Profile(len(looked_at), columns, preview, is_whole=len(rows) <= LOOKED_AT)


def places_of_repeated(ids: Sequence[str]) -> dict[str, list[int]]:
    """Ids that stand more than once, each with its row numbers; empty texts do not count."""
    if len(set(ids)) == len(ids):
        return {}
    import pandas as pd  # noqa: PLC0415 - half a second that only an import pays

    column = pd.Series(list(ids), dtype=object)
    again = column[column.duplicated(keep=False) & (column != "")]
    places: dict[str, list[int]] = {}
    for number, text in again.items():
        places.setdefault(text, []).append(int(str(number)))
    return places


def common_reasons(problems: Troubles, *, most: int = 6) -> Reasons:
    """The most common reasons of all problems, each with its column; all further ones together."""
    if not problems.count:
        return ()
    import pandas as pd  # noqa: PLC0415 - half a second that only an import pays

    frame = pd.read_csv(problems.path, dtype=str, keep_default_na=False, usecols=["column", "reason"])
    named = frame["column"].where(frame["column"] == "", frame["column"] + ": ") + frame["reason"]
    return _counted(named, most)


def common_notes(notes: Sequence[str], *, most: int = 6) -> Reasons:
    """The most common reasons in the notes of an import's rows, without the lines that they begin with."""
    import pandas as pd  # noqa: PLC0415 - half a second that only an import pays

    if not notes:
        return ()
    return _counted(pd.Series(list(notes), dtype=str).str.replace(_LINE, "", regex=True), most)


def _counted(reasons: Any, most: int) -> Reasons:
    counts = reasons.value_counts()
    shown = tuple((str(reason), int(number)) for reason, number in counts.head(most).items())
    rest = int(counts.iloc[most:].sum())
    return (*shown, ("other reasons", rest)) if rest else shown


def _column(name: str, cells: object) -> ColumnProfile:
    import pandas as pd  # noqa: PLC0415 - half a second that only an import pays

    column = pd.Series(cells)
    filled = column[column != ""]
    common = filled.value_counts().head(EXAMPLES)
    examples = tuple(str(text)[:_SHOWN] for text in common.index)
    return ColumnProfile(name, len(filled), int(filled.nunique()), examples)
