"""All providers by id: the one table that forms, masks, exports and tests go by."""

from types import MappingProxyType

from dashboard.providers.chat import CHAT
from dashboard.providers.push import PUSH
from dashboard.providers.shapes import Provider

PROVIDERS = MappingProxyType({row.id: row for row in (*CHAT, *PUSH)})
"""In the order in which they are offered."""


def provider(provider_id: str) -> Provider | None:
    """The row of a provider; None for one that is newer than this table, to be shown read-only."""
    return PROVIDERS.get(provider_id)


def open_keys() -> frozenset[str]:
    """Wire names of the fields that may be shown; whatever else stands among credentials may be a secret."""
    return frozenset(field.key for row in PROVIDERS.values() for field in row.fields if not field.secret)


def secret_keys() -> frozenset[str]:
    """Wire names of every field whose value must be masked."""
    return frozenset(field.key for row in PROVIDERS.values() for field in row.fields if field.secret)
