"""Every provider as a row of data, and pure functions over a row."""

from dashboard.providers.forms import masked, payload, problems, warnings
from dashboard.providers.masks import mask, without_secrets
from dashboard.providers.shapes import Channel, Field, Kind, Look, Provider
from dashboard.providers.specs import PROVIDERS, provider, secret_keys
from dashboard.providers.tokens import MOST_TOKENS, Pasted, parse_tokens

__all__ = [
    "MOST_TOKENS",
    "PROVIDERS",
    "Channel",
    "Field",
    "Kind",
    "Look",
    "Pasted",
    "Provider",
    "mask",
    "masked",
    "parse_tokens",
    "payload",
    "problems",
    "provider",
    "secret_keys",
    "warnings",
    "without_secrets",
]
