"""Search by cursor: keyset paging over the row keys, filters through the trigram index."""

import sqlite3
from dataclasses import dataclass

from .folding import Letters, fold
from .ids import key_of, key_range
from .subscribers import Row
from .wire import Caller

MOST_COUNTED = 50_000
TRIGRAMS = 4
FOLDED = {
    "name": "s.folded_name",
    "email": "ifnull(s.folded_email, s.email)",
    "phone": "ifnull(s.folded_phone, s.phone)",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page that is asked for. `filters` holds texts by field; `subscriber_id` None means any."""

    filters: tuple[tuple[str, str], ...] = ()
    subscriber_id: str | None = None
    after: str | None = None
    before: str | None = None
    limit: int = 10
    order_by: str = "_id"
    descending: bool = True
    include_cursor: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    rows: list[Row]
    next: str | None
    previous: str | None
    total: int
    capped: bool


class Search:
    """Answers `Wanted`; remembers totals until the next write."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._totals: dict[object, int] = {}

    def forget_totals(self) -> None:
        self._totals.clear()

    def page(self, db: sqlite3.Connection, caller: Caller, wanted: Wanted) -> Found:
        cursor = wanted.after or wanted.before
        if cursor and not _exists(db, caller, cursor):
            return Found([], None, None, 0, False)
        total = self._total(db, caller, wanted)
        backward = bool(wanted.before)
        sql, values, key_column = self._select(caller, wanted)
        key = key_of(cursor, caller.environment) if cursor else None
        falling = wanted.descending != backward
        if key is not None:
            sign = ("<" if falling else ">") + ("=" if wanted.include_cursor else "")
            sql += f" AND {key_column} {sign} ?"
            values.append(key)
        sql += f" ORDER BY {key_column} {'DESC' if falling else 'ASC'} LIMIT ?"
        rows = [Row._make(row) for row in db.execute(sql, (*values, wanted.limit + 1))]
        more = len(rows) > wanted.limit
        rows = rows[: wanted.limit]
        if backward:
            rows.reverse()
        first, last = (rows[0].oid, rows[-1].oid) if rows else (None, None)
        return Found(
            rows,
            next=last if (more or backward) else None,
            previous=first if (cursor and not backward) or (backward and more) else None,
            total=min(total, MOST_COUNTED),
            capped=total > MOST_COUNTED,
        )

    def _total(self, db: sqlite3.Connection, caller: Caller, wanted: Wanted) -> int:
        asked = (caller.environment, wanted.filters, wanted.subscriber_id)
        if asked not in self._totals:
            sql, values, _ = self._select(caller, wanted, what="1")
            counted = f"SELECT count(*) FROM ({sql} LIMIT {MOST_COUNTED + 1})"
            if len(self._totals) > 500:
                self._totals.clear()
            self._totals[asked] = db.execute(counted, values).fetchone()[0]
        return self._totals[asked]

    def _select(self, caller: Caller, wanted: Wanted, what: str = "") -> tuple[str, list[object], str]:
        columns = what or ", ".join(f"s.{name}" for name in Row._fields)
        source, where, values = (
            "subscribers s",
            "s.id BETWEEN ? AND ?",
            list[object](key_range(caller.environment)),
        )
        terms = [(field, fold(text)) for field, text in wanted.filters]
        words = [word for field, term in terms for word in self._rarest(field, term)]
        if wanted.subscriber_id is not None:
            where, values = (
                "s.subscriber_id = ? AND s.id >> 56 = ?",
                [wanted.subscriber_id, caller.environment],
            )
        elif words:
            source = "words w CROSS JOIN subscribers s ON s.id = w.rowid"
            where = "words MATCH ? AND w.rowid BETWEEN ? AND ?"
            values.insert(0, " AND ".join('"' + word.replace('"', '""') + '"' for word in words))
        for field, term in terms:
            where += f" AND instr({FOLDED[field]}, ?) > 0"
            values.append(term)
        key_column = "w.rowid" if source.startswith("words") else "s.id"
        return f"SELECT {columns} FROM {source} WHERE {where}", values, key_column

    def _rarest(self, field: str, term: str) -> list[str]:
        return list(dict.fromkeys(self._letters.trigrams(field, term)))[:TRIGRAMS]


def _exists(db: sqlite3.Connection, caller: Caller, oid: str) -> bool:
    row = db.execute(
        "SELECT oid FROM subscribers WHERE id = ?", (key_of(oid, caller.environment),)
    ).fetchone()
    return row is not None and row[0] == oid.lower()
