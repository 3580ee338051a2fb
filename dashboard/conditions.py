"""What the API cannot filter by: what a person lacks, when they were created or changed. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, unique
from typing import Literal

from dashboard.providers import Channel, provider
from dashboard.wire_rows import WireRow, credentials_of

When = Literal["created", "updated"]
WIRE_NAMES: Mapping[When, str] = {"created": "createdAt", "updated": "updatedAt"}
LONG_OFFLINE = timedelta(days=30)
MARGIN = timedelta(days=1)
"""A walk by creation goes this far beyond the edge of a span, for ids and times come from several clocks."""


@unique
class Lack(StrEnum):
    """Something that a person does not have, by its name in the URL."""

    EMAIL = "email"
    PHONE = "phone"
    PUSH = "push"
    CHAT = "chat"
    REPORTED = "reported"
    RECENT = "recent"


WORDS: Mapping[Lack, str] = {
    Lack.EMAIL: "No e-mail address",
    Lack.PHONE: "No phone number",
    Lack.PUSH: "No push token",
    Lack.CHAT: "No chat connection",
    Lack.REPORTED: "Online state never reported",
    Lack.RECENT: "Offline for more than 30 days",
}


@dataclass(frozen=True)
class Span:
    """From one day to another, both included, in UTC; None is open."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def from_text(cls, text: str) -> "Span":
        """Read `2026-11-01..2026-11-30`, either side may be missing; nonsense is open."""
        first, _, last = text.partition("..")
        return cls(_day(first), _day(last))

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}" if self.is_set else ""

    @property
    def is_set(self) -> bool:
        return self.first is not None or self.last is not None

    def holds(self, moment: object) -> bool:
        """Whether a time as the API writes it lies within; one that is missing does not."""
        if not self.is_set:
            return True
        day = moment[:10] if isinstance(moment, str) else ""
        return bool(day) and (
            (self.first is None or day >= self.first.isoformat())
            and (self.last is None or day <= self.last.isoformat())
        )

    def words(self) -> str:
        """`since 2026-11-01`, `until …` or `from … to …`."""
        if self.first and self.last:
            return f"from {self.first} to {self.last}"
        return f"since {self.first}" if self.first else f"until {self.last}"


@dataclass(frozen=True)
class Conditions:
    """All that are set must hold."""

    lacks: frozenset[Lack] = frozenset()
    created: Span = Span()
    updated: Span = Span()

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Conditions":
        """Read a URL; what does not exist is left out."""
        named = query.get("lacks", "").split(".")
        return cls(
            lacks=frozenset(one for one in Lack if one.value in named),
            created=Span.from_text(query.get("created", "")),
            updated=Span.from_text(query.get("updated", "")),
        )

    def to_query(self) -> dict[str, str]:
        """The values of the URL; empty where nothing is set."""
        lacks = ".".join(one.value for one in Lack if one in self.lacks)
        return {"lacks": lacks, "created": str(self.created), "updated": str(self.updated)}

    @property
    def are_set(self) -> bool:
        return self != NO_CONDITIONS

    def hold(self, row: WireRow, now: datetime) -> bool:
        """Whether a row of the API meets all of them."""
        return (
            self.created.holds(row.get("createdAt"))
            and self.updated.holds(row.get("updatedAt"))
            and all(_lacks(row, one, now) for one in self.lacks)
        )

    def is_past(self, row: WireRow, *, descending: bool) -> bool:
        """Whether a walk in the order of creation has left the span for good with this row."""
        day = str(row.get("createdAt") or "")[:10]
        first, last = self.created.first, self.created.last
        if descending:
            return first is not None and bool(day) and day < (first - MARGIN).isoformat()
        return last is not None and day > (last + MARGIN).isoformat()

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each as a key for `without` and in words."""
        for one in Lack:
            if one in self.lacks:
                yield one.value, WORDS[one]
        if self.created.is_set:
            yield "created", f"Created {self.created.words()}"
        if self.updated.is_set:
            yield "updated", f"Updated {self.updated.words()}"

    def without(self, key: str) -> "Conditions":
        """Take one off."""
        if key in WIRE_NAMES:
            return replace(self, **{key: Span()})
        return replace(self, lacks=frozenset(one for one in self.lacks if one.value != key))


NO_CONDITIONS = Conditions()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _lacks(row: WireRow, what: Lack, now: datetime) -> bool:
    if what in (Lack.EMAIL, Lack.PHONE):
        return not row.get(what.value)
    if what is Lack.PUSH:
        return not any(held.get("deviceTokens") for _, held in credentials_of(row))
    if what is Lack.CHAT:
        return not any(held.get("webhookUrl") and _is_chat(name) for name, held in credentials_of(row))
    last, is_online = row.get("lastOnlineAt"), bool(row.get("isOnline"))
    if what is Lack.REPORTED:
        return not last and not is_online
    edge = (now - LONG_OFFLINE).astimezone(UTC).isoformat()[:19]
    return isinstance(last, str) and not is_online and last[:19] < edge


def _is_chat(provider_id: str) -> bool:
    row = provider(provider_id)
    return row is None or row.channel is Channel.CHAT
