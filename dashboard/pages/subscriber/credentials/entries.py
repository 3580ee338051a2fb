"""A person's credentials as cards: which entry, through which integration, with secrets masked. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from api_client import ApiError, ChannelCredentials, ChannelSettings, Integration, Subscriber, Workflow
from dashboard.actions.entries import Target
from dashboard.providers import PROVIDERS, Channel, Provider, masked, provider

State = Literal["active", "inactive", "missing", "unknown"]
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Card:
    """One entry of `channels`, or the place for one that an active integration offers and nobody filled."""

    key: Key
    provider_id: str
    integration_id: str
    credentials: ChannelCredentials | None
    """None: there is no entry yet."""
    integration: Integration | None = None
    identifier: str = ""
    state: State = "unknown"
    is_default: bool = False
    """The newest active of several: where a write without an identifier goes."""
    others: tuple[Integration, ...] = ()
    """The provider's other active integrations, to which tokens can move."""

    @property
    def row(self) -> Provider | None:
        return provider(self.provider_id)

    @property
    def title(self) -> str:
        return self.row.label if self.row else self.provider_id or "No provider named"

    @property
    def name(self) -> str:
        """Provider and integration, for a button's name or a sentence."""
        return f"{self.title}, {self.identifier}" if self.identifier else self.title

    @property
    def is_push(self) -> bool:
        return self.row is not None and self.row.channel is Channel.PUSH

    @property
    def tokens(self) -> tuple[str, ...]:
        return (self.credentials.device_tokens if self.credentials else None) or ()

    @property
    def stored(self) -> Mapping[str, object]:
        return self.credentials.to_body() if self.credentials else {}

    @property
    def shown(self) -> Mapping[str, str | tuple[str, ...]]:
        """What the browser may get, by wire name."""
        return masked(self.row, self.stored) if self.row else {}

    @property
    def target(self) -> Target:
        """The entry as the actions name it; only where `is_writable` the API takes a write."""
        return Target(self.provider_id, self.identifier, self.integration_id)

    @property
    def is_writable(self) -> bool:
        return self.row is not None and self.state in {"active", "unknown"} and bool(self.identifier)


@dataclass(frozen=True)
class CredentialsView:
    """All cards, and what stands around them. None: could not be listed; `problem` says why."""

    person: Subscriber
    integrations: tuple[Integration, ...] | None
    problem: ApiError | None = None
    workflows: tuple[Workflow, ...] | None = None
    cards: tuple[Card, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cards", tuple(_cards(self.person, self.integrations)))

    def entries_of(self, provider_id: str) -> tuple[Card, ...]:
        """The provider's cards that hold an entry: what a provider-wide delete hits."""
        return tuple(
            card for card in self.cards if card.provider_id == provider_id and card.credentials is not None
        )


def places_of(view: CredentialsView, provider_id: str) -> dict[str, Card]:
    """Where a provider can be written to, default first: a card for each active integration, by its id."""
    cards = {card.integration_id: card for card in view.cards if card.provider_id == provider_id}
    places = addable(view.integrations, provider_id)
    return {
        one.id: cards.get(one.id) or _card((provider_id, one.id), 0, view.integrations, None)
        for one in places
    }


def connectable(view: CredentialsView) -> tuple[Integration, ...]:
    """The integrations over which a person can connect an account of their own."""
    return tuple(
        one
        for provider_id, row in PROVIDERS.items()
        if row.connects
        for one in addable(view.integrations, provider_id)
    )


def addable(integrations: Sequence[Integration] | None, provider_id: str) -> tuple[Integration, ...]:
    """The active integrations of a provider, newest first: the first is the API's own choice."""
    found = [one for one in integrations or () if one.provider_id == provider_id and one.active]
    return tuple(sorted(found, key=lambda one: str(one.created_at), reverse=True))


def _cards(person: Subscriber, integrations: tuple[Integration, ...] | None) -> Iterator[Card]:
    """Entries in the table's order of providers, each followed by the empty places of its siblings."""
    order = {provider_id: number for number, provider_id in enumerate(PROVIDERS)}
    entries = sorted(person.channels, key=lambda one: order.get(one.provider_id, len(order)))
    seen: Counter[tuple[str, str]] = Counter()
    for provider_id in dict.fromkeys(one.provider_id for one in entries):
        mine = [one for one in entries if one.provider_id == provider_id]
        for entry in mine:
            place = (provider_id, entry.integration_id or "")
            yield _card(place, seen[place], integrations, entry)
            seen[place] += 1
        taken = {one.integration_id for one in mine}
        for one in addable(integrations, provider_id) if provider_id in order else ():
            if one.id not in taken:
                yield _card((provider_id, one.id), 0, integrations, None)


def _card(
    place: tuple[str, str],
    number: int,
    integrations: tuple[Integration, ...] | None,
    entry: ChannelSettings | None,
) -> Card:
    provider_id, integration_id = place
    integration = next((one for one in integrations or () if one.id == integration_id), None)
    active = addable(integrations, provider_id)
    known = integration.identifier if integration else (entry.integration_identifier if entry else None)
    return Card(
        key=(provider_id, integration_id, number),
        provider_id=provider_id,
        integration_id=integration_id,
        credentials=entry.credentials if entry else None,
        integration=integration,
        identifier=known or "",
        state=_state(integration, is_listed=integrations is not None),
        is_default=len(active) > 1 and active[0].id == integration_id,
        others=tuple(one for one in active if one.id != integration_id),
    )


def _state(integration: Integration | None, *, is_listed: bool) -> State:
    if not is_listed:
        return "unknown"
    if integration is None:
        return "missing"
    return "active" if integration.active else "inactive"
