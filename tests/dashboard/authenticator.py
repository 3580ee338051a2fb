"""What an authenticator app on a phone does, written down a second time: RFC 6238 from RFC 4226."""

import hmac
from base64 import b32decode
from datetime import UTC, datetime


def code_of(key: str, moment: datetime | None = None, *, later: int = 0) -> str:
    """The six digits that the app shows at `moment`, or now; `later` counts steps of 30 seconds."""
    step = int((moment or datetime.now(UTC)).timestamp()) // 30 + later
    digest = hmac.new(b32decode(key), step.to_bytes(8, "big"), "sha1").digest()
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"
