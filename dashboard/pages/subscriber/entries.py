"""A person's credentials as cards: which entry, through which integration, with secrets masked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_client import ApiError, ChannelCredentials, Integration, Subscriber
from dashboard.actions.entries import Target
from dashboard.providers import Provider, masked, provider

NO_RIGHT = "The API key may not list integrations, so their names and states are not known here."


@dataclass(frozen=True)
class Card:
    """One entry of `channels`, or the place for one that does not exist yet."""

    row: Provider | None
    provider_id: str
    target: Target | None
    credentials: ChannelCredentials
    shown: dict[str, str | tuple[str, ...]]
    integration_name: str
    state: str
    """`active`, `inactive`, `missing`, or `unknown` where integrations may not be listed."""

    @property
    def title(self) -> str:
        return self.row.label if self.row else self.provider_id or "No provider named"

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.credentials.device_tokens or ()


@dataclass(frozen=True)
class CredentialsView:
    """All cards, and the integrations to which an entry could be added."""

    person: Subscriber
    cards: tuple[Card, ...]
    integrations: tuple[Integration, ...] | None
    problem: ApiError | None = None


def view_of(
    person: Subscriber, integrations: tuple[Integration, ...] | None, problem: ApiError | None = None
) -> CredentialsView:
    """Join what is stored with the integrations it goes through."""
    by_id = {one.id: one for one in integrations or ()}
    cards = tuple(
        _card(
            entry.provider_id,
            entry.integration_id or "",
            entry.credentials,
            by_id,
            known=integrations is not None,
        )
        for entry in person.channels
    )
    return CredentialsView(person, cards, integrations, problem)


def addable(view: CredentialsView, row: Provider) -> tuple[Integration, ...]:
    """The active integrations of a provider, newest first: the first is the API's own choice."""
    found = [one for one in view.integrations or () if one.provider_id == row.id and one.active]
    return tuple(sorted(found, key=lambda one: str(one.created_at), reverse=True))


def _card(
    provider_id: str,
    integration_id: str,
    credentials: ChannelCredentials,
    by_id: dict[str, Integration],
    *,
    known: bool,
) -> Card:
    row = provider(provider_id)
    integration = by_id.get(integration_id)
    state = "unknown" if not known else "missing" if integration is None else _state(integration)
    writable = row is not None and integration is not None and integration.active
    return Card(
        row=row,
        provider_id=provider_id,
        target=Target(provider_id, integration.identifier, integration.id)
        if writable and integration
        else None,
        credentials=credentials,
        shown=masked(row, credentials.to_body()) if row else {},
        integration_name=integration.name or integration.identifier if integration else "",
        state=state,
    )


def _state(integration: Integration) -> str:
    return "active" if integration.active else "inactive"


def duplicates(tokens: Sequence[str]) -> int:
    """How many tokens stand more than once."""
    return len(tokens) - len(set(tokens))
