"""Topics and who subscribed to them: one row for each subscriber and topic."""

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson

from .clock import to_text
from .subscribers import Row
from .wire import Caller

SHOWN = ("subscriberId", "avatar", "firstName", "lastName", "email")
Document = dict[str, Any]


class Subscription(NamedTuple):
    """A row: the key of the subscriber's row, the topic's key, and the JSON of all that is answered."""

    subscriber: int
    topic: str
    doc: str


def subscription(row: Row, topic: str, *, oid: str, ms: int, name: str | None = None) -> Subscription:
    document = {
        "_id": oid,
        "identifier": f"tk_{topic}:si_{row.subscriber_id}",
        "topic": {"_id": _topic_id(topic), "key": topic, "name": name or topic},
        "createdAt": to_text(ms),
        "updatedAt": to_text(ms),
    }
    return Subscription(row.id, topic, orjson.dumps(document).decode())


def insert(db: sqlite3.Connection, new: Iterable[Subscription]) -> None:
    """Adds subscriptions; one that is there stays as it is."""
    db.executemany("INSERT OR IGNORE INTO subscriptions VALUES (?, ?, ?)", new)


def delete(db: sqlite3.Connection, subscriber: int, topic: str) -> None:
    db.execute("DELETE FROM subscriptions WHERE subscriber = ? AND topic_key = ?", (subscriber, topic))


def of(db: sqlite3.Connection, row: Row, entity: Document, topic: str | None = None) -> list[Document]:
    """A subscriber's subscriptions, oldest first, each with the subscriber; to one topic if it is named."""
    rows = db.execute(
        "SELECT doc FROM subscriptions WHERE subscriber = ? AND (? IS NULL OR topic_key = ?)",
        (row.id, topic, topic),
    )
    who = {"_id": row.oid.hex(), **{name: entity[name] for name in SHOWN if name in entity}}
    found: list[Document] = [orjson.loads(doc) | {"subscriber": who} for (doc,) in rows]
    return sorted(found, key=lambda one: one["_id"])


def every(db: sqlite3.Connection, caller: Caller) -> list[Document]:
    """The topics of the environment that have subscribers, newest first."""
    rows = db.execute(
        "SELECT min(subscriber), doc FROM subscriptions WHERE subscriber >> 56 = ? GROUP BY topic_key",
        (caller.environment,),
    )
    found: list[Document] = [orjson.loads(doc) for _, doc in rows]
    found.sort(key=lambda one: one["createdAt"], reverse=True)
    return [one["topic"] | {"createdAt": one["createdAt"], "updatedAt": one["updatedAt"]} for one in found]


def _topic_id(topic: str) -> str:
    """A topic has no row of its own: its id follows from its key."""
    return hashlib.sha256(topic.encode()).hexdigest()[:24]
