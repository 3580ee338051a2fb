"""Subscribers as rows and as the service shows them."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from .clock import from_text, to_text
from .problems import Problem
from .wire import Call, Caller

Entity = dict[str, Any]


class Row(NamedTuple):
    """A row of `subscribers` with its row of `profiles`; times in milliseconds, the last two as JSON."""

    id: int
    oid: bytes
    subscriber_id: str
    is_online: int
    last_online_at: int | None
    created_at: int
    updated_at: int
    nulls: str | None
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    avatar: str | None
    locale: str | None
    timezone: str | None
    data: str | None
    channels: str | None


TEXTS = {
    "firstName": "first_name",
    "lastName": "last_name",
    "email": "email",
    "phone": "phone",
    "avatar": "avatar",
    "locale": "locale",
    "timezone": "timezone",
}
# The fields of the v2 form, in its order.
MAPPED = (
    "_id firstName lastName email phone avatar subscriberId createdAt updatedAt _environmentId "
    "_organizationId deleted data lastOnlineAt isOnline channels locale timezone"
).split()
PROFILE = Row._fields[12:]
NAMES = ", ".join(f"p.{name}" if name in PROFILE else f"s.{name}" for name in Row._fields)
SOURCE = "subscribers s LEFT JOIN profiles p ON p.id = s.id"


def find(db: sqlite3.Connection, caller: Caller, subscriber_id: str) -> Row | None:
    """The row of a subscriber, by the exact id that the environment's owner gave."""
    found = db.execute(
        f"SELECT {NAMES} FROM {SOURCE} WHERE s.subscriber_id = ? AND s.id >> 56 = ?",
        (subscriber_id, caller.environment),
    ).fetchone()
    return Row._make(found) if found else None


def find_many(db: sqlite3.Connection, caller: Caller, subscriber_ids: Sequence[str]) -> dict[str, Row]:
    """The rows of known subscribers, by the ids that the environment's owner gave."""
    marks = ", ".join("?" * len(subscriber_ids))
    sql = f"SELECT {NAMES} FROM {SOURCE} WHERE s.subscriber_id IN ({marks}) AND s.id >> 56 = ?"
    rows = map(Row._make, db.execute(sql, (*subscriber_ids, caller.environment)))
    return {row.subscriber_id: row for row in rows}


def need(db: sqlite3.Connection, call: Call, otherwise: Problem) -> Row:
    """The row of the subscriber in the path; every route has its own words for a missing one."""
    row = find(db, call.caller, call.params["subscriberId"])
    if row is None:
        raise otherwise
    return row


def entity_of(row: Row, caller: Caller) -> Entity:
    """The subscriber as stored, without what was never set."""
    found: Entity = {
        "_id": row.oid.hex(),
        "subscriberId": row.subscriber_id,
        "_environmentId": caller.environment_id,
        "_organizationId": caller.organization_id,
        "createdAt": to_text(row.created_at),
        "channels": orjson.loads(row.channels) if row.channels else [],
        "isOnline": bool(row.is_online),
        "__v": 0,
    }
    found |= dict(_texts(row))
    if row.data is not None:
        found["data"] = orjson.loads(row.data)
    if row.nulls:
        found |= dict.fromkeys(row.nulls.split(","))
    found["deleted"] = False
    if row.last_online_at is not None:
        found["lastOnlineAt"] = to_text(row.last_online_at)
    found["updatedAt"] = to_text(row.updated_at)
    return found


def row_of(entity: Entity, key: int) -> Row:
    """The row that holds an entity under a key; the inverse of `entity_of`."""
    nulls = [name for name in (*TEXTS, "data") if name in entity and entity[name] is None]
    data, channels, online = entity.get("data"), entity.get("channels"), entity.get("lastOnlineAt")
    return Row(
        id=key,
        oid=bytes.fromhex(entity["_id"]),
        subscriber_id=entity["subscriberId"],
        **{column: entity.get(name) for name, column in TEXTS.items()},
        data=orjson.dumps(data).decode() if data else None,
        channels=orjson.dumps(channels).decode() if channels else None,
        is_online=int(bool(entity.get("isOnline"))),
        last_online_at=from_text(online) if online else None,
        created_at=from_text(entity["createdAt"]),
        updated_at=from_text(entity["updatedAt"]),
        nulls=",".join(nulls) or None,
    )


def raw(entity: Entity) -> Entity:
    """The v1 form of a single subscriber."""
    return entity | {"id": entity["_id"]}


def mapped(entity: Entity) -> Entity:
    """The v2 form: nothing internal, and null for a subscriber that was never online."""
    return {name: entity.get(name) for name in MAPPED if name in entity or name == "lastOnlineAt"}


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    for name, value in zip(TEXTS, row[8:15], strict=True):
        if value is not None:
            yield name, value
