"""What may be shown of a secret: enough to tell two apart, never enough to use one."""

import re
from urllib.parse import urlsplit

DOTS = "••••••••"
SHORTEST_SHOWN = 12  # of anything shorter, four characters would be too much
TAIL = 4

_QUOTED = re.compile(r"https?://[^\s\"'<>]+|ExponentPushToken\[[^\]]*\]|[\w:-]{40,}")
"""Addresses and tokens, as providers quote them in their errors; ids of Novu's are shorter."""
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")


def mask(secret: str) -> str:
    """`https://hooks.slack.com/…c9A4` for an address, `…7f3e` for anything else, dots for short values."""
    site = _site(secret)
    if site is None:
        return _tail(secret) or DOTS
    return f"{site}/{_tail(secret[len(site) :]) or '…'}"


def without_secrets(text: str) -> str:
    """Somebody else's words with the addresses and tokens in them masked."""
    return _QUOTED.sub(lambda found: mask(found[0]), text)


def _tail(secret: str) -> str:
    end = secret[-TAIL:]
    return f"…{end}" if len(secret) >= SHORTEST_SHOWN and end.isprintable() else ""


def _site(text: str) -> str | None:
    """Scheme and host of a plain web address; None for anything odd, such as one with a user name."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    is_plain = parts.scheme in {"http", "https"} and _PLAIN_HOST.fullmatch(parts.netloc) is not None
    site = f"{parts.scheme}://{parts.netloc}"
    return site if is_plain and text.startswith(site) else None
