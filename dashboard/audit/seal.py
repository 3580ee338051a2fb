"""Keyed marks of the audit log: the chain over its lines, and fingerprints in place of secrets."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard.providers.masks import mask

FIRST = "0" * 64
SEALED = (
    "seq", "at", "action_id", "outcome", "name", "actor", "role", "session_id", "environment", "subject",
    "before", "after", "detail", "request_id", "address",
)  # fmt: skip


class Seal:
    """Knows a key that the database does not hold: whoever rewrites lines cannot rewrite the chain."""

    def __init__(self, secret: str) -> None:
        self._chain_key = _derived(secret, "audit chain")
        self._fingerprint_key = _derived(secret, "audit fingerprint")

    def next_hash(self, previous: str, line: Mapping[str, Any]) -> str:
        """The hash of `line`, which carries the hash of the line before: a chain."""
        told = {name: _canonical(line[name]) for name in SEALED}
        text = json.dumps([previous, told], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hmac.new(self._chain_key, text.encode("ascii"), "sha256").hexdigest()

    def fingerprint(self, secret: str) -> str:
        """A masked secret with a mark that is equal for equal secrets: `…7f3e #1a2b3c4d`."""
        return f"{mask(secret)} {self.mark(secret)}"

    def mark(self, text: str) -> str:
        """Nothing but the mark: `#1a2b3c4d`, equal for equal texts, and of no use without the key."""
        digest = hmac.new(self._fingerprint_key, text.encode("utf-8", "surrogatepass"), "sha256")
        return f"#{digest.hexdigest()[:8]}"


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), "sha256").digest()


def _canonical(value: object) -> object:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value
