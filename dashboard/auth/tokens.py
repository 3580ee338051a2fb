"""Opaque 256-bit tokens: given out once, kept only as their hash."""

import hashlib
import secrets
from collections.abc import Callable

TokenMaker = Callable[[], str]


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_id(token: str) -> str:
    """The SHA-256 of a token, in hex. No salt or stretching: 256 random bits cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
