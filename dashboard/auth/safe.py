"""Texts that are kept or carried outside: without the session secret nobody reads one or makes one."""

import hmac
from base64 import urlsafe_b64encode
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Unreadable(Exception):
    """It was not sealed for this purpose under today's secret, or somebody changed it."""


class Safe:
    """Each purpose has a key of its own: what was sealed for one is unreadable for another."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._secret, self._purpose = secret, purpose

    def seal(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Raises Unreadable."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see below

        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable from None

    @cached_property
    def _box(self) -> "Fernet":
        """Loaded late: it takes 8 MB, and most dashboards have nothing to seal."""
        from cryptography.fernet import Fernet  # noqa: PLC0415

        key = hmac.new(self._secret.encode(), self._purpose.encode(), "sha256").digest()
        return Fernet(urlsafe_b64encode(key))
