"""Keeps calls within the rate limit that the server's own headers report, so that refusals stay rare."""

from collections.abc import Mapping
from dataclasses import dataclass

from api_client.errors import RateLimited
from api_client.refusals import busy_text
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Link, Outgoing

_RESERVE = 0.1  # of the limit, which batch calls leave to people


@dataclass(frozen=True, slots=True)
class RateSnapshot:
    """The rate limit as last reported: tokens per window, tokens left, seconds until it refills."""

    limit: int
    remaining: int
    reset_s: float


class Throttle:
    """Holds a call back until the limit allows it, or fails at once when that would pass its deadline."""

    def __init__(self, inner: Link, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._limit = 0
        self._remaining = 0
        self._reset_at = 0.0
        self._in_flight = 0

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
        while (wait := self._wait_for(out)) > 0:
            if self._clock.monotonic() + wait >= out.deadline_at:
                raise _held_back(wait, out)
            await self._clock.sleep(wait)

    def _wait_for(self, out: Outgoing) -> float:
        wait = self._reset_at - self._clock.monotonic()
        if wait <= 0:
            return 0.0
        kept = self._limit * _RESERVE if out.options.is_batch else 0
        return wait if self._remaining - self._in_flight - out.cost < kept else 0.0

    def _learn(self, headers: Mapping[str, str]) -> None:
        limit, remaining = _count(headers, "ratelimit-limit"), _count(headers, "ratelimit-remaining")
        reset = _count(headers, "ratelimit-reset")
        if limit is None or remaining is None or reset is None:
            return
        self._limit, self._remaining = limit, remaining
        self._reset_at = self._clock.monotonic() + min(reset, 3600)


def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text[:9]) if text.isascii() and text.isdigit() else None


def _held_back(wait: float, out: Outgoing) -> RateLimited:
    error = RateLimited(busy_text(wait), status=429, detail=f"{out.where} held back for {wait:.1f} s")
    error.retry_after = wait
    error.held_back = True
    return error
