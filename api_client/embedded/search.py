"""Search by cursor: keyset paging over the row keys, filters through the trigram index."""

import sqlite3
from dataclasses import dataclass

from .folding import Letters, fold
from .ids import find_key, key_range
from .ordering import Condition, Order, value_of
from .rarity import Rarity
from .subscribers import Row
from .wire import Caller

MOST_COUNTED = 50_000
MOST_REMEMBERED = 500
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
    """One page. `total` stops at 50,000, which `capped` tells."""

    rows: list[Row]
    next: str | None
    previous: str | None
    total: int
    capped: bool


@dataclass(frozen=True, slots=True)
class _Query:
    """The rows that the filters let through. `exact`: the index alone decides, no row has to be read."""

    source: str
    where: str
    values: tuple[object, ...]
    key: str
    exact: bool = False

    def narrowed(self, condition: Condition) -> "_Query":
        where, values = condition
        return _Query(self.source, f"{self.where} AND {where}", self.values + values, self.key)

    def rows(self, db: sqlite3.Connection, order: str, limit: int) -> list[Row]:
        columns = ", ".join(f"s.{name}" for name in Row._fields)
        sql = f"SELECT {columns} FROM {self.source} WHERE {self.where} ORDER BY {order} LIMIT ?"
        return [Row._make(row) for row in db.execute(sql, (*self.values, limit))]

    def count(self, db: sqlite3.Connection, most: int) -> int:
        source = "words w" if self.exact else self.source
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {self.where} LIMIT ?)"
        return db.execute(sql, (*self.values, most)).fetchone()[0]


class Search:
    """Answers `Wanted`; remembers totals until the next write."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._rarity = Rarity(letters)
        self._totals: dict[object, int] = {}

    def forget_totals(self, *, added: int = 0) -> None:
        """Called for every write that can change what is found; `added` rows are new."""
        self._totals = {}
        self._rarity.grown(added)

    def page(self, db: sqlite3.Connection, caller: Caller, wanted: Wanted) -> Found:
        oid = wanted.after or wanted.before
        cursor = find_key(db, caller.environment, oid) if oid else None
        if oid and cursor is None:
            return Found([], None, None, 0, capped=False)
        totals = self._totals  # a write that comes meanwhile must not leave an old total in the new ones
        query = self._query(db, caller, wanted)
        rows, behind, more = _turn(db, query, wanted, cursor)
        asked = (caller.environment, wanted.filters, wanted.subscriber_id)
        if asked not in totals:
            if len(totals) >= MOST_REMEMBERED:
                totals.clear()
            totals[asked] = query.count(db, MOST_COUNTED + 1)
        total = totals[asked]
        return Found(
            rows,
            next=rows[-1].oid.hex() if more else None,
            previous=rows[0].oid.hex() if behind else None,
            total=min(total, MOST_COUNTED),
            capped=total > MOST_COUNTED,
        )

    def _query(self, db: sqlite3.Connection, caller: Caller, wanted: Wanted) -> _Query:
        terms = [(field, fold(text)) for field, text in wanted.filters]
        query = self._source(db, caller, wanted, terms)
        if query.exact:
            return query
        for field, term in terms:
            query = query.narrowed((f"instr({FOLDED[field]}, ?) > 0", (term,)))
        return query

    def _source(
        self, db: sqlite3.Connection, caller: Caller, wanted: Wanted, terms: list[tuple[str, str]]
    ) -> _Query:
        """The cheapest way in: the unique index, the trigrams, the order's own index, or the table."""
        span = key_range(caller.environment)
        if wanted.subscriber_id is not None:
            values = (wanted.subscriber_id, caller.environment)
            return _Query("subscribers s", "s.subscriber_id = ? AND s.id >> 56 = ?", values, "s.id")
        words = list(dict.fromkeys(w for field, term in terms for w in self._letters.trigrams(field, term)))
        if words:
            chosen = self._rarity.rarest(db, caller, words)
            source = "words w CROSS JOIN subscribers s ON s.id = w.rowid"
            exact = len(terms) == 1 and len(words) == 1
            where = "words MATCH ? AND w.rowid BETWEEN ? AND ?"
            return _Query(source, where, (_match(chosen), *span), "w.rowid", exact)
        if wanted.order_by == "updatedAt":
            return _Query("subscribers s", "s.id >> 56 = ?", (caller.environment,), "s.id")
        return _Query("subscribers s", "s.id BETWEEN ? AND ?", span, "s.id")


def _turn(
    db: sqlite3.Connection, query: _Query, wanted: Wanted, cursor: int | None
) -> tuple[list[Row], bool, bool]:
    """The rows of a page in order, and whether there are others before and after them."""
    order = Order(query.key, value_of(wanted.order_by))
    backward = wanted.before is not None
    falling = wanted.descending != backward
    here = query
    if cursor is not None:
        value = order.value_at(db, cursor)
        here = query.narrowed(order.beyond(cursor, value, falling=falling, inclusive=wanted.include_cursor))
    rows = here.rows(db, order.by(falling=falling), wanted.limit + 1)
    further = len(rows) > wanted.limit
    rows = rows[: wanted.limit]
    behind = bool(rows) and (cursor is not None or "." in wanted.order_by)
    if behind:
        # By a path into custom data the service looks at the ids alone, and finds some on the first page.
        order = Order(query.key, None) if "." in wanted.order_by else order
        value = order.value_at(db, rows[0].id)
        behind = query.narrowed(order.beyond(rows[0].id, value, falling=not falling)).count(db, 1) > 0
    return (rows[::-1], further, behind) if backward else (rows, behind, further)


def _match(words: list[str]) -> str:
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
