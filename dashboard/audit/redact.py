"""Which keys hold secrets, and how a value looks once they are masked: the only such list."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from dashboard.providers.masks import DOTS, mask
from dashboard.providers.specs import open_keys, secret_keys
from dashboard.storage.texts import storable

DEEPEST = 16
LONGEST = 2000
_NO_DEEPER = 200  # the service's own database takes no more than 100 levels

_OTHER_SECRETS = (
    "apiKey", "secretKey", "authorization", "cookie", "password", "secret", "token", "accessToken",
    "hmacHash",
)  # fmt: skip


def redact(value: object, mask_secret: Callable[[str], str] = mask) -> object:
    """`value` as plain JSON with every secret masked, long texts cut and deep nesting dropped."""
    return _Redactor(mask_secret).plain(value, depth=0)


def mask_only(value: object) -> object:
    """The same with no text cut and no level dropped that the service can store, for complete files."""
    return _Redactor(mask, longest=None, deepest=_NO_DEEPER).plain(value, depth=0)


def is_secret_key(key: str) -> bool:
    """Whether a value under this key must be masked; `device_tokens` and `deviceTokens` are the same key."""
    return _plain(key) in _SECRET_KEYS


class _Redactor:
    """Walks a value once; `mask_secret` says what stands in a secret's place."""

    def __init__(
        self, mask_secret: Callable[[str], str], *, longest: int | None = LONGEST, deepest: int = DEEPEST
    ) -> None:
        self._mask_secret, self._longest, self._deepest = mask_secret, longest, deepest

    def plain(self, value: object, *, depth: int) -> object:
        if depth > self._deepest:
            return "…"
        if isinstance(value, Mapping):
            entries = cast("Mapping[object, object]", value).items()
            return {storable(str(key)): self._entry(str(key), item, depth + 1) for key, item in entries}
        if isinstance(value, str):
            return storable(self._cut(value))
        if isinstance(value, Sequence):
            return [self.plain(item, depth=depth + 1) for item in cast("Sequence[object]", value)]
        return value if _is_plain(value) else storable(str(value))

    def _cut(self, text: str) -> str:
        return text if self._longest is None or len(text) <= self._longest else f"{text[: self._longest]}…"

    def _entry(self, key: str, value: object, depth: int) -> object:
        if is_secret_key(key):
            return self._masked(value)
        if key == "credentials" and isinstance(value, Mapping):
            entries = cast("Mapping[object, object]", value).items()
            return {
                storable(str(name)): self._credential(str(name), item, depth + 1) for name, item in entries
            }
        return self.plain(value, depth=depth)

    def _credential(self, key: str, value: object, depth: int) -> object:
        """What a provider of tomorrow keeps here under a name of its own is masked, too."""
        return self.plain(value, depth=depth) if key in _OPEN_KEYS else self._masked(value)

    def _masked(self, value: object) -> object:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return storable(self._mask_secret(value))
        if isinstance(value, Sequence):
            return [self._masked(item) for item in cast("Sequence[object]", value)]
        return DOTS


def _is_plain(value: object) -> bool:
    is_number = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    return value is None or is_number


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


_OPEN_KEYS = open_keys()
_SECRET_KEYS = frozenset(_plain(key) for key in (*secret_keys(), *_OTHER_SECRETS))
