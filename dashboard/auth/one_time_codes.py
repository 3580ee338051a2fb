"""Codes that an authenticator app shows (RFC 6238): their key, the address for the app, which step one is of.

SHA-1, 30 seconds and six digits: several apps take nothing else, whatever an address asks for.
"""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_S, DIGITS, KEY_BYTES = 30, 6, 20
APART = 1  # steps that a phone's clock may be ahead or behind
RECOVERY_CODES, RECOVERY_BYTES = 10, 15  # 120 bits: a plain hash keeps them (ASVS 6.5.2 asks for 112)


def new_key() -> str:
    """A fresh key, as apps take it when it is typed."""
    return b32encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def app_address(key: str, *, name: str, issuer: str) -> str:
    """What the QR code says; the app lists the account as `issuer: name`."""
    told = urlencode({"secret": key, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer, safe='')}:{quote(name, safe='')}?{told}"


def step_of(key: str, code: str, now: datetime) -> int | None:
    """Which 30 seconds the code is of, counted from 1970: the present ones or those next to them, or None."""
    from cryptography.hazmat.primitives.hashes import SHA1  # noqa: PLC0415 - loaded late, see safe.py
    from cryptography.hazmat.primitives.twofactor.hotp import HOTP  # noqa: PLC0415

    codes = HOTP(b32decode(key), DIGITS, SHA1())  # noqa: S303 - in an HMAC, as RFC 6238 has it
    present = int(now.timestamp()) // STEP_S
    steps = range(present - APART, present + APART + 1)
    fitting = [step for step in steps if hmac.compare_digest(codes.generate(step), code.encode())]
    return max(fitting, default=None)


def new_recovery_codes() -> tuple[str, ...]:
    """Ten, each in four groups, without the digits that are taken for letters."""
    return tuple(grouped(_letters(RECOVERY_BYTES), 6, "-") for _ in range(RECOVERY_CODES))


def grouped(text: str, size: int, between: str = " ") -> str:
    """A long text as people read it out: in groups."""
    return between.join(text[at : at + size] for at in range(0, len(text), size))


def plain(code: str) -> str:
    """A code as it is compared, however it was typed or pasted."""
    return "".join(sign for sign in code.lower() if sign.isalnum())


def _letters(length: int) -> str:
    return b32encode(secrets.token_bytes(length)).decode("ascii").lower()
