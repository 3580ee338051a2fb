"""Search by cursor: keyset paging over the row keys, filters through the trigram index."""

import sqlite3
from dataclasses import dataclass, replace

from .folding import Letters, fold, is_exact
from .ids import ENVIRONMENT_SHIFT, find_key, key_range
from .ordering import Condition, Order, value_of
from .rarity import Rarity
from .second import Second
from .subscribers import NAMES, SOURCE, Row
from .wire import Caller

MOST_COUNTED = 50_000
MOST_REMEMBERED = 500
MOST_WORDS = 100
NOTHING: Condition = ("0", ())
BEGINNING = "SELECT term FROM vocabulary WHERE term >= ? AND term < ?"
INDEXED = "words w CROSS JOIN subscribers s ON s.id = w.rowid LEFT JOIN profiles p ON p.id = s.id"
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
    """The rows that the filters let through, between two row keys.

    `key` is the column of the row key, `bound` the same where it must not lead the way. `exact`: the index
    alone decides, no row has to be read. `middle`: a key in the middle of many rows.
    """

    source: str
    key: str
    bound: str
    low: int
    high: int
    conditions: tuple[str, ...] = ()
    values: tuple[object, ...] = ()
    exact: bool = False
    middle: int | None = None

    def narrowed(self, condition: Condition) -> "_Query":
        where, values = condition
        return replace(self, conditions=(*self.conditions, where), values=self.values + values, exact=False)

    def beyond(self, order: Order, key: int, value: object, *, falling: bool, inclusive: bool) -> "_Query":
        """The rows that follow one row in an order."""
        if order.value is not None:
            return self.narrowed(order.beyond(key, value, falling=falling, inclusive=inclusive))
        step = 0 if inclusive else 1
        return replace(self, high=key - step) if falling else replace(self, low=key + step)

    def rows(self, db: sqlite3.Connection, order: str, limit: int) -> list[Row]:
        """The first rows of an order; only their keys are sorted."""
        keys = f"SELECT {self.key} FROM {self.source} WHERE {self._where()} ORDER BY {order} LIMIT ?"
        sql = (
            f"SELECT {NAMES} FROM {SOURCE} WHERE s.id IN ({keys}) ORDER BY {order.replace(self.key, 's.id')}"
        )
        return [Row._make(row) for row in db.execute(sql, (*self.values, self.low, self.high, limit))]

    def count(self, db: sqlite3.Connection, most: int) -> int:
        source = "words w" if self.exact else self.source
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {self._where()} LIMIT ?)"
        return db.execute(sql, (*self.values, self.low, self.high, most)).fetchone()[0]

    def halves(self, middle: int) -> tuple["_Query", "_Query"]:
        return replace(self, high=middle), replace(self, low=middle + 1)

    def _where(self) -> str:
        return " AND ".join((*self.conditions, f"{self.bound} BETWEEN ? AND ?"))


