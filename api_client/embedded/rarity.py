"""Decides how to look up a term: a sample of rows shows which of its trigrams are worth walking."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .folding import Letters, fold, full_name, marked
from .ids import key_range
from .wire import Caller

SMALL = 20_000  # below so many rows any way is quick
BLOCKS, BLOCK = 20, 50
READ, STEP = 30, 1  # a row read by its key costs about thirty times a step through a trigram's list
UNSEEN = 0.1  # rows of the sample that a trigram stands for when the sample does not hold it
CHOSEN = 4
COMMON = 0.25  # of the rows; above that share it is quicker to walk the table than the index
MANY = 0.005  # of the rows; above that share two threads count quicker than one
TEXTS = "first_name, last_name, email, phone"


@dataclass(frozen=True, slots=True)
class Plan:
    """The trigrams to walk, none for the table itself; and a key in the middle of many rows to count."""

    words: list[str]
    middle: int | None = None


@dataclass(frozen=True, slots=True)
class _Sample:
    """Row keys in order; for each trigram, a bit for each row that holds it."""

    keys: list[int]
    holding: dict[str, int]

    def plan(self, words: Sequence[str]) -> Plan:
        """The rarest trigram, and others as long as the rows they rule out cost more than their lists."""
        rarest, *others = sorted(words, key=self._size)
        if others and self._size(rarest) > COMMON * len(self.keys):
            return Plan([], self._middle(self.holding[rarest]))
        chosen, rows = [rarest], self.holding.get(rarest, 0)
        for word in others:
            both = rows & self.holding.get(word, 0)
            spared = rows.bit_count() - both.bit_count() if rows else UNSEEN
            if spared * READ > self._size(word) * STEP and len(chosen) < CHOSEN:
                chosen, rows = [*chosen, word], both
        return Plan(chosen, self._middle(rows))

    def beginning(self, letters: str) -> Plan | None:
        """The plan for rows with a trigram that begins with these letters; None when they are common."""
        rows = 0
        for word, holding in self.holding.items():
            if word.startswith(letters):
                rows |= holding
        return None if rows.bit_count() > COMMON * len(self.keys) else Plan([], self._middle(rows))

    def _size(self, word: str) -> int:
        return self.holding.get(word, 0).bit_count()

    def _middle(self, rows: int) -> int | None:
        count = rows.bit_count()
        if count <= MANY * len(self.keys):
            return None
        found = [key for at, key in enumerate(self.keys) if rows >> at & 1]
        return found[count // 2]


class Rarity:
    """Looks at evenly spaced blocks of rows; anew when the table has doubled."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._sample: _Sample | None = None
        self._rows = 0
        self._added = 0

    def grown(self, rows: int) -> None:
        self._added += rows
        if self._added > max(SMALL, self._rows):
            self._sample = None

    def plan(self, db: sqlite3.Connection, caller: Caller, words: list[str]) -> Plan:
        """The plan for the trigrams of a search; all of them where there are few rows."""
        sample = self._known(db, caller) if words else None
        return Plan(words) if sample is None else sample.plan(words)

    def beginning(self, db: sqlite3.Connection, caller: Caller, letters: str) -> Plan | None:
        """The plan for all trigrams that begin with these letters; None where the table is quicker."""
        sample = self._known(db, caller)
        return None if sample is None else sample.beginning(letters)

    def _known(self, db: sqlite3.Connection, caller: Caller) -> _Sample | None:
        """None where there are few rows."""
        if self._sample is None and not _is_small(db, caller):
            self._sample = self._look(db, caller)
            self._rows, self._added = self._rows + self._added, 0
        return self._sample

    def _look(self, db: sqlite3.Connection, caller: Caller) -> _Sample:
        low, high = db.execute(
            "SELECT min(id), max(id) FROM subscribers WHERE id BETWEEN ? AND ?", key_range(caller.environment)
        ).fetchone()
        keys: list[int] = []
        holding: dict[str, int] = {}
        sql = f"SELECT id, {TEXTS} FROM subscribers WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"
        for number in range(BLOCKS):
            start = low + (high - low) * number // BLOCKS
            for key, first, last, email, phone in db.execute(sql, (start, high, BLOCK)):
                for word in self._words({"name": full_name(first, last), "email": email, "phone": phone}):
                    holding[word] = holding.get(word, 0) | 1 << len(keys)
                keys.append(key)
        return _Sample(keys, holding)

    def _words(self, fields: dict[str, str]) -> set[str]:
        return {word for field, text in fields.items() for word in self._cut(field, text)}

    def _cut(self, field: str, text: str) -> Iterator[str]:
        return self._letters.trigrams(field, marked(fold(text)))


def _is_small(db: sqlite3.Connection, caller: Caller) -> bool:
    sql = "SELECT count(*) FROM (SELECT 1 FROM subscribers WHERE id BETWEEN ? AND ? LIMIT ?)"
    return db.execute(sql, (*key_range(caller.environment), SMALL)).fetchone()[0] < SMALL
