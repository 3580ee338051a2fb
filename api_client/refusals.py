"""From a bad status to a typed error: the one place that reads what a server says went wrong."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from api_client.complaints import clean, content_of, ctx_of, fields_of, message_of
from api_client.errors import (
    ApiError,
    Conflict,
    Forbidden,
    Invalid,
    KeyRejected,
    NotFound,
    RateLimited,
    Redirected,
    Refused,
    ServerFault,
    StillRunning,
    TooLarge,
)

T = TypeVar("T", bound=Refused)
_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "cf-ray", "x-amz-cf-id")

# 400s that mean "not found"; each has a recorded sample in the tests.
_MISSING = re.compile(
    r"^SubscriberId: .* not found$|^Subscriber not found for this environment|"
    r"^Subscriber .* is not exist in environment|^(Subscriber|Message) with the id: .* was not found",
    re.DOTALL,
)
# Refused values that deserve a better sentence than the general one.
_KNOWN_CAUSES = (
    (re.compile(r"Device tokens limit exceeded"), "This channel would hold more device tokens than allowed."),
    (
        re.compile(r"do not have active .* integration"),
        "This environment has no active integration of that kind. Activate one first.",
    ),
    (re.compile(r"^Critical workflow"), "This workflow is critical, so its preferences cannot be changed."),
    (re.compile(r"is being reused for a different body"), "The same action was sent with other values."),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A bad answer, read as far as it could be."""

    status: int
    message: str
    ctx: Mapping[str, Any]
    error_id: str | None
    request_id: str | None
    retry_after: float | None
    detail: str


def from_answer(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    where: str,
    now: datetime,
    secrets: tuple[str, ...] = (),
) -> ApiError:
    """The error for an unsuccessful answer; `secrets` are masked wherever the server echoes them."""
    if 300 <= status < 400:
        return _redirected(status, headers, where)
    content = content_of(body)
    message, error_id = clean(message_of(content), secrets), content.get("errorId")
    refusal = Refusal(
        status=status,
        message=message,
        ctx=ctx_of(content, secrets),
        error_id=clean(error_id)[:80] if isinstance(error_id, str) else None,
        request_id=request_id(headers),
        retry_after=seconds(headers.get("retry-after"), now),
        detail=_detail(where, status, message),
    )
    make = _BY_STATUS.get(status) or (_server_fault if status >= 500 else _invalid)
    error = make(refusal)
    error.retry_after = refusal.retry_after
    if isinstance(error, Invalid):
        error.fields = fields_of(content, secrets)
    return error


def request_id(headers: Mapping[str, str]) -> str | None:
    """The id to quote to the server's operators, if the answer carries one."""
    found = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
    return clean(found)[:80] if found else None


def seconds(header: str | None, now: datetime) -> float | None:
    """`Retry-After` in seconds from now, whether given as a number or a date; None when it cannot be read."""
    given = (header or "").strip()
    if not given:
        return None
    if given.isascii() and given.isdigit():
        return float(min(int(given[:9]), 10**8))
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rarely needed, and a megabyte to load

    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _redirected(status: int, headers: Mapping[str, str], where: str) -> Redirected:
    try:
        host = urlsplit(headers.get("location", "")).hostname or ""
    except ValueError:
        host = ""
    return Redirected(clean(host)[:100], detail=f"{where} answered {status}", request_id=request_id(headers))


def _detail(where: str, status: int, message: str) -> str:
    # A 401 may echo the key in a form that we do not know (see BEHAVIOUR: "invalid authentication scheme").
    return f"{where} answered {status}" + (f": {message}" if message and status != 401 else "")


def _make(kind: type[T], text: str, refusal: Refusal) -> T:
    request_id, ctx = refusal.request_id, refusal.ctx
    return kind(text, status=refusal.status, detail=refusal.detail, request_id=request_id, ctx=ctx)


def _saying(kind: type[Refused], text: str) -> Callable[[Refusal], Refused]:
    return lambda refusal: _make(kind, text, refusal)


def _invalid(refusal: Refusal) -> Refused:
    if refusal.status == 400 and _MISSING.search(refusal.message):
        return _not_found(refusal)
    for pattern, text in _KNOWN_CAUSES:
        if pattern.search(refusal.message):
            return _make(Invalid, text, refusal)
    return _make(Invalid, "The server did not accept these values.", refusal)


def _conflict(refusal: Refusal) -> Refused:
    if refusal.retry_after is None:
        return _make(Conflict, "This exists already, or was changed by someone else meanwhile.", refusal)
    return _make(StillRunning, "This is already being done. Wait a moment and reload.", refusal)


def _rate_limited(refusal: Refusal) -> Refused:
    return _make(RateLimited, busy_text(refusal.retry_after), refusal)


def _server_fault(refusal: Refusal) -> Refused:
    error = _make(ServerFault, _FAULTS.get(refusal.status, _FAULTS[500]), refusal)
    error.error_id = refusal.error_id
    return error


def busy_text(wait: float | None) -> str:
    """The sentence for a used-up rate limit."""
    when = "a moment" if wait is None else _rounded_up(wait)
    return f"The server's rate limit is used up. Try again in {when}."


def _rounded_up(seconds: float) -> str:
    """In whole seconds, from ten minutes on in minutes, from ten hours on in hours."""
    unit, name = next((pair for pair in ((3600, "h"), (60, "min")) if seconds > 10 * pair[0]), (1, "s"))
    return f"{max(1, math.ceil(seconds / unit))} {name}"


_FAULTS = {
    408: "The server gave up waiting for the request. Try again.",
    500: "The server failed while handling this. If it stays so, tell whoever runs it.",
    502: "A gateway before the server got no usable answer from it (502). Try again in a moment.",
    503: "The server is not available at the moment (503). Try again a little later.",
    504: "A gateway before the server waited too long for it (504). Try again in a moment.",
}
_not_found = _saying(NotFound, "This does not exist, or no longer does.")
_BY_STATUS: dict[int, Callable[[Refusal], Refused]] = {
    401: _saying(KeyRejected, "The API key was not accepted. Check the key in the settings."),
    402: _saying(Forbidden, "The plan of this Novu account does not include this."),
    403: _saying(Forbidden, "The API key is not allowed to do this."),
    404: _not_found,
    408: _server_fault,
    409: _conflict,
    413: _saying(TooLarge, "This is more than the server takes at once. Send less."),
    429: _rate_limited,
}
