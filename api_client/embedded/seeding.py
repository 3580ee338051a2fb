"""Fills an empty store: with the state behind the recordings, or with people and their feeds."""

from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

import orjson

from . import messages, topics
from .clock import from_text
from .composing import Receiver, compose
from .home import Home
from .ids import FIRST, GAP, IdMaker, object_id
from .messages import Message
from .people import LAST_MS, PROVIDERS, people
from .preferences import active_channels
from .store import Store
from .subscribers import Entity, Row, row_of
from .topics import Subscription
from .wire import Caller
from .writing import Writer

BATCH = 2_000
WITH_FEEDS = 5_000  # only so many people have messages: a million feeds would take minutes to make
IN_COLUMNS = frozenset(
    "_templateId _environmentId _organizationId _subscriberId _feedId channel providerId deviceTokens seen "
    "read archived status contextKeys _id createdAt updatedAt __v "
    "subscriber template actorSubscriber id".split()
)


def seed_recorded(store: Store, home: Home, writer: Writer) -> None:
    """The thirty subscribers and their messages, as the recordings found them."""
    with store.writing() as db:
        keys = {entity["_id"]: _key(number) for number, entity in enumerate(home.seed["subscribers"])}
        rows = [row_of(entity, keys[entity["_id"]]) for entity in home.seed["subscribers"]]
        writer.insert_rows(db, rows)
        messages.insert(db, [_recorded(one, keys[one["_subscriberId"]]) for one in home.seed["messages"]])


def seed_people(store: Store, home: Home, writer: Writer, *, count: int) -> None:
    """`count` people; the first 5,000 have feeds and topics."""
    caller = home.callers[0]
    integrations = {name: _integration_id(home, caller, name) for name in PROVIDERS}
    rest = iter(people(count, integrations=integrations))
    mail = Mail(home)
    with store.writing() as db:
        number = 0
        while batch := list(islice(rest, BATCH)):
            rows = [row_of(entity, _key(number + at)) for at, entity in enumerate(batch)]
            writer.insert_rows(db, rows)
            receivers = list(zip(rows, batch, strict=True))[: max(0, WITH_FEEDS - number)]
            messages.insert(db, mail.for_people(receivers))
            topics.insert(db, _subscriptions(home, [row for row, _ in receivers]))
            number += len(batch)


def _subscriptions(home: Home, rows: Iterable[Row]) -> Iterator[Subscription]:
    """The first subscriber is in every topic, all others in a few."""
    for row in rows:
        number = (row.id - FIRST) // GAP
        for at, topic in enumerate(home.topics):
            if number == 0 or (number + 5 * at) % 9 == 0:
                ms = LAST_MS - at * 86_400_000 - number * 1000
                oid = object_id(ms // 1000, "5eed000003", number * len(home.topics) + at)
                yield topics.subscription(row, topic["key"], oid=oid, ms=ms, name=topic["name"])


class Mail:
    """Messages for people: unseen, seen, read, archived, some with answered buttons."""

    def __init__(self, home: Home) -> None:
        self._workflows = [one for one in home.seed["workflows"] if "in_app" in active_channels(one)]
        self._random = Random(42)  # noqa: S311 - believable, not secret
        self._ids = IdMaker("5eed000002")

    def for_people(self, receivers: Iterable[tuple[Row, Entity]]) -> Iterator[Message]:
        for row, entity in receivers:
            to = Receiver(row.id, entity)
            amount = 60 if row.id == _key(0) else self._random.choice((0, 1, 2, 3, 5, 8))
            for _ in range(amount):
                yield from self._one(to)

    def _one(self, to: Receiver) -> Iterator[Message]:
        random = self._random
        since = max(from_text(to.entity["createdAt"]), LAST_MS - 60 * 86_400_000)
        ms = random.randrange(since, LAST_MS + 1000)
        payload = {
            "name": to.entity.get("firstName") or "friend",
            "id": random.randrange(1000, 9999),
            "who": "aboard",
        }
        made = compose(
            random.choice(self._workflows),
            to,
            payload=payload,
            transaction_id=f"txn_{self._ids.make(ms)}",
            ids=self._ids,
            ms=ms,
        )
        for message in made:
            yield _touched(message, random.random())


def _touched(message: Message, luck: float) -> Message:
    """Some messages are seen, read or archived, and some buttons pressed, an hour after they came."""
    later = message.created_at + 3_600_000
    doc = message.doc
    if luck < 0.15 and '"buttons":[]' not in doc:
        found = orjson.loads(doc)
        found["cta"]["action"] |= {"status": "done", "result": {"type": "primary"}}
        doc = orjson.dumps(found).decode()
    return message._replace(
        seen=int(luck < 0.6),
        read=int(luck < 0.4),
        archived=int(luck < 0.1),
        last_seen_at=later if luck < 0.6 else None,
        last_read_at=later if luck < 0.4 else None,
        archived_at=later if luck < 0.1 else None,
        doc=doc,
    )


def _recorded(one: dict[str, Any], subscriber: int) -> Message:
    document = {name: value for name, value in one.items() if name not in IN_COLUMNS}
    return Message(
        id=0,
        oid=one["_id"],
        subscriber=subscriber,
        workflow=one["_templateId"],
        feed=one["_feedId"],
        seen=int(one["seen"]),
        read=int(one["read"]),
        archived=int(one["archived"]),
        last_seen_at=None,
        last_read_at=None,
        archived_at=None,
        snoozed_until=None,
        created_at=from_text(one["createdAt"]),
        updated_at=from_text(one["updatedAt"]),
        doc=orjson.dumps(document).decode(),
    )


def _key(number: int) -> int:
    """The key of the subscriber with this number in an empty first environment."""
    return FIRST + number * GAP


def _integration_id(home: Home, caller: Caller, provider: str) -> str:
    found = home.integration(caller, provider, None)
    if found is None:
        raise LookupError(f"the seed has no integration for {provider}")
    return found["_id"]
