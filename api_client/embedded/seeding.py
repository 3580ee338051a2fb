"""Fills an empty store: with the state behind the recordings, or with people and their feeds."""

from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

import orjson

from . import composing, messages
from .clock import from_text
from .home import Home
from .ids import IdMaker, key_of
from .people import LAST_MS, PROVIDERS, people
from .store import Store
from .subscribers import Entity, Writer, row_of
from .wire import Caller

BATCH = 2_000
WITH_FEEDS = 5_000  # only so many people have messages: a million feeds would take minutes to make
IN_COLUMNS = [
    "_templateId",
    "_environmentId",
    "_organizationId",
    "_subscriberId",
    "_feedId",
    "channel",
    "providerId",
    "deviceTokens",
    "seen",
    "read",
    "archived",
    "status",
    "contextKeys",
    "_id",
    "createdAt",
    "updatedAt",
    "__v",
    "subscriber",
    "template",
    "actorSubscriber",
    "id",
]


def seed_recorded(store: Store, home: Home, writer: Writer) -> None:
    """The thirty subscribers and their messages, as the recordings found them."""
    caller = home.callers[0]
    with store.writing() as db:
        writer.insert_rows(db, [row_of(entity, caller) for entity in home.seed["subscribers"]])
        db.executemany(messages.INSERT, [_recorded(one, caller) for one in home.seed["messages"]])


def seed_people(store: Store, home: Home, writer: Writer, *, count: int) -> None:
    """`count` people; the first 5,000 have feeds."""
    caller = home.callers[0]
    integrations = {name: _integration_id(home, caller, name) for name in PROVIDERS}
    rest = iter(people(count, integrations=integrations))
    mail = Mail(home, caller)
    with store.writing() as db:
        number = 0
        while batch := list(islice(rest, BATCH)):
            writer.insert_rows(db, [row_of(entity, caller) for entity in batch])
            receivers = batch[: max(0, WITH_FEEDS - number)]
            db.executemany(messages.INSERT, mail.for_people(receivers, first=number + 1))
            number += len(batch)


class Mail:
    """Messages for people: unseen, seen, read, archived, some with answered buttons."""

    def __init__(self, home: Home, caller: Caller) -> None:
        self._home = home
        self._caller = caller
        self._random = Random(42)  # noqa: S311 - believable, not secret
        self._ids = IdMaker("5eed000002")

    def for_people(self, receivers: Iterable[Entity], *, first: int) -> Iterator[messages.Row]:
        for number, entity in enumerate(receivers, start=first):
            amount = 60 if number == 1 else self._random.choice((0, 1, 2, 3, 5, 8))
            for _ in range(amount):
                yield from self._one(entity)

    def _one(self, entity: Entity) -> Iterator[messages.Row]:
        random = self._random
        workflow = random.choice(self._home.seed["workflows"])
        ms = LAST_MS - random.randrange(60 * 86_400_000)
        number = random.randrange(1000, 9999)
        made = composing.compose(
            workflow,
            payload={"name": entity.get("firstName") or "friend", "id": number, "who": "aboard"},
            subscriber=entity,
            transaction_id=f"txn_{self._ids.make(ms)}",
            ids=self._ids,
            ms=ms,
        )
        for oid, step, document in made:
            row = composing.row_of(
                oid,
                caller=self._caller,
                subscriber=key_of(entity["_id"], self._caller.environment),
                workflow=workflow["_id"],
                step=step,
                document=document,
                ms=ms,
            )
            yield _touched(row, random.random(), document)


def _touched(row: messages.Row, luck: float, document: dict[str, Any]) -> messages.Row:
    """Some messages were seen, read or archived, some buttons pressed."""
    seen, read, archived = int(luck < 0.6), int(luck < 0.4), int(luck < 0.1)
    doc = row[11]
    if luck < 0.15 and document["cta"]["action"]["buttons"]:
        action = document["cta"]["action"] | {"status": "done", "result": {"type": "primary", "payload": {}}}
        doc = orjson.dumps(document | {"cta": document["cta"] | {"action": action}}).decode()
    return (*row[:5], seen, read, archived, *row[8:11], doc)


def _recorded(one: dict[str, Any], caller: Caller) -> messages.Row:
    document = {name: value for name, value in one.items() if name not in IN_COLUMNS}
    return (
        key_of(one["_id"], caller.environment),
        one["_id"],
        key_of(one["_subscriberId"], caller.environment),
        one["_templateId"],
        one["_feedId"],
        int(one["seen"]),
        int(one["read"]),
        int(one["archived"]),
        None,
        from_text(one["createdAt"]),
        from_text(one["updatedAt"]),
        orjson.dumps(document).decode(),
    )


def _integration_id(home: Home, caller: Caller, provider: str) -> str:
    found = home.integration(caller, provider, None)
    if found is None:
        raise LookupError(f"the seed has no integration for {provider}")
    return found["_id"]
