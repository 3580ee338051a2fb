"""Subscribers as rows and as the service shows them."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import orjson

from .clock import from_text, to_text
from .folding import Letters, fold, full_name
from .ids import key_of
from .wire import Caller

Entity = dict[str, Any]
TEXTS = {
    "firstName": "first_name",
    "lastName": "last_name",
    "email": "email",
    "phone": "phone",
    "avatar": "avatar",
    "locale": "locale",
    "timezone": "timezone",
}
COLUMNS = (
    "id, oid, subscriber_id, first_name, last_name, email, phone, avatar, locale, timezone, data, channels, "
    "is_online, last_online_at, created_at, updated_at, nulls"
)
INSERT = (
    f"INSERT INTO subscribers ({COLUMNS}, folded_name, folded_email, folded_phone) "
    f"VALUES ({', '.join('?' * 20)})"
)
ADD_WORDS = "INSERT INTO words(rowid, text) VALUES (?, ?)"
DROP_WORDS = "INSERT INTO words(words, rowid, text) VALUES ('delete', ?, ?)"
Row = tuple[Any, ...]


def entity_of(row: Row, caller: Caller) -> Entity:
    """The subscriber as stored, without what was never set."""
    found: Entity = {
        "_id": row[1],
        "subscriberId": row[2],
        "_environmentId": caller.environment_id,
        "_organizationId": caller.organization_id,
        "createdAt": to_text(row[14]),
        "channels": orjson.loads(row[11]) if row[11] else [],
        "isOnline": bool(row[12]),
        "__v": 0,
    }
    for name, value in zip(TEXTS, row[3:10], strict=True):
        if value is not None:
            found[name] = value
    if row[10] is not None:
        found["data"] = orjson.loads(row[10])
    if row[16]:
        found |= dict.fromkeys(row[16].split(","))
    found["deleted"] = False
    if row[13] is not None:
        found["lastOnlineAt"] = to_text(row[13])
    found["updatedAt"] = to_text(row[15])
    return found


def raw(entity: Entity) -> Entity:
    """The v1 form of a single subscriber."""
    return entity | {"id": entity["_id"]}


def mapped(entity: Entity) -> Entity:
    """The v2 form: nothing internal, and null for a last visit that never was."""
    found = {"lastOnlineAt": None, **entity}
    del found["__v"]
    return found


def find(db: sqlite3.Connection, caller: Caller, subscriber_id: str) -> Row | None:
    """The row of a subscriber, by the exact id of the environment's owner."""
    return db.execute(
        f"SELECT {COLUMNS} FROM subscribers WHERE subscriber_id = ? AND id >> 56 = ?",
        (subscriber_id, caller.environment),
    ).fetchone()


class Writer:
    """Writes subscribers and keeps the search index in step; used inside a transaction."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def insert(self, db: sqlite3.Connection, caller: Caller, entity: Entity) -> None:
        self.insert_rows(db, [row_of(entity, caller)])

    def insert_rows(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        folded = [_folded(row) for row in rows]
        db.executemany(INSERT, [row + kept for row, (kept, _) in zip(rows, folded, strict=True)])
        db.executemany(
            ADD_WORDS, [(row[0], self._words(full)) for row, (_, full) in zip(rows, folded, strict=True)]
        )

    def update(self, db: sqlite3.Connection, before: Row, caller: Caller, entity: Entity) -> None:
        """Replaces a row by the entity's state; the index is touched only when a searched field changed."""
        after = row_of(entity, caller)
        (_, old_full), (kept, full) = _folded(before), _folded(after)
        if old_full != full:
            db.execute(DROP_WORDS, (before[0], self._words(old_full)))
            db.execute(ADD_WORDS, (before[0], self._words(full)))
        names = [*COLUMNS.split(", ")[3:], "folded_name", "folded_email", "folded_phone"]
        values = after[3:] + kept
        db.execute(
            f"UPDATE subscribers SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
            (*values, before[0]),
        )

    def delete(self, db: sqlite3.Connection, row: Row) -> None:
        """Removes a subscriber and everything that belongs to it."""
        db.execute(DROP_WORDS, (row[0], self._words(_folded(row)[1])))
        db.execute("DELETE FROM subscribers WHERE id = ?", (row[0],))
        for table in ("messages", "preferences", "subscriptions"):
            db.execute(f"DELETE FROM {table} WHERE subscriber = ?", (row[0],))

    def _words(self, full: tuple[str, str, str]) -> str:
        name, email, phone = full
        return self._letters.indexed(name=name, email=email, phone=phone)


def row_of(entity: Entity, caller: Caller) -> Row:
    """The row that holds an entity; the inverse of `entity_of`."""
    nulls = [name for name in (*TEXTS, "data") if name in entity and entity[name] is None]
    data = entity.get("data")
    channels = entity.get("channels")
    online = entity.get("lastOnlineAt")
    return (
        key_of(entity["_id"], caller.environment),
        entity["_id"],
        entity["subscriberId"],
        *(entity.get(name) for name in TEXTS),
        orjson.dumps(data).decode() if data is not None else None,
        orjson.dumps(channels).decode() if channels else None,
        int(bool(entity.get("isOnline"))),
        from_text(online) if online else None,
        from_text(entity["createdAt"]),
        from_text(entity["updatedAt"]),
        ",".join(nulls) or None,
    )


def _folded(row: Row) -> tuple[tuple[str, str | None, str | None], tuple[str, str, str]]:
    name = fold(full_name(row[3], row[4]))
    email, phone = fold(row[5]), fold(row[6])
    kept = (name, email if email != (row[5] or "") else None, phone if phone != (row[6] or "") else None)
    return kept, (name, email, phone)
