"""Options of a client and of a call: frozen, checked once, the key never shown."""

import ipaddress
import math
import re
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlsplit

from api_client.errors import BadArgument

US = "https://api.novu.co"
EU = "https://eu.api.novu.co"
_ASCII_HOST = re.compile(r"([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?")
_VERSION = re.compile(r"/v[12]$")


class BadOption(ValueError):
    """An option that cannot work; the message names it and never shows its value."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits in seconds for the parts of one attempt; `CallOptions.deadline` limits the whole call."""

    connect: float = 3.0
    read: float = 10.0
    pool: float = 2.0

    def __post_init__(self) -> None:
        if not all(0 < seconds < math.inf for seconds in (self.connect, self.read, self.pool)):
            raise BadOption("A timeout is a number of seconds above zero.")


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How to reach one environment of one Novu server. `ca_file` adds a private certificate authority.

    `signing_key`: servers before July 2026 that keep keys encrypted check signatures with the key as they
    store it, instead of the key itself. Only they need it, and only where an integration asks for an HMAC.
    """

    api_key: str = field(repr=False)
    base_url: str = US
    timeouts: Timeouts = Timeouts()
    max_connections: int = 100
    max_answer_bytes: int = 16_000_000
    ca_file: str | None = None
    signing_key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "api_key", _checked_key(self.api_key))
        object.__setattr__(self, "base_url", _checked_url(self.base_url))

    @property
    def is_on_this_machine(self) -> bool:
        """Whether the server is on loopback, where compressing answers costs more than it saves."""
        host = urlsplit(self.base_url).hostname or ""
        return host in ("localhost", "::1") or bool(re.fullmatch(r"127(\.\d+){3}", host))


@dataclass(frozen=True, slots=True)
class CallOptions:
    """How hard one call may try. `is_batch` leaves a tenth of the rate limit to others."""

    attempts: int = 3
    deadline: float = 15.0
    idempotency_key: str | None = None
    is_batch: bool = False

    def __post_init__(self) -> None:
        if self.attempts < 1 or not 0 < self.deadline < math.inf:
            raise BadOption("A call needs at least one attempt and a deadline above zero.")
        key = self.idempotency_key
        if key is not None and not (0 < len(key.strip()) == len(key) <= 255 and _is_plain(key)):
            raise BadArgument("An idempotency key has 1 to 255 printable ASCII characters.")

    def keyed(self, key: str) -> Self:
        """The same options with an idempotency key, which all attempts of the call carry."""
        return replace(self, idempotency_key=key)


INTERACTIVE = CallOptions(attempts=3, deadline=15.0)
BATCH = CallOptions(attempts=3, deadline=60.0, is_batch=True)


def _checked_key(key: str) -> str:
    bare = (
        (key or "").strip().removeprefix("ApiKey ").strip()
    )  # None comes from an unset environment variable
    if bare in {"", "ApiKey"} or not _is_plain(bare) or " " in bare:
        raise BadOption("The API key is empty or holds characters that no key has.")
    return bare


def _checked_url(url: str) -> str:
    bare = (url or "").strip().rstrip("/")
    try:
        parts = urlsplit(bare)
        usable = parts.scheme in {"http", "https"} and _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(c.isspace() or not c.isprintable() for c in bare):
        raise BadOption("The server address must be a whole URL: http or https, then a host name.")
    if any(sign in bare for sign in "@?#\\"):
        raise BadOption("The server address must not carry a user name, a query or a fragment.")
    if _VERSION.search(bare):
        raise BadOption("The server address must not end in /v1 or /v2: each call adds its own.")
    return bare


def _is_host(name: str) -> bool:
    """Whether this name can be looked up at all; raises ValueError for a malformed IP address."""
    if ":" in name or name.rpartition(".")[2].isdecimal():
        return bool(ipaddress.ip_address(name.partition("%")[0]))
    return bool(name.encode("idna")) if not name.isascii() else _ASCII_HOST.fullmatch(name) is not None


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()
