"""The v2 notification calls: list, count, change one, change many."""

import math
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from api_client.embedded import messages
from api_client.embedded.checks import as_number, check, given, text
from api_client.embedded.clock import from_text
from api_client.embedded.foreign import as_list
from api_client.embedded.ids import is_object_id
from api_client.embedded.inbox import Filter, narrowed_by, notification
from api_client.embedded.messages import Message, Narrowed
from api_client.embedded.problems import Problem, bad_request, invalid, not_found
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import Row, need
from api_client.embedded.wire import Answer, Call, answer, json_answer

Changes = dict[str, object]
PATH = "/v2/subscribers/{subscriberId}/notifications"
SOONEST_MS = 60_000
BOOLEANS = ("read", "seen", "archived", "snoozed")
OUT: Changes = {"archived": 0, "archived_at": None}
"""Not in the archive."""
ONE: dict[str, Callable[[int], Changes]] = {
    "read": lambda ms: _seen(ms) | {"read": 1, "last_read_at": ms},
    "unread": lambda ms: _seen(ms) | OUT | {"read": 0, "last_read_at": None},
    "archive": lambda ms: ONE["read"](ms) | {"archived": 1, "archived_at": ms},
    "unarchive": lambda ms: ONE["read"](ms) | OUT,
    "unsnooze": lambda ms: _snoozed(ms, None),
}
"""Each also marks as seen, and none but `read` leaves the archive alone; so the service's own source."""
MANY: dict[str, tuple[Filter, Callable[[int], Changes]]] = {
    "read": ({"read": False}, ONE["read"]),
    "archive": ({"archived": False}, ONE["archive"]),
    "read-archive": ({"read": True, "archived": False}, ONE["archive"]),
    "seen": ({"seen": False}, lambda ms: {"seen": 1, "last_seen_at": ms}),
}


def routes(state: State) -> list[Route]:
    one = PATH + "/{notificationId}"
    return [
        Route("GET", PATH, partial(listed, state)),
        Route("GET", PATH + "/count", partial(count, state)),
        *(Route("PATCH", f"{one}/{word}", partial(change_one, state, word=word)) for word in ONE),
        Route("PATCH", one + "/snooze", partial(snooze, state)),
        Route("PATCH", one + "/actions/{actionType}/complete", partial(act, state, done=True)),
        Route("PATCH", one + "/actions/{actionType}/revert", partial(act, state, done=False)),
        Route("DELETE", one, partial(delete_one, state)),
        *(Route("POST", f"{PATH}/{word}", partial(change_many, state, word=word)) for word in MANY),
        Route("POST", PATH + "/delete", partial(delete_many, state)),
    ]


def listed(state: State, call: Call) -> Answer:
    """Newest first. `after` is a notification's id, `offset` a number of rows to skip."""
    limit, skip = _whole(call, "limit", 10, most=100), _whole(call, "offset", 0, most=2**31)
    wanted = _filter(call)
    narrowed = narrowed_by(wanted)
    after = call.query.get("after")
    with state.store.reading() as db:
        row = need(db, call, _no_subscriber(call))
        if isinstance(after, str) and after:
            narrowed += _older_than(db, after)
        found = messages.page(db, row.id, narrowed, skip=skip, limit=limit + 1)
    items = [_shown(state, one, row) for one in found[:limit]]
    return json_answer({"data": items, "hasMore": len(found) > limit, "filter": wanted}, 200)


def count(state: State, call: Call) -> Answer:
    """One count for each filter of the JSON list `filters`."""
    try:
        filters = as_list(orjson.loads(str(call.query.get("filters", ""))))
    except orjson.JSONDecodeError as error:
        raise bad_request("Invalid filters, the JSON object should be provided.") from error
    if filters is None or not all(isinstance(one, dict) for one in filters):
        raise invalid(["filters must be an array"])
    with state.store.reading() as db:
        row = need(db, call, _no_subscriber(call))
        counts = [messages.count(db, row.id, narrowed_by(one), most=2**31) for one in filters]
    return answer([{"count": number, "filter": one} for number, one in zip(counts, filters, strict=True)])


def change_one(state: State, call: Call, *, word: str) -> Answer:
    return _changed(state, call, lambda _: ONE[word](call.ms))


def snooze(state: State, call: Call) -> Answer:
    check(call.body, {"snoozeUntil": [given, text]})
    try:
        until = from_text(call.body["snoozeUntil"])
    except ValueError as error:
        raise invalid(["snoozeUntil must be a Date instance"]) from error
    if until < call.ms + SOONEST_MS:
        raise invalid(["snoozeUntil must be at least 60 seconds in the future"])
    return _changed(state, call, lambda _: _snoozed(call.ms, until))


