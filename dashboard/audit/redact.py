"""Which keys hold secrets, and how a value looks once they are masked: the only such list."""

import math
from collections.abc import Mapping, Sequence
from typing import cast

from dashboard.providers.masks import DOTS, mask
from dashboard.providers.specs import secret_keys

DEEPEST = 16
LONGEST = 2000

_OTHER_SECRETS = (
    "apiKey", "secretKey", "authorization", "cookie", "password", "secret", "token", "accessToken",
    "hmacHash",
)  # fmt: skip


def redact(value: object) -> object:
    """`value` as plain JSON with every secret masked, long texts cut and deep nesting dropped."""
    return _redact(value, depth=0)


def is_secret_key(key: str) -> bool:
    """Whether a value under this key must be masked; `device_tokens` and `deviceTokens` are the same key."""
    return _plain(key) in _SECRET_KEYS


def _redact(value: object, *, depth: int) -> object:
    if depth > DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value).items()
        return {str(key): _entry(str(key), item, depth=depth + 1) for key, item in entries}
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    if isinstance(value, Sequence):
        return [_redact(item, depth=depth + 1) for item in cast("Sequence[object]", value)]
    return value if _is_plain(value) else str(value)


def _is_plain(value: object) -> bool:
    is_number = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    return value is None or is_number


def _entry(key: str, value: object, *, depth: int) -> object:
    return _masked(value) if is_secret_key(key) else _redact(value, depth=depth)


def _masked(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Sequence):
        return [_masked(item) for item in cast("Sequence[object]", value)]
    return DOTS


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


_SECRET_KEYS = frozenset(_plain(key) for key in (*secret_keys(), *_OTHER_SECRETS))
