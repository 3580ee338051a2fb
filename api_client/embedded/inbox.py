"""Messages as the v2 notification calls show them, and the filters of those calls."""

from collections.abc import Mapping
from typing import Any

import orjson

from .clock import to_text
from .foreign import Record, as_list, as_object
from .messages import Document, Message, Narrowed, flag, holding
from .subscribers import Row

FLAGS = {"read": "read", "seen": "seen", "archived": "archived"}
Filter = dict[str, Any]


def notification(message: Message, subscriber: Row, workflow: Record) -> dict[str, Any]:
    """A message as the inbox shows it; keys that have no value are left out."""
    document: Document = orjson.loads(message.doc)
    action, url = document["cta"]["action"], document["cta"].get("data", {}).get("url")
    dates = {
        "snoozedUntil": message.snoozed_until,
        "readAt": message.last_read_at if message.read else None,
        "firstSeenAt": message.last_seen_at if message.seen else None,
        "archivedAt": message.archived_at if message.archived else None,
    }
    found: dict[str, Any] = {
        "id": message.oid,
        "transactionId": document["transactionId"],
        "subject": document.get("subject"),
        "body": document["content"],
        "to": person(subscriber, "id"),
        "isRead": bool(message.read),
        "isSeen": bool(message.seen),
        "isArchived": bool(message.archived),
        "isSnoozed": message.snoozed_until is not None,
        "deliveredAt": document["deliveredAt"],
        "createdAt": to_text(message.created_at),
        **{name: to_text(ms) for name, ms in dates.items() if ms is not None},
        "primaryAction": _button(action, "primary"),
        "secondaryAction": _button(action, "secondary"),
        "channelType": "in_app",
        "tags": document["tags"],
        "severity": document["severity"],
        "redirect": {"url": url} if url else None,
        "workflow": {
            "critical": workflow["critical"],
            "id": workflow["_id"],
            **{name: workflow[name] for name in ("identifier", "name", "tags", "severity")},
        },
    }
    return {name: value for name, value in found.items() if value is not None}


def person(row: Row, id_name: str) -> dict[str, Any]:
    """A subscriber as a message shows it."""
    known = {"firstName": row.first_name, "lastName": row.last_name, "avatar": row.avatar}
    shown = {name: value for name, value in known.items() if value is not None}
    return {id_name: row.oid.hex(), **shown, "subscriberId": row.subscriber_id}


def narrowed_by(wanted: Filter) -> Narrowed:
    """The condition for a filter of read, seen, archived, snoozed, tags, severity, data and times."""
    found = Narrowed()
    for name, column in FLAGS.items():
        if isinstance(wanted.get(name), bool):
            found += flag(column, wanted[name])
    if isinstance(wanted.get("snoozed"), bool):
        found += Narrowed(f" AND snoozed_until IS {'NOT ' if wanted['snoozed'] else ''}NULL")
    for name, path in (("tags", "$.tags"), ("severity", "$.severity")):
        if wanted.get(name):
            values = orjson.dumps(_list(wanted[name])).decode()
            inner = "SELECT 1 FROM json_each(messages.doc, ?) m, json_each(?) w WHERE m.value = w.value"
            found += Narrowed(f" AND EXISTS ({inner})", (path, values))
    for name, sign in (("createdGte", ">="), ("createdLte", "<=")):
        if isinstance(wanted.get(name), (int, float)):
            found += Narrowed(f" AND created_at {sign} ?", (max(-(2**62), min(2**62, wanted[name])),))
    return found + _data(wanted.get("data"))


def _data(data: Any) -> Narrowed:
    wanted = as_object(data)
    if wanted:
        return holding(
            {name: value for name, value in wanted.items() if not isinstance(value, (dict, list))}, "data"
        )
    return Narrowed()


def _list(value: Any) -> list[str]:
    listed = as_list(value)
    return [str(value)] if listed is None else [str(one) for one in listed]


def _button(action: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    for button in action["buttons"]:
        if button["type"] == kind:
            done = action.get("status") == "done" and action.get("result", {}).get("type") == kind
            url = {name: button[name] for name in ("url", "target") if name in button}
            return {"label": button["content"], "isCompleted": done, **({"redirect": url} if url else {})}
    return None
