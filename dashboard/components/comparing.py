"""Two or three records side by side: which of them is alive? Read and worded; no user interface."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api_client import Subscriber
from dashboard import wording
from dashboard.channels import all_channels
from dashboard.context import AppContext
from dashboard.online import online
from dashboard.reading import Reader

MOST = 3


@dataclass(frozen=True)
class Fact:
    """One line of the comparison: a value for each person, and whether they differ."""

    label: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class Comparison:
    """The people in the order in which they were picked, and what is known about them."""

    people: tuple[Subscriber, ...]
    facts: tuple[Fact, ...]


async def compare(ctx: AppContext, ids: Sequence[str]) -> Comparison:
    """Read all of them at once. Raises ApiError, as where one of them is gone."""
    people = await asyncio.gather(*(ctx.reader.subscribers.get(one) for one in ids))
    counts = await asyncio.gather(*(ctx.unseen.count(one) for one in ids))
    newest = await asyncio.gather(*(_newest(ctx.reader, one) for one in ids))
    now = ctx.clock.now()
    facts = [_fact(label, people, read) for label, read in _TEXTS.items()]
    facts += [
        Fact("Online", tuple(online(one, now).label for one in people)),
        Fact("Last message", tuple(wording.ago(moment, now) for moment in newest)),
        Fact("Unseen messages", tuple(str(count) for count in counts)),
        *(
            Fact(kinds[0].kind.replace("_", "-").capitalize(), tuple(one.summary for one in kinds))
            for kinds in zip(*(all_channels(person) for person in people), strict=True)
            if kinds[0].kind in {"push", "chat"}
        ),
        Fact("Created", tuple(wording.absolute(one.created_at) for one in people)),
        Fact("Updated", tuple(wording.absolute(one.updated_at) for one in people)),
    ]
    return Comparison(tuple(people), tuple(facts))


_TEXTS: Mapping[str, Callable[[Subscriber], str | None]] = {
    "Subscriber id": lambda one: one.subscriber_id,
    "Name": lambda one: wording.full_name(one.first_name, one.last_name, otherwise=""),
    "E-mail": lambda one: one.email,
    "Phone": lambda one: one.phone,
    "Language": lambda one: one.locale,
    "Time zone": lambda one: one.timezone,
    "Topics": lambda one: ", ".join(one.topics or ()),
}


def _fact(label: str, people: Sequence[Subscriber], read: Callable[[Subscriber], str | None]) -> Fact:
    return Fact(label, tuple(read(one) or wording.NOT_KNOWN for one in people))


async def _newest(reader: Reader, subscriber_id: str) -> datetime | None:
    feed = await reader.feed.page(subscriber_id, limit=1)
    return feed.items[0].created_at if feed.items else None
