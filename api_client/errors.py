"""Every way a call can fail, drawn as a tree: a sentence for a person, a detail for a log, never a secret.

ApiError                     .user_text  .detail  .request_id  .attempts
├─ BadArgument               refused before anything was sent
├─ Unreachable               no answer: .reason says why, .was_sent whether the server may have seen it
│  └─ TimedOut
├─ OutcomeUnknown            a write that may or may not have happened: .cause is what went wrong
├─ BadPayload                an answer, but not what was promised
│  └─ Redirected             .target_host; never followed
├─ WalkBroken                a list that cannot be read to its end
└─ Refused                   .status  .ctx
   ├─ Invalid                400, 422; .fields {name: [texts]} when given
   ├─ KeyRejected            401
   ├─ Forbidden              402, 403
   ├─ NotFound               404, and the 400s that say "not found"
   ├─ Conflict               409
   │  └─ StillRunning        409 with Retry-After: the same key is at work
   ├─ TooLarge               413
   ├─ RateLimited            429; .retry_after seconds or None; .held_back when we never sent it
   └─ ServerFault            5xx and 408; .error_id, .retry_after
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why there was no usable answer; the words stand in `_WHY`."""

    REFUSED = "refused"
    UNKNOWN_HOST = "unknown host"
    CERTIFICATE = "certificate"
    TLS = "tls"
    CONNECT_TIMEOUT = "connect timeout"
    BUSY = "busy"
    READ_TIMEOUT = "read timeout"
    DROPPED = "dropped"
    NOT_HTTP = "not http"
    CLOSED = "closed"


_WHY = {
    Reason.REFUSED: "The server cannot be reached. It may be down, or the address may be wrong.",
    Reason.UNKNOWN_HOST: "The server's host name was not found. Check the server address.",
    Reason.CERTIFICATE: "The server's certificate was not accepted, so nothing was sent.",
    Reason.TLS: "No secure connection to the server could be made. Check whether its address is https.",
    Reason.CONNECT_TIMEOUT: "The server did not take the connection in time.",
    Reason.BUSY: "Too many calls are under way at once. Try again in a moment.",
    Reason.READ_TIMEOUT: "The server did not answer in time.",
    Reason.DROPPED: "The connection was lost before the answer was complete.",
    Reason.NOT_HTTP: "What answered at the server's address is not a web server.",
    Reason.CLOSED: "This client is closed, so nothing was sent.",
}
_AFTER_SENDING = frozenset({Reason.READ_TIMEOUT, Reason.DROPPED, Reason.NOT_HTTP})


class ApiError(Exception):
    """Anything that stopped a call. `user_text` may be shown as it is; `str()` is for logs."""

    def __init__(self, user_text: str, *, detail: str = "", request_id: str | None = None) -> None:
        super().__init__(user_text)
        self.user_text = user_text
        self.detail = detail
        self.request_id = request_id
        self.attempts = 0

    def __str__(self) -> str:
        facts = [self.detail or self.user_text, f"attempts {self.attempts}"]
        if self.request_id:
            facts.append(f"request {self.request_id}")
        return f"{type(self).__name__}: {', '.join(facts)}"


class BadArgument(ApiError, ValueError):
    """A value that no server could take, such as an empty id; nothing was sent."""


class Unreachable(ApiError):
    """No answer came; `was_sent` is false only when the server cannot have seen the request."""

    def __init__(self, reason: Reason, *, detail: str = "") -> None:
        super().__init__(_WHY[reason], detail=f"{reason}; {detail}" if detail else str(reason))
        self.reason = reason
        self.was_sent = reason in _AFTER_SENDING


class TimedOut(Unreachable):
    """No answer within a time limit: connecting, reading, or the whole call."""


class OutcomeUnknown(ApiError):
    """A write whose fate is unknown. Read again before deciding to repeat it."""

    def __init__(self, cause: ApiError) -> None:
        super().__init__(
            "It is not known whether the change was made. Reload to see, before trying again.",
            detail=f"outcome unknown after {type(cause).__name__}: {cause.detail or cause.user_text}",
            request_id=cause.request_id,
        )
        self.attempts = cause.attempts
        self.cause = cause


class BadPayload(ApiError):
    """The server answered something other than what its contract promises."""

    is_cut_off = False  # the end seems to be missing, so a read is worth repeating


class Redirected(BadPayload):
    """The server sent us elsewhere; the key is never carried to another address."""

    def __init__(self, target_host: str, *, detail: str = "", request_id: str | None = None) -> None:
        text = f"The server sends us on to {target_host or 'another address'}. Check the server address."
        super().__init__(text, detail=detail, request_id=request_id)
        self.target_host = target_host


class WalkBroken(ApiError):
    """A list that could not be read to its end; the first `delivered` rows are good."""

    def __init__(self, user_text: str, *, delivered: int) -> None:
        super().__init__(user_text, detail=f"walk stopped after {delivered} rows")
        self.delivered = delivered


class Refused(ApiError):
    """The server answered with a refusal."""

    def __init__(
        self,
        user_text: str,
        *,
        status: int,
        detail: str = "",
        request_id: str | None = None,
        ctx: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(user_text, detail=detail, request_id=request_id)
        self.status = status
        self.ctx: Mapping[str, Any] = ctx or {}
        self.retry_after: float | None = None


class Invalid(Refused):
    """Values were refused; `fields` maps field names to the server's messages, if it sent any."""

    fields: Mapping[str, tuple[str, ...]] = {}


class KeyRejected(Refused):
    """The API key was not accepted: a matter of settings, not of the operator's sign-in."""


class Forbidden(Refused):
    """The key is good but may not do this."""


class NotFound(Refused):
    """What was asked for does not exist, whichever status this server uses to say so."""


class Conflict(Refused):
    """It already exists, or someone else has changed it."""


class StillRunning(Conflict):
    """A call with the same idempotency key is still being carried out."""


class TooLarge(Refused):
    """The request's body is larger than the server takes."""


class RateLimited(Refused):
    """The rate limit is used up; `held_back` says that the request was never sent."""

    held_back = False


class ServerFault(Refused):
    """The server failed; its operators will ask for `error_id`."""

    error_id: str | None = None
