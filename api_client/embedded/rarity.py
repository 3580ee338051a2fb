"""Which trigrams of a search term are rare: a sample of the rows tells, so that no long list is walked."""

import sqlite3
from collections import Counter

from .folding import Letters, fold, full_name
from .ids import key_range
from .wire import Caller

SMALL = 20_000  # below so many rows any choice is quick
BLOCKS, BLOCK = 20, 100
CHOSEN = 3
COMMON = 0.25  # of the rows; above that share it is quicker to walk the table than the index
ROWS = ""  # under this key the sample counts its rows
TEXTS = "first_name, last_name, email, phone"


class Rarity:
    """Counts trigrams in evenly spaced blocks of rows; counts anew when the table has doubled."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._counts: Counter[str] | None = None
        self._rows = 0
        self._added = 0

    def grown(self, rows: int) -> None:
        self._added += rows
        if self._added > max(SMALL, self._rows):
            self._counts = None

    def rarest(self, db: sqlite3.Connection, caller: Caller, words: list[str]) -> list[str]:
        """The few rarest of the trigrams; none when even the rarest is common, unless there is only one."""
        if len(words) <= 1 or (self._counts is None and _is_small(db, caller)):
            return words[:CHOSEN]
        counts = self._counts
        if counts is None:
            counts = self._counts = self._sample(db, caller)
            self._rows, self._added = self._rows + self._added, 0
        chosen = sorted(words, key=lambda word: counts[word])[:CHOSEN]
        return [] if counts[chosen[0]] > COMMON * counts[ROWS] else chosen

    def _sample(self, db: sqlite3.Connection, caller: Caller) -> Counter[str]:
        span = db.execute(
            "SELECT min(id), max(id) FROM subscribers WHERE id BETWEEN ? AND ?", key_range(caller.environment)
        ).fetchone()
        counts: Counter[str] = Counter()
        if span[0] is None:
            return counts
        for number in range(BLOCKS):
            start = span[0] + (span[1] - span[0]) * number // BLOCKS
            rows = db.execute(
                f"SELECT {TEXTS} FROM subscribers WHERE id >= ? ORDER BY id LIMIT ?",
                (start, BLOCK),
            )
            for first, last, email, phone in rows:
                fields = {"name": full_name(first, last), "email": email, "phone": phone}
                counts[ROWS] += 1
                for field, text in fields.items():
                    counts.update(set(self._letters.trigrams(field, fold(text))))
        return counts


def _is_small(db: sqlite3.Connection, caller: Caller) -> bool:
    sql = "SELECT count(*) FROM (SELECT 1 FROM subscribers WHERE id BETWEEN ? AND ? LIMIT ?)"
    return db.execute(sql, (*key_range(caller.environment), SMALL)).fetchone()[0] < SMALL
