"""Creating or updating up to 500 subscribers at once, with all that this call lets through."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from api_client.embedded.checks import Check, check, complaints, optional
from api_client.embedded.clock import from_text, to_text
from api_client.embedded.foreign import as_list, as_object
from api_client.embedded.ids import is_object_id
from api_client.embedded.problems import crashed, invalid_command
from api_client.embedded.router import Route
from api_client.embedded.routes.subscribers import FIELDS, ID_CHECKS, new_entity
from api_client.embedded.state import State
from api_client.embedded.subscribers import Entity, Row, entity_of, find_many
from api_client.embedded.wire import Answer, Call, answer

MOST = 500
NESTED = "each value in nested property {} must be either object or array"
IMMUTABLE = "Performing an update on the path '_id' would modify the immutable field '_id'"
Item = dict[str, Any]


def routes(state: State) -> list[Route]:
    return [Route("POST", "/v1/subscribers/bulk", partial(create, state), cost="bulk")]


def create(state: State, call: Call) -> Answer:
    check(call.body, {"subscribers": [_items]})
    if not all(isinstance(one, dict) for one in call.body["subscribers"]):
        raise crashed()
    items: list[Item] = call.body["subscribers"]
    if len(items) > MOST:
        told = f"subscribers must contain no more than {MOST} elements"
        raise invalid_command("BulkCreateSubscribersCommand", {"subscribers": ([told], items)})
    with state.store.writing() as db:
        known = find_many(db, call.caller, [item["subscriberId"] for item in items])
        run = _Run(state, call, db, known)
        for item in items:
            run.write(item)
        run.flush()
    return answer(run.outcome(items), 201)


@dataclass
class _Run:
    """One bulk call. An item whose `_id` is no object id is left out, and shifts the report by one."""

    state: State
    call: Call
    db: sqlite3.Connection
    known: dict[str, Row]
    fresh: dict[str, Entity] = field(default_factory=dict[str, Entity])
    created: list[int] = field(default_factory=list[int])
    failed: list[Item] = field(default_factory=list[Item])
    failed_ids: set[str] = field(default_factory=set[str])
    tried: int = 0

    def write(self, item: Item) -> None:
        if "_id" in item and not is_object_id(item["_id"]):
            return
        at, self.tried = self.tried, self.tried + 1
        subscriber_id = item["subscriberId"]
        row = self.known.get(subscriber_id)
        if subscriber_id in self.fresh:
            self.fresh[subscriber_id] |= _fields(item)
        elif row is not None:
            self._update(row, item)
        elif self._insert(item):
            self.created.append(at)

    def flush(self) -> None:
        """Writes the new subscribers that are waiting."""
        self.state.writer.insert_many(self.db, self.call.caller, list(self.fresh.values()))
        self.fresh.clear()

    def outcome(self, items: list[Item]) -> dict[str, list[Item]]:
        ids = [item["subscriberId"] for item in items]
        created = set(self.created)
        known = [one for at, one in enumerate(ids) if at not in created and one not in self.failed_ids]
        return {
            "updated": [{"subscriberId": one} for one in known],
            "created": [{"subscriberId": ids[at]} for at in self.created],
            "failed": self.failed,
        }

    def _update(self, row: Row, item: Item) -> None:
        if item.get("_id", row.oid.hex()) != row.oid.hex():
            self._fail(item, IMMUTABLE)
            return
        entity = entity_of(row, self.call.caller) | _fields(item) | {"updatedAt": to_text(self.call.ms)}
        self.known[row.subscriber_id] = self.state.writer.update(self.db, row, entity)

    def _insert(self, item: Item) -> bool:
        """Some keys beyond the form reach the new subscriber: its id, times and environment."""
        if item.get("_environmentId", self.call.caller.environment_id) != self.call.caller.environment_id:
            return True
        entity = new_entity(self.state, self.call, item["subscriberId"]) | _fields(item)
        if "isOnline" in item:
            entity["isOnline"] = item["isOnline"]
        entity |= {name: item[name] for name in ("createdAt", "lastOnlineAt") if _is_time(item.get(name))}
        if "_id" not in item:
            self.fresh[item["subscriberId"]] = entity
            return True
        self.flush()
        try:
            row = self.state.writer.insert(self.db, self.call.caller, entity | {"_id": item["_id"].lower()})
        except KeyError:
            self._fail(
                item,
                f'E11000 duplicate key error collection: subscribers dup key: {{ _id: "{item["_id"]}" }}',
            )
            return False
        self.known[row.subscriber_id] = row
        return True

    def _fail(self, item: Item, message: str) -> None:
        self.failed.append({"message": message})
        self.failed_ids.add(item["subscriberId"])


def _fields(item: Item) -> Entity:
    found = {name: item[name] for name in FIELDS if name in item}
    if item.get("channels") is not None:
        found["channels"] = [_without_empty(channel) for channel in item["channels"]]
    return found


def _without_empty(channel: Item) -> Item:
    return {name: value for name, value in channel.items() if value != {}}


def _items(name: str, value: Any) -> Iterator[str]:
    listed = as_list(value)
    if not listed:
        yield f"{name} should not be empty"
    if listed is None:
        yield f"{name} must be an array"
        if value is not ... and not isinstance(value, dict):
            yield NESTED.format(name)
        return
    for number, one in enumerate(listed):
        item = as_object(one)
        if item is not None:
            yield from (f"{name}.{number}.{told}" for told in complaints(item, ITEM_CHECKS))
    if not all(isinstance(item, (dict, list)) for item in listed):
        yield f"{name}.{NESTED.format(name)}"


def _channels(name: str, value: Any) -> Iterator[str]:
    listed = as_list(value)
    if listed is None:
        yield f"{name} must be an array"
    if listed is None or not all(isinstance(channel, dict) for channel in listed):
        yield NESTED.format(name)


def _is_time(value: Any) -> bool:
    try:
        from_text(str(value))
    except ValueError:
        return False
    return True


ITEM_CHECKS: dict[str, list[Check]] = {"subscriberId": ID_CHECKS, **FIELDS, "channels": optional(_channels)}
