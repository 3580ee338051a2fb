"""What must come of each fault: the matrix as data. A write is never repeated after its answer was lost."""

from dataclasses import dataclass, field

from api_client import Timeouts, errors

_PATIENT = Timeouts(connect=10.0, read=10.0, pool=10.0)
# For the faults that are about waiting; all else has time enough on the busiest machine.
_SHORT_CONNECT = Timeouts(connect=0.5, read=10.0, pool=10.0)
_NO_PATIENCE = Timeouts(connect=10.0, read=10.0, pool=0.05)
_SHORT_READ = Timeouts(connect=10.0, read=0.7, pool=10.0)
OPERATIONS = ("list", "get", "create", "patch", "delete", "bulk")


@dataclass(frozen=True)
class Outcome:
    """How an operation ends: the error's class or None for success, attempts, and words a person sees."""

    error: type[errors.ApiError] | None
    attempts: int
    words: str = ""
    cause: type[errors.ApiError] | None = None


@dataclass(frozen=True)
class Fault:
    """One row of the matrix; `special` overrides single operations."""

    name: str
    read: Outcome
    write: Outcome
    special: dict[str, Outcome] = field(default_factory=dict[str, Outcome])
    where: str = "port"  # which address of the fault server is used
    scheme: str = "http"
    timeouts: Timeouts = _PATIENT
    connections: int = 100
    deadline_s: float = 30.0  # far more than any fault needs but the one that only a deadline ends

    def expected(self, operation: str) -> Outcome:
        plain = self.read if operation in {"list", "get"} else self.write
        return self.special.get(operation, plain)


FINE = Outcome(None, 1)
_DOUBT = "not known whether"


def _same(error: type[errors.ApiError], attempts: int, words: str) -> tuple[Outcome, Outcome]:
    return Outcome(error, attempts, words), Outcome(error, attempts, words)


def _doubt(
    cause: type[errors.ApiError], tries: int, words: str, *, writes: int = 1
) -> tuple[Outcome, Outcome]:
    """A read fails plainly, a write is left in doubt."""
    return Outcome(cause, tries, words), Outcome(errors.OutcomeUnknown, writes, _DOUBT, cause)


_ACKNOWLEDGED = {"delete": FINE}  # an empty or shortened answer to a delete still says that it was done

FAULTS: tuple[Fault, ...] = (
    Fault("refused", *_same(errors.Unreachable, 3, "cannot be reached"), where="free_port"),
    Fault("no-such-host", *_same(errors.Unreachable, 2, "host name was not found"), where=""),
    Fault("bad-certificate", *_same(errors.Unreachable, 1, "certificate"), where="tls_port", scheme="https"),
    Fault(
        "plain-peer", *_same(errors.Unreachable, 1, "secure connection"), where="plain_port", scheme="https"
    ),
    Fault(
        "silent-peer",
        *_same(errors.TimedOut, 3, "did not take the connection"),
        where="silent_port",
        timeouts=_SHORT_CONNECT,
        scheme="https",
    ),
    Fault("full-pool", *_same(errors.Unreachable, 1, "Too many calls"), connections=0, timeouts=_NO_PATIENCE),
    Fault("read-timeout", *_doubt(errors.TimedOut, 3, "did not answer in time"), timeouts=_SHORT_READ),
    Fault("drip", *_doubt(errors.TimedOut, 1, "did not answer in time"), deadline_s=2.0),
    Fault("short-body", *_doubt(errors.Unreachable, 3, "connection was lost")),
    Fault("truncated-json", *_doubt(errors.BadPayload, 2, "could not be read")),
    Fault("reset", *_doubt(errors.Unreachable, 3, "connection was lost")),
    Fault("hang-up", *_doubt(errors.Unreachable, 3, "connection was lost")),
    Fault("text-plain", FINE, FINE),
    Fault("html-login", *_doubt(errors.BadPayload, 1, "web page")),
    Fault("html-502", *_doubt(errors.ServerFault, 3, "502", writes=3)),
    Fault("empty-200", *_doubt(errors.BadPayload, 2, "could not be read"), special=_ACKNOWLEDGED),
    Fault("latin-1", *_doubt(errors.BadPayload, 1, "could not be read")),
    Fault("not-http", *_doubt(errors.Unreachable, 2, "not a web server")),
    Fault("flood", *_doubt(errors.BadPayload, 1, "too large")),
    Fault("gzip-bomb", *_doubt(errors.BadPayload, 1, "too large")),
    Fault("redirect", *_same(errors.Redirected, 1, "evil.example")),
    Fault("400", *_same(errors.Invalid, 1, "did not accept")),
    Fault("401", *_same(errors.KeyRejected, 1, "key was not accepted")),
    Fault("402", *_same(errors.Forbidden, 1, "plan")),
    Fault("403", *_same(errors.Forbidden, 1, "not allowed")),
    Fault("404", *_same(errors.NotFound, 1, "does not exist")),
    Fault("409", *_same(errors.Conflict, 1, "exists already")),
    Fault("409-running", *_same(errors.StillRunning, 3, "already being done")),
    Fault("413", *_same(errors.TooLarge, 1, "Send less")),
    Fault("422", *_same(errors.Invalid, 1, "did not accept")),
    Fault("422-bare", *_same(errors.Invalid, 1, "other values")),
    Fault("429", *_same(errors.RateLimited, 3, "rate limit")),
    Fault("429-seconds", *_same(errors.RateLimited, 3, "1 s")),
    Fault("429-date", *_same(errors.RateLimited, 3, "rate limit")),
    Fault("429-day", *_same(errors.RateLimited, 1, "24 h")),
    Fault("429-garbage", *_same(errors.RateLimited, 3, "rate limit")),
    Fault("500", *_doubt(errors.ServerFault, 3, "failed", writes=3)),
    Fault("502", *_doubt(errors.ServerFault, 3, "502", writes=3)),
    Fault("503", *_same(errors.ServerFault, 3, "not available")),
    Fault("503-seconds", *_same(errors.ServerFault, 3, "not available")),
    Fault("504", *_doubt(errors.ServerFault, 3, "504", writes=3)),
    Fault("unknown-enum", FINE, FINE),
    Fault("extra-field", FINE, FINE),
    Fault("missing-field", FINE, FINE),
    Fault("wrong-types", FINE, FINE),
    Fault("cursor-circle", FINE, FINE, {"list": Outcome(errors.WalkBroken, 3, "repeats pages")}),
    Fault("same-cursor", FINE, FINE, {"list": Outcome(errors.WalkBroken, 2, "repeats pages")}),
    Fault("empty-page", FINE, FINE, {"list": Outcome(None, 3)}),
    Fault("duplicates", FINE, FINE, {"list": Outcome(None, 2)}),
    Fault("odd-framing", FINE, FINE),
    Fault("stale", FINE, FINE),
)
CELLS = [(fault, operation) for fault in FAULTS for operation in OPERATIONS]
