"""Writes subscribers and keeps the search index in step, always inside a transaction."""

import sqlite3
from collections.abc import Sequence

from .folding import Letters, fold, full_name
from .ids import GAP, key_range, new_key
from .search import Search
from .subscribers import PROFILE, Entity, Row, row_of
from .wire import Caller

HOT, COLD = Row._fields[:12], ("id", *PROFILE)
FOLDED = ("folded_name", "folded_email", "folded_phone")
INSERT = f"INSERT INTO subscribers ({', '.join(HOT + FOLDED)}) VALUES ({', '.join('?' * 15)})"
SET_PROFILE = f"INSERT OR REPLACE INTO profiles ({', '.join(COLD)}) VALUES ({', '.join('?' * 6)})"
UPDATE = f"UPDATE subscribers SET {', '.join(f'{name} = ?' for name in HOT[3:] + FOLDED)} WHERE id = ?"
ADD_WORDS = "INSERT INTO words(rowid, name, email, phone) VALUES (?, ?, ?, ?)"
DROP_WORDS = "INSERT INTO words(words, rowid, name, email, phone) VALUES ('delete', ?, ?, ?, ?)"


class Writer:
    """The only place that inserts, changes or deletes subscribers."""

    def __init__(self, letters: Letters, search: Search) -> None:
        self._letters = letters
        self._search = search

    def insert(self, db: sqlite3.Connection, caller: Caller, entity: Entity) -> Row:
        """Adds a subscriber; KeyError when its object id is taken or fits nowhere."""
        key = new_key(db, caller.environment, entity["_id"])
        if key is None:
            raise KeyError(entity["_id"])
        row = row_of(entity, key)
        self.insert_rows(db, [row])
        return row

    def insert_many(self, db: sqlite3.Connection, caller: Caller, entities: Sequence[Entity]) -> None:
        """Adds subscribers whose object ids grow, behind all others when they are the newest."""
        if not entities:
            return
        first = new_key(db, caller.environment, entities[0]["_id"])
        newest = db.execute(
            "SELECT max(id) FROM subscribers WHERE id < ?", (key_range(caller.environment)[1],)
        )
        ids = [entity["_id"] for entity in entities]
        if first is None or first <= (newest.fetchone()[0] or 0) or ids != sorted(ids):
            for entity in entities:
                self.insert(db, caller, entity)
            return
        rows = [row_of(entity, first + number * GAP) for number, entity in enumerate(entities)]
        self.insert_rows(db, rows)

    def insert_rows(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        folded = [(row, _folded(row)) for row in rows]
        db.executemany(INSERT, [(*row[:12], *_kept(row, fields)) for row, fields in folded])
        db.executemany(SET_PROFILE, [(row.id, *row[12:]) for row in rows if any(row[12:])])
        db.executemany(ADD_WORDS, [(row.id, *self._letters.indexed(*fields)) for row, fields in folded])
        self._search.forget_totals(added=len(rows))

    def index_again(self, db: sqlite3.Connection) -> None:
        """Makes the search index anew, for a file that an older version wrote."""
        db.execute("INSERT INTO words(words) VALUES ('delete-all')")
        rows = db.execute("SELECT id, first_name, last_name, email, phone FROM subscribers ORDER BY id")
        fields = (
            (key, fold(full_name(first, last)), fold(email), fold(phone))
            for key, first, last, email, phone in rows
        )
        db.executemany(ADD_WORDS, ((key, *self._letters.indexed(*texts)) for key, *texts in fields))
        self._search.forget_totals()

    def update(self, db: sqlite3.Connection, before: Row, entity: Entity) -> Row:
        """Replaces a row by the entity's state; the index is touched only when a searched field changed."""
        after = row_of(entity, before.id)
        old, new = _folded(before), _folded(after)
        db.execute(UPDATE, (*after[3:12], *_kept(after, new), before.id))
        if before[12:] != after[12:]:
            db.execute(SET_PROFILE, (before.id, *after[12:]))
        if old != new:
            db.execute(DROP_WORDS, (before.id, *self._letters.indexed(*old)))
            db.execute(ADD_WORDS, (before.id, *self._letters.indexed(*new)))
            self._search.forget_totals()
        return after

    def delete(self, db: sqlite3.Connection, row: Row) -> None:
        """Removes a subscriber and everything that belongs to it."""
        db.execute(DROP_WORDS, (row.id, *self._letters.indexed(*_folded(row))))
        for table in ("subscribers", "profiles"):
            db.execute(f"DELETE FROM {table} WHERE id = ?", (row.id,))
        for table in ("messages", "preferences", "subscriptions"):
            db.execute(f"DELETE FROM {table} WHERE subscriber = ?", (row.id,))
        self._search.forget_totals()


def _folded(row: Row) -> tuple[str, str, str]:
    return fold(full_name(row.first_name, row.last_name)), fold(row.email), fold(row.phone)


def _kept(row: Row, folded: tuple[str, str, str]) -> tuple[str, str | None, str | None]:
    """What is stored of the folded texts: the name always, e-mail and phone only if folding changed them."""
    name, email, phone = folded
    return name, email if email != (row.email or "") else None, phone if phone != (row.phone or "") else None
