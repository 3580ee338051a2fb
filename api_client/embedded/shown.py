"""Subscribers of a search page, straight from their rows: what is stored as JSON goes out as it is."""

from collections.abc import Iterable
from typing import Any

import orjson

from .clock import to_text
from .subscribers import TEXTS, Row
from .wire import Caller

NONE: list[Any] = []


def shown(rows: Iterable[Row], caller: Caller) -> list[dict[str, Any]]:
    """`mapped(entity_of(row))` for each row, four times as fast, and for `orjson.dumps` only."""
    always = {
        "_environmentId": caller.environment_id,
        "_organizationId": caller.organization_id,
        "deleted": False,
    }
    return [_shown(row, always) for row in rows]


def _shown(row: Row, always: dict[str, Any]) -> dict[str, Any]:
    created = to_text(row.created_at)
    found = {
        "_id": row.oid.hex(),
        **{name: text for name, text in zip(TEXTS, row[8:15], strict=True) if text is not None},
        "subscriberId": row.subscriber_id,
        "createdAt": created,
        "updatedAt": created if row.updated_at == row.created_at else to_text(row.updated_at),
        **always,
        "lastOnlineAt": None if row.last_online_at is None else to_text(row.last_online_at),
        "isOnline": bool(row.is_online),
        "channels": orjson.Fragment(row.channels) if row.channels else NONE,
    }
    if row.data is not None:
        found["data"] = orjson.Fragment(row.data)
    return found | dict.fromkeys(row.nulls.split(",")) if row.nulls else found
