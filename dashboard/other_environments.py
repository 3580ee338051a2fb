"""The same person in other environments: whether there, and what differs. Only read, never written."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from api_client import ApiError, BadPayload, CallOptions, KeyRejected, NotFound, Subscriber, Unreachable
from dashboard import wording
from dashboard.masking import masked_person
from dashboard.profile import FIELDS
from dashboard.providers import provider
from dashboard.reading import ReadsSubscribers
from dashboard.refusals import Refusal

LOOK = CallOptions(attempts=1, deadline=4.0)
LONGEST = 300
"""Of a value that is shown, in characters."""


@dataclass(frozen=True)
class Unlike:
    """One thing that is not the same here and there, both as a person reads them."""

    label: str
    here: str
    there: str


@dataclass(frozen=True)
class Sighting:
    """Whether an id exists in one environment; None where that could not be asked."""

    environment: str
    is_there: bool | None


class NotSetUpWell(Refusal):
    """An environment cannot be asked as it is set up: its own key and address, not the dashboard's."""

    def __init__(self, exc: ApiError) -> None:
        super().__init__(f"{exc.user_text} Its key and address are set by DASHBOARD_OTHER_ENVIRONMENTS.")


class OtherEnvironments:
    """Reads people of the environments that were set up besides this one; empty where none was."""

    def __init__(
        self,
        people: Mapping[str, ReadsSubscribers] | None = None,
        *,
        home: ReadsSubscribers | None = None,
        closing: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        self._people, self._home, self._closing = people or {}, home, closing

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._people)

    async def compare(self, name: str, here: Subscriber, *, masked: bool) -> tuple[Unlike, ...] | None:
        """What differs there; None where nobody has the id. Raises ApiError, NotSetUpWell.

        `here` as it is shown: where that is `masked`, the real ones are compared and the differences masked.
        """
        try:
            there = await self._people[name].get(here.subscriber_id, options=LOOK)
        except NotFound:
            return None
        except (Unreachable, BadPayload, KeyRejected) as exc:
            raise NotSetUpWell(exc) from exc
        if masked and self._home:
            here = await self._home.get(here.subscriber_id, options=LOOK)
        return unlike(here, there, masked=masked)

    async def where(self, subscriber_id: str) -> tuple[Sighting, ...]:
        """In which of them exactly this id exists: one call each, at the same time."""
        return tuple(await asyncio.gather(*(self._look(name, subscriber_id) for name in self._people)))

    async def aclose(self) -> None:
        for close in self._closing:
            await close()

    async def _look(self, name: str, subscriber_id: str) -> Sighting:
        try:
            await self._people[name].get(subscriber_id, options=LOOK)
        except NotFound:
            return Sighting(name, is_there=False)
        except ApiError:
            return Sighting(name, is_there=None)
        return Sighting(name, is_there=True)


def unlike(here: Subscriber, there: Subscriber, *, masked: bool = False) -> tuple[Unlike, ...]:
    """Fields of the profile that differ, and providers with another number of addresses. No secret."""
    left, right = (masked_person(here), masked_person(there)) if masked else (here, there)
    fields = [
        Unlike(field.label, _text(getattr(left, field.key)), _text(getattr(right, field.key)))
        for field in FIELDS
        if getattr(here, field.key) != getattr(there, field.key)
    ]
    mine, theirs = _addresses(here), _addresses(there)
    counts = [
        Unlike(_name_of(one), _amount(mine[one]), _amount(theirs[one]))
        for one in sorted({*mine, *theirs})
        if mine[one] != theirs[one]
    ]
    return (*fields, *counts)


def sentence(sightings: Sequence[Sighting]) -> str:
    """`Exists in production. staging could not be asked.`; empty where there is nothing to say."""
    there = [one.environment for one in sightings if one.is_there]
    unasked = [one.environment for one in sightings if one.is_there is None]
    parts = [f"Exactly this id exists in {', '.join(there)}."] if there else []
    return " ".join([*parts, *(f"{name} could not be asked." for name in unasked)])


def _addresses(person: Subscriber) -> Counter[str]:
    """How many device tokens and webhooks there are, by provider."""
    found: Counter[str] = Counter()
    for entry in person.channels:
        held = entry.credentials
        found[entry.provider_id] += len(held.device_tokens or ()) + bool(held.webhook_url)
    return found


def _name_of(provider_id: str) -> str:
    row = provider(provider_id)
    return row.label if row else provider_id[:LONGEST] or "a provider without a name"


def _amount(number: int) -> str:
    return wording.count(number, "token or webhook", "tokens or webhooks") if number else "none"


def _text(value: object) -> str:
    if value is None or value == "":
        return "not set" if value is None else "empty text"
    try:
        text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    except orjson.JSONEncodeError:
        return "nested too deeply to be shown"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
