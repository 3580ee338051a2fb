"""Keeps calls within the rate limit that the server's own headers report, so that refusals stay rare."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from api_client.errors import RateLimited
from api_client.refusals import busy_text
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Link, Outgoing

_RESERVE = 0.1  # of the limit, which batch calls leave to people
_POLICY = re.compile(r";w=(\d{1,4})\b(?:;burst=(\d{1,9})\b)?")  # seconds to refill the limit; most tokens


@dataclass(frozen=True, slots=True)
class RateSnapshot:
    """The rate limit as last reported: tokens per window, tokens left, seconds until it refills."""

    limit: int
    remaining: int
    reset_s: float


class Throttle:
    """Holds a call back until the limit allows it, or fails at once when that would pass its deadline.

    Where the server reports its policy, tokens are counted as they come in, and batch calls queue for them;
    else the limit counts as refilled once its reset is over.
    """

    def __init__(self, inner: Link, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._limit = self._most = self._remaining = 0
        self._per_second = 0.0
        self._heard_at = self._reset_at = 0.0
        self._in_flight = self._queued = 0

    def snapshot(self) -> RateSnapshot | None:
        if not self._limit:
            return None
        left = max(0.0, self._reset_at - self._clock.monotonic())
        return RateSnapshot(self._limit, max(0, self._remaining - self._in_flight), left)

    async def send(self, out: Outgoing) -> Answer:
        await self._admit(out)
        self._in_flight += out.cost
        try:
            answer = await self._inner.send(out)
        finally:
            self._in_flight -= out.cost
        if "ratelimit-limit" in answer.headers:
            self._learn(answer.headers)
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _admit(self, out: Outgoing) -> None:
        ahead = self._queued if out.options.is_batch else 0
        while (wait := self._wait_for(out, ahead)) > 0:
            if self._clock.monotonic() + wait >= out.deadline_at:
                raise _held_back(wait, out)
            self._queued += out.cost
            try:
                await self._clock.sleep(wait)
            finally:
                self._queued -= out.cost
            ahead = 0

    def _wait_for(self, out: Outgoing, ahead: int) -> float:
        if not self._limit:
            return 0.0
        cost = min(out.cost, self._most)
        kept = min(self._limit * _RESERVE, self._most - cost) if out.options.is_batch else 0
        missing = cost + kept - self._left() + self._in_flight
        if missing < 0.001:  # rounding
            return 0.0
        if self._per_second:
            return (missing + ahead) / self._per_second
        return self._reset_at - self._clock.monotonic()

    def _left(self) -> float:
        """Tokens by now, those of the calls under way included."""
        now = self._clock.monotonic()
        if self._per_second:
            return min(self._most, self._remaining + (now - self._heard_at) * self._per_second)
        return self._remaining if now < self._reset_at else self._limit

    def _learn(self, headers: Mapping[str, str]) -> None:
        limit, remaining = _count(headers, "ratelimit-limit"), _count(headers, "ratelimit-remaining")
        reset = _count(headers, "ratelimit-reset")
        if limit is None or remaining is None or reset is None:
            return
        policy = _POLICY.search(headers.get("ratelimit-policy", ""))
        window, burst = (int(policy[1]), int(policy[2] or 0)) if policy else (0, 0)
        self._limit, self._remaining, self._most = limit, remaining, max(limit, remaining, burst)
        self._per_second = limit / window if window else 0.0
        self._heard_at = self._clock.monotonic()
        self._reset_at = self._heard_at + min(reset, 3600)


def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text[:9]) if text.isascii() and text.isdigit() else None


def _held_back(wait: float, out: Outgoing) -> RateLimited:
    error = RateLimited(busy_text(wait), status=429, detail=f"{out.where} held back for {wait:.1f} s")
    error.retry_after = wait
    error.held_back = True
    return error
