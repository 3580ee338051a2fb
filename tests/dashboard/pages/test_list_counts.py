"""Unseen counts beside the rows never take what the rate limit leaves to people."""

from dataclasses import dataclass
from typing import Any, cast

import httpx
from nicegui.testing import User

from dashboard.components.people_table import PeopleTable
from tests import harness
from tests.api_client.doubles import FakeClock
from tests.patience import until

LIMIT, WINDOW_S = 100, 5.0
KEPT_FREE = 10
"""A tenth of the limit, for whoever waits at a screen."""


@dataclass
class Metered:
    """Counts for one person after the other, and the rate limit kept as a server keeps it."""

    time: FakeClock
    left: int
    ends: float
    asked: int = 0
    lowest: int = LIMIT

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.time.monotonic() >= self.ends:
            self.left, self.ends = LIMIT, self.time.monotonic() + WINDOW_S
        self.left -= 1
        self.asked += 1
        self.lowest = min(self.lowest, self.left)
        headers = {
            "RateLimit-Limit": str(LIMIT),
            "RateLimit-Remaining": str(self.left),
            "RateLimit-Reset": str(int(self.ends - self.time.monotonic())),
        }
        return httpx.Response(200, json={"data": {"count": 3}}, headers=headers)


def figures(user: User) -> list[Any]:
    return list(cast("Any", user.find(PeopleTable).elements.pop()).props["unseenStart"])


async def test_counts_wait_for_the_rate_limit_and_leave_people_their_part(operator: User) -> None:
    here = harness.current()
    metered = Metered(here.time, left=30, ends=here.time.monotonic() + WINDOW_S)
    here.network.answers["/notifications/unseen"] = metered
    await operator.open("/subscribers")
    await operator.should_see(PeopleTable)
    await until(lambda: all(figures(operator)))
    assert [one.text for one in figures(operator)] == ["3"] * 50
    assert metered.asked == 50, "each person once"
    assert metered.lowest >= KEPT_FREE
    assert here.time.slept, "twenty fit before the limit is renewed, fifty do not"