class Search:
    """Answers `Wanted`; remembers totals until a write is committed that can change them.

    A `second` thread counts half of many rows.
    """

    def __init__(self, letters: Letters, second: Second) -> None:
        self._letters = letters
        self._second = second
        self._rarity = Rarity(letters)
        self._totals: dict[object, int] = {}
        self._is_outdated = False
        self._edges: dict[tuple[int, str], int] = {}

    def forget_totals(self, *, added: int = 0) -> None:
        """Called within every write that can change what is found; `added` rows are new."""
        self._is_outdated = True
        self._rarity.grown(added)

    def committed(self) -> None:
        """Called after every commit: any earlier, others could count old rows and remember that total."""
        if self._is_outdated:
            self._is_outdated = False
            self._totals = {}

    def page(self, db: sqlite3.Connection, caller: Caller, wanted: Wanted) -> Found:
        oid = wanted.after or wanted.before
        cursor = self._cursor(db, caller.environment, oid) if oid else None
        if oid and cursor is None:
            return Found([], None, None, 0, capped=False)
        totals = self._totals  # a write that comes meanwhile must not leave an old total in the new ones
        terms = [(field, fold(text)) for field, text in wanted.filters]
        query = self._source(db, caller, wanted, terms)
        query = query if query.exact else _compared(query, terms)
        led = query
        if wanted.order_by == "updatedAt" and query.middle is not None:
            led = _compared(
                _by_time(caller), terms
            )  # finds a page among many matches sooner than sorting them all
        rows, behind, more = _turn(db, led, wanted, cursor)
        asked = (caller.environment, wanted.filters, wanted.subscriber_id)
        total = totals.get(asked)
        if total is None:
            if len(totals) >= MOST_REMEMBERED:
                totals.clear()
            total = totals[asked] = self._total(db, query)
        return Found(
            rows,
            next=self._edge(caller.environment, rows[-1]) if more else None,
            previous=self._edge(caller.environment, rows[0]) if behind else None,
            total=min(total, MOST_COUNTED),
            capped=total > MOST_COUNTED,
        )

    def _edge(self, environment: int, row: Row) -> str:
        """The cursor of a row, whose key is remembered for the next page."""
        if len(self._edges) >= MOST_REMEMBERED:
            self._edges.clear()
        oid = row.oid.hex()
        self._edges[environment, oid] = row.id
        return oid

    def _cursor(self, db: sqlite3.Connection, environment: int, oid: str) -> int | None:
        key, sql = self._edges.get((environment, oid)), "SELECT 1 FROM subscribers WHERE id = ? AND oid = ?"
        if key is not None and db.execute(sql, (key, bytes.fromhex(oid))).fetchone():
            return key
        return find_key(db, environment, oid)

    def _total(self, db: sqlite3.Connection, query: _Query) -> int:
        """Counts as far as the service does, on two threads; uneven halves are counted to the end."""
        most = MOST_COUNTED + 1
        if query.middle is None or query.exact:
            return query.count(db, most)
        half = most * 3 // 5
        low, high = query.halves(query.middle)
        later = self._second.ask(lambda other: low.count(other, half))
        upper, lower = high.count(db, half), later(db)
        if half in (lower, upper) and lower + upper < most:
            lower, upper = low.count(db, most), high.count(db, most)
        return lower + upper

    def _source(
        self, db: sqlite3.Connection, caller: Caller, wanted: Wanted, terms: list[tuple[str, str]]
    ) -> _Query:
        """The cheapest way in: the unique index, the trigrams, the order's own index, or the table."""
        low, high = key_range(caller.environment)
        if wanted.subscriber_id is not None:
            return _by_time(caller).narrowed(("s.subscriber_id = ?", (wanted.subscriber_id,)))
        words = list(dict.fromkeys(w for field, term in terms for w in self._letters.trigrams(field, term)))
        plan = self._rarity.plan(db, caller, words)
        if plan.words:
            query = _Query(INDEXED, "w.rowid", "w.rowid", low, high).narrowed(_match(plan.words))
            exact = len(terms) == 1 and len(words) == 1 and is_exact(terms[0][1])
            return replace(query, exact=exact, middle=plan.middle)
        if not words and (short := self._short(db, caller, terms)):
            return short
        table = _Query(SOURCE, "s.id", "s.id", low, high)
        table = _by_time(caller) if wanted.order_by == "updatedAt" else table
        return replace(table, middle=plan.middle)

    def _short(self, db: sqlite3.Connection, caller: Caller, terms: list[tuple[str, str]]) -> _Query | None:
        """A term of one or two letters: by all trigrams that begin with it, unless they are common."""
        for field, term in terms:
            first = self._letters.moved(field, term)
            plan = self._rarity.beginning(db, caller, first) if is_exact(term) else None
            if plan is None:
                continue
            words = [word for (word,) in db.execute(BEGINNING, (first, first[:-1] + chr(ord(first[-1]) + 1)))]
            if len(words) <= MOST_WORDS:
                query = _Query(INDEXED, "w.rowid", "w.rowid", *key_range(caller.environment))
                condition = _match(words, " OR ") if words else NOTHING
                return replace(query.narrowed(condition), exact=len(terms) == 1, middle=plan.middle)
        return None


def _by_time(caller: Caller) -> _Query:
    """An environment's rows through another index than the key's, such as `updated_at`."""
    here = (f"s.id >> {ENVIRONMENT_SHIFT} = ?", (caller.environment,))
    return _Query(SOURCE, "s.id", "+s.id", *key_range(caller.environment)).narrowed(here)


def _compared(query: _Query, terms: list[tuple[str, str]]) -> _Query:
    """Each row's own text is compared."""
    for field, term in terms:
        query = query.narrowed((f"instr({FOLDED[field]}, ?) > 0", (term,)))
    return query


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
        here = query.beyond(order, cursor, value, falling=falling, inclusive=wanted.include_cursor)
    rows = here.rows(db, order.by(falling=falling), wanted.limit + 1)
    further = len(rows) > wanted.limit
    rows = rows[: wanted.limit]
    behind = bool(rows) and (cursor is not None or "." in wanted.order_by)
    if behind:
        # Ordered by custom data, the service compares ids alone, and so finds rows before the first page.
        order = Order(query.key, None) if "." in wanted.order_by else order
        value = order.value_at(db, rows[0].id)
        before = query.beyond(order, rows[0].id, value, falling=not falling, inclusive=False)
        behind = before.count(db, 1) > 0
    return (rows[::-1], further, behind) if backward else (rows, behind, further)


def _match(words: list[str], how: str = " AND ") -> Condition:
    quoted = ('"' + word.replace('"', '""') + '"' for word in words)
    return "words MATCH ?", (how.join(quoted),)
