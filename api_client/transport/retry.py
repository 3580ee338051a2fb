"""Decides whether and when a failed attempt is repeated: pure rules, and one loop that applies them."""

import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from api_client.errors import (
    ApiError,
    BadArgument,
    BadPayload,
    OutcomeUnknown,
    RateLimited,
    Reason,
    Redirected,
    ServerFault,
    StillRunning,
    Unreachable,
)
from api_client.refusals import busy_text
from api_client.transport.clock import Clock
from api_client.transport.exchange import Outgoing

T = TypeVar("T")
BASE_S, BUSY_BASE_S, CAP_S = 0.2, 1.0, 5.0
_NEVER = frozenset({Reason.CERTIFICATE, Reason.TLS, Reason.BUSY, Reason.CLOSED})
_ONCE = frozenset({Reason.UNKNOWN_HOST, Reason.NOT_HTTP})


class Budget:
    """Limits the retries of one client: each costs 10 tokens, each success earns one back.

    While the server is down, calls soon stop multiplying its load (AWS's standard mode). A used-up rate limit
    costs nothing: that server is well, and says when to come back.
    """

    def __init__(self, tokens: int = 500, *, cost: int = 10) -> None:
        self._full = self.tokens = tokens
        self._cost = cost

    def spend(self) -> bool:
        if self.tokens < self._cost:
            return False
        self.tokens -= self._cost
        return True

    def earn(self) -> None:
        self.tokens = min(self._full, self.tokens + 1)


def is_worth_repeating(error: ApiError, out: Outgoing) -> bool:
    """Whether the same request may be sent once more, time and budget aside."""
    match error:
        case Unreachable(was_sent=False):
            return error.reason not in _NEVER and _still_allowed(error.reason, out)
        case Unreachable():
            return not out.writes and _still_allowed(error.reason, out)
        case BadPayload():
            return error.is_cut_off and not out.writes and out.attempt == 1
        case RateLimited():
            return not error.held_back
        case ServerFault():
            return error.status == 503 or not out.writes or out.repeatable
        case _:
            return isinstance(error, StillRunning)


def pause(error: ApiError, attempt: int, roll: Callable[[], float]) -> float:
    """Seconds to wait: what the server asked for, else full jitter under a doubling cap."""
    asked = getattr(error, "retry_after", None)
    if asked is not None:
        return float(asked)
    base = BUSY_BASE_S if isinstance(error, RateLimited) else BASE_S
    return roll() * min(CAP_S, base * 2 ** (attempt - 1))


def may_have_happened(error: ApiError, out: Outgoing) -> bool:
    """Whether a write that failed this way may have been carried out nevertheless."""
    if not out.writes:
        return False
    if isinstance(error, ServerFault):
        return error.status != 503
    if isinstance(error, Unreachable):
        return error.was_sent
    return isinstance(error, BadPayload) and not isinstance(error, Redirected)


class Retrier:
    """Runs attempts until one succeeds, or the rules, the deadline or the budget say stop."""

    def __init__(self, clock: Clock, *, roll: Callable[[], float] = random.random) -> None:
        self._clock = clock
        self._roll = roll
        self.budget = Budget()

    async def run(self, out: Outgoing, attempt: Callable[[Outgoing], Awaitable[T]]) -> T:
        """The result, or the last error with `attempts` set, or `OutcomeUnknown` for a write in doubt."""
        in_doubt = False
        while True:
            out.attempt += 1
            try:
                result = await attempt(out)
            except BadArgument:
                raise
            except ApiError as error:
                error.attempts = out.attempt
                in_doubt = in_doubt or may_have_happened(error, out)
                wait = self._wait(error, out)
                if wait is None:
                    raise (OutcomeUnknown(error) if in_doubt else error) from None
                await self._clock.sleep(wait)
            else:
                self.budget.earn()
                return result

    def _wait(self, error: ApiError, out: Outgoing) -> float | None:
        if out.attempt >= out.options.attempts or not is_worth_repeating(error, out):
            return None
        wait = pause(error, out.attempt, self._roll)
        if self._clock.monotonic() + wait >= out.deadline_at:
            if isinstance(error, RateLimited):
                error.user_text = busy_text(wait)
            return None
        return wait if isinstance(error, RateLimited) or self.budget.spend() else None


def _still_allowed(reason: Reason, out: Outgoing) -> bool:
    return reason not in _ONCE or out.attempt == 1
