"""The token bucket of the service, and the headers that report its state."""

import math
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

from .problems import Problem

Plan = Literal["off", "free", "pro", "business"]
WINDOW_S = 5
RATES = {
    "configuration": {"free": 20, "pro": 80, "business": 200},
    "global": {"free": 30, "pro": 120, "business": 300},
    "trigger": {"free": 60, "pro": 240, "business": 600},
}
COSTS = {"single": 1, "bulk": 100}


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at_ms: int


@dataclass(slots=True)
class RateLimits:
    """One bucket per environment and category, a tenth deeper than the limit, refilled continuously."""

    plan: Plan
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict[tuple[str, str], _Bucket])
    _lock: Lock = field(default_factory=Lock)

    def pay(self, environment_id: str, *, category: str, cost: str, ms: int) -> dict[str, str]:
        """Takes the cost of a call and returns the headers of its answer.

        Raises the 429 problem, with the same headers and `Retry-After`, when the bucket holds too little.
        """
        if self.plan == "off":
            return {}
        rate = RATES[category][self.plan]
        limit, depth, price = rate * WINDOW_S, math.floor(rate * WINDOW_S * 1.1), COSTS[cost]
        with self._lock:
            bucket = self._buckets.setdefault((environment_id, category), _Bucket(depth, ms))
            bucket.tokens = min(depth, bucket.tokens + (ms - bucket.at_ms) * rate / 1000)
            bucket.at_ms = ms
            enough = bucket.tokens >= price
            bucket.tokens -= price if enough else 0
            left = bucket.tokens
        headers = {
            "ratelimit-remaining": str(math.floor(left)),
            "ratelimit-limit": str(limit),
            "ratelimit-reset": str(0 if left >= price else math.ceil((price - left) / rate)),
            "ratelimit-policy": f'{limit};w={WINDOW_S};burst={depth};comment="token bucket";'
            f'category="{category}";cost="{cost}";serviceLevel="{self.plan}"',
        }
        if not enough:
            wait = str(max(1, math.ceil((price - left) / rate)))
            raise Problem(429, "API rate limit exceeded", ctx={}, headers=headers | {"retry-after": wait})
        return headers
