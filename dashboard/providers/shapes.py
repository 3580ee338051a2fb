"""What a provider's row is made of."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Channel(StrEnum):
    """How the provider reaches a person."""

    CHAT = "chat"
    PUSH = "push"


@unique
class Kind(StrEnum):
    """What is typed into a field, and so how it is drawn and checked."""

    URL = "url"
    HTTPS_URL = "https-url"
    TEXT = "text"
    TOKENS = "tokens"  # many values: a text area that takes lines, commas or a JSON list


@dataclass(frozen=True)
class Look:
    """How a good value usually looks. One that differs is worth a warning and never refused."""

    pattern: str
    warning: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in. `key` is the name on the wire; `stored=False`: servers seen so far drop it."""

    key: str
    label: str
    kind: Kind
    help: str = ""
    example: str = ""
    required: bool = True
    secret: bool = True
    stored: bool = True
    look: Look | None = None
    most_used: int | None = None  # of many values, how many a delivery reads


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One provider. Without fields there is nothing to fill in, and `note` says why.

    `is_certain=False`: which fields a delivery reads is not documented, so any one of them will do.
    """

    id: str
    label: str
    channel: Channel
    fields: tuple[Field, ...]
    note: str = ""
    is_certain: bool = True
    connects: bool = False
    """The person can connect an account of their own by an address of the API (BEHAVIOUR.md, OP12, OP13)."""
