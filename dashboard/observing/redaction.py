"""Takes secrets out of what is logged: those we know, and what looks like one."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from dashboard.settings import Settings

GONE = "•••"
LONGEST = 20_000  # of one line; a stack is shorter
# Page ids and link tokens in addresses, headers of authorization, keys, webhooks and tokens of providers.
_NAMED = re.compile(
    r"(?i)\b((?:old_)?(?:client|tab)_id|token|code|state|password|secret|api_?key)([\"']?\s*[=:]\s*[\"']?)[^\s&\"',}]+"
)
_SCHEMES = re.compile(r"(?i)\b(ApiKey|Bearer|Basic)\s+[^\s\"',]+")
_WEBHOOKS = re.compile(r"(?i)(https?://[^\s\"'/]+/)[^\s\"']*(?:services|webhook|hooks?)[^\s\"']*")
_LONG = re.compile(r"(?=[A-Za-z_:.-]*\d)(?=[\d_:.-]*[A-Za-z])[A-Za-z0-9_:+=-]{32,}")


class Redaction:
    """Knows the secrets of one configuration."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= 4}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)) or r"(?!)")

    def clean(self, text: str) -> str:
        """`text` without secrets; what is left still says what happened."""
        text = self._known.sub(GONE, text[:LONGEST])
        text = _NAMED.sub(rf"\1\2{GONE}", text)
        text = _SCHEMES.sub(rf"\1 {GONE}", text)
        text = _WEBHOOKS.sub(rf"\1{GONE}", text)
        return _LONG.sub(GONE, text)


def secrets_of(settings: Settings) -> Iterable[str]:
    """Every secret that was set, and the passwords within addresses."""
    given = (settings.api_key, settings.session_secret, settings.metrics_token, settings.oidc_client_secret)
    yield from (one.get_secret_value() for one in given if one)
    yield from (one.key for one in settings.elsewhere)
    for address in (settings.database_url_given, settings.redis_url):
        if address and (password := urlsplit(address.get_secret_value()).password):
            yield from (password, unquote(password))
