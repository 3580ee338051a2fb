"""In-app messages as rows and as the service shows them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from .clock import to_text
from .wire import Caller

Document = dict[str, Any]


class Message(NamedTuple):
    """One row; `id` is a running number, `doc` is JSON of what has no column."""

    id: int
    oid: str
    subscriber: int
    workflow: str
    feed: str | None
    seen: int
    read: int
    archived: int
    last_seen_at: int | None
    last_read_at: int | None
    archived_at: int | None
    snoozed_until: int | None
    created_at: int
    updated_at: int
    doc: str


NAMES = ", ".join(Message._fields)
INSERT = f"INSERT INTO messages ({NAMES}) VALUES (NULL{', ?' * (len(Message._fields) - 1)})"


def document(message: Message, caller: Caller, subscriber_oid: str) -> Document:
    """The stored message as the service answers it, without what was never set."""
    dates = {
        "lastSeenDate": message.last_seen_at,
        "lastReadDate": message.last_read_at,
        "archivedAt": message.archived_at,
        "snoozedUntil": message.snoozed_until,
    }
    return orjson.loads(message.doc) | {
        "_templateId": message.workflow,
        "_environmentId": caller.environment_id,
        "_organizationId": caller.organization_id,
        "_subscriberId": subscriber_oid,
        "_feedId": message.feed,
        "channel": "in_app",
        "providerId": "novu",
        "deviceTokens": [],
        "seen": bool(message.seen),
        "read": bool(message.read),
        "archived": bool(message.archived),
        "status": "sent",
        "contextKeys": [],
        "_id": message.oid,
        "createdAt": to_text(message.created_at),
        "updatedAt": to_text(message.updated_at),
        "__v": 0,
        **{name: to_text(ms) for name, ms in dates.items() if ms is not None},
    }


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A condition on messages: SQL that begins with AND, and its values."""

    where: str = ""
    values: tuple[object, ...] = ()

    def __add__(self, other: "Narrowed") -> "Narrowed":
        return Narrowed(self.where + other.where, self.values + other.values)


def flag(name: str, wanted: bool) -> Narrowed:
    return Narrowed(f" AND {name} = ?", (int(wanted),))


def one_of(name: str, wanted: Sequence[object]) -> Narrowed:
    """The column holds one of the values; no row at all when there are none."""
    return Narrowed(f" AND {name} IN ({', '.join('?' * len(wanted))})", tuple(wanted))


def holding(payload: Mapping[str, object], part: str = "payload") -> Narrowed:
    """The part of the document has these values at these dotted paths."""
    found = Narrowed()
    for path, value in payload.items():
        steps = "".join(f'."{step}"' for step in path.replace('"', "").split("."))
        found += Narrowed(" AND json_extract(doc, ?) IS ?", (f"$.{part}{steps}", value))
    return found


def insert(db: sqlite3.Connection, new: Iterable[Message]) -> None:
    """Adds messages; they get their `id` here."""
    db.executemany(INSERT, (message[1:] for message in new))


def page(
    db: sqlite3.Connection, subscriber: int, narrowed: Narrowed, *, skip: int, limit: int
) -> list[Message]:
    """Messages of a subscriber, newest first."""
    rows = db.execute(
        f"SELECT {NAMES} FROM messages WHERE subscriber = ? {narrowed.where} "
        "ORDER BY created_at DESC, id LIMIT ? OFFSET ?",
        (subscriber, *narrowed.values, limit, skip),
    )
    return [Message(*row) for row in rows]


def count(db: sqlite3.Connection, subscriber: int, narrowed: Narrowed, *, most: int) -> int:
    """How many there are, counting no further than `most`."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM messages WHERE subscriber = ? {narrowed.where} LIMIT ?)"
    return db.execute(sql, (subscriber, *narrowed.values, most)).fetchone()[0]


def get(db: sqlite3.Connection, oid: str) -> Message | None:
    row = db.execute(f"SELECT {NAMES} FROM messages WHERE oid = ?", (oid.lower(),)).fetchone()
    return Message(*row) if row else None


def change(db: sqlite3.Connection, subscriber: int, narrowed: Narrowed, changes: Mapping[str, object]) -> int:
    """Sets columns of a subscriber's messages and returns how many there were."""
    names = ", ".join(f"{name} = ?" for name in changes)
    sql = f"UPDATE messages SET {names} WHERE subscriber = ? {narrowed.where}"
    return db.execute(sql, (*changes.values(), subscriber, *narrowed.values)).rowcount
