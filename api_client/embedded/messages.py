"""In-app messages as rows and as the feed shows them."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import orjson

from .clock import to_text
from .wire import Caller

Document = dict[str, Any]
Row = tuple[Any, ...]
COLUMNS = (
    "id, oid, subscriber, workflow, feed, seen, read, archived, snoozed_until, created_at, updated_at, doc"
)
INSERT = f"INSERT INTO messages ({COLUMNS}) VALUES ({', '.join('?' * 12)})"


def document(row: Row, caller: Caller, subscriber_oid: str) -> Document:
    """The stored message: the columns and the rest of it."""
    return orjson.loads(row[11]) | {
        "_templateId": row[3],
        "_environmentId": caller.environment_id,
        "_organizationId": caller.organization_id,
        "_subscriberId": subscriber_oid,
        "_feedId": row[4],
        "channel": "in_app",
        "providerId": "novu",
        "deviceTokens": [],
        "seen": bool(row[5]),
        "read": bool(row[6]),
        "archived": bool(row[7]),
        "status": "sent",
        "contextKeys": [],
        "_id": row[1],
        "createdAt": to_text(row[9]),
        "updatedAt": to_text(row[10]),
        "__v": 0,
    }


def page(
    db: sqlite3.Connection, subscriber: int, *, where: str, values: Sequence[object], skip: int, limit: int
) -> list[Row]:
    """Messages of a subscriber, newest first; `where` narrows them."""
    return db.execute(
        f"SELECT {COLUMNS} FROM messages WHERE subscriber = ? {where} "
        "ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
        (subscriber, *values, limit, skip),
    ).fetchall()


def count(db: sqlite3.Connection, subscriber: int, *, where: str, values: Sequence[object], most: int) -> int:
    """How many there are, counting no further than `most`."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM messages WHERE subscriber = ? {where} LIMIT ?)"
    return db.execute(sql, (subscriber, *values, most)).fetchone()[0]