def act(state: State, call: Call, *, done: bool) -> Answer:
    """Completes or reverts the action of a button that the message has."""
    kind = call.params["actionType"]

    def changes(message: Message) -> Changes:
        document = orjson.loads(message.doc)
        action = document["cta"]["action"]
        if kind not in {button["type"] for button in action["buttons"]}:
            raise bad_request(f"Could not perform action on the {kind} button because it does not exist.")
        document["cta"]["action"] = action | {
            "status": "done" if done else "pending",
            "result": {"type": kind},
        }
        return {"doc": orjson.dumps(document).decode()}

    return _changed(state, call, changes)


def delete_one(state: State, call: Call) -> Answer:
    with state.store.writing() as db:
        row = need(db, call, _no_subscriber(call))
        db.execute("DELETE FROM messages WHERE id = ?", (_message(db, call, row).id,))
    return Answer(204)


def change_many(state: State, call: Call, *, word: str) -> Answer:
    wanted, changes = MANY[word]
    narrowed = narrowed_by(wanted) + _chosen(call)
    with state.store.writing() as db:
        row = need(db, call, _no_subscriber(call))
        messages.change(db, row.id, narrowed, changes(call.ms) | {"updated_at": call.ms})
    return Answer(204)


def delete_many(state: State, call: Call) -> Answer:
    narrowed = _chosen(call)
    with state.store.writing() as db:
        row = need(db, call, _no_subscriber(call))
        sql = f"DELETE FROM messages WHERE subscriber = ? {narrowed.where}"
        db.execute(sql, (row.id, *narrowed.values))
    return Answer(204)


def _seen(ms: int) -> Changes:
    return {"seen": 1, "last_seen_at": ms}


def _snoozed(ms: int, until: int | None) -> Changes:
    return _seen(ms) | OUT | {"snoozed_until": until}


def _changed(state: State, call: Call, changes: Callable[[Message], Changes]) -> Answer:
    with state.store.writing() as db:
        row = need(db, call, _no_subscriber(call))
        message = _message(db, call, row)
        wanted = changes(message) | {"updated_at": call.ms}
        messages.change(db, row.id, messages.one_of("id", [message.id]), wanted)
        message = _message(db, call, row)
    return answer(_shown(state, message, row))


def _message(db: sqlite3.Connection, call: Call, row: Row) -> Message:
    oid = call.params["notificationId"]
    if not is_object_id(oid):
        raise invalid(["notificationId must be a mongodb id"])
    message = messages.get(db, oid)
    if message is None or message.subscriber != row.id:
        raise not_found(f"Notification with id: {oid} is not found.")
    return message


def _shown(state: State, message: Message, row: Row) -> dict[str, Any]:
    return notification(message, row, state.home.workflows[message.workflow])


def _older_than(db: sqlite3.Connection, oid: str) -> Narrowed:
    message = messages.get(db, oid)
    if message is None:
        return Narrowed(" AND 0")
    where = " AND (created_at < ? OR (created_at = ? AND id > ?))"
    return Narrowed(where, (message.created_at, message.created_at, message.id))


def _filter(call: Call) -> Filter:
    """The filters of a query, read as JSON values; the answer repeats them."""
    found: Filter = {name: call.query[name] == "true" for name in BOOLEANS if name in call.query}
    for name in ("tags", "severity"):
        if call.query.get(name):
            sent = call.query[name]
            found[name] = sent if isinstance(sent, list) else [sent]
    for name in ("createdGte", "createdLte"):
        number = as_number(call.query.get(name))
        if math.isfinite(number):
            found[name] = number
    if isinstance(call.query.get("data"), str):
        found["data"] = _data(call.query["data"])
    return found


def _chosen(call: Call) -> Narrowed:
    """The notifications that a body names: by id, tag or data; all when it names none."""
    sent = call.body.get("notificationIds")
    ids = as_list(sent)
    if sent is not None and (ids is None or not all(is_object_id(one) for one in ids)):
        raise invalid(["each value in notificationIds must be a mongodb id"])
    data = call.body.get("data")
    wanted = {"tags": call.body.get("tags"), "data": _data(data) if data is not None else None}
    return narrowed_by(wanted) + (messages.one_of("oid", [one.lower() for one in ids]) if ids else Narrowed())


def _data(sent: Any) -> Any:
    try:
        return orjson.loads(str(sent))
    except orjson.JSONDecodeError as error:
        raise bad_request("Invalid JSON string in data filter") from error


def _whole(call: Call, name: str, default: int, *, most: int) -> int:
    number = as_number(call.query.get(name))
    if math.isnan(number):
        return default
    if not 0 <= number <= most:
        raise invalid([f"{name} must not be {'less than 0' if number < 0 else f'greater than {most}'}"])
    return int(number)


def _no_subscriber(call: Call) -> Problem:
    return not_found(f"Subscriber: {call.params['subscriberId']} was not found")
