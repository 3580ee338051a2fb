"""The client keeps within the rate limit that the server tells, so that refusals stay rare."""

import asyncio
import itertools

import httpx
import pytest

from api_client import BATCH, NewSubscriber, RateLimited
from tests.api_client.doubles import FakeClock, Script, answer, client_over
from tests.api_client.faults.wire import good

ROWS = [NewSubscriber(subscriber_id="a")]


def _told(remaining: int, reset: int = 5, operation: str = "get", limit: str = "100") -> httpx.Response:
    headers = {"ratelimit_limit": limit, "ratelimit_remaining": str(remaining), "ratelimit_reset": str(reset)}
    return answer(200, good(operation), **headers)


async def test_nothing_is_known_before_the_first_answer() -> None:
    assert client_over(Script()).budget() is None


async def test_the_gauge_shows_what_the_server_told() -> None:
    client = client_over(Script(_told(42)))
    await client.subscribers.get("ada")
    budget = client.budget()
    assert budget is not None
    assert (budget.limit, budget.remaining, budget.reset_s) == (100, 42, 5.0)


async def test_a_bulk_call_waits_until_its_hundred_tokens_are_there() -> None:
    clock = FakeClock()
    client = client_over(Script(_told(10, operation="bulk"), _told(10, operation="bulk")), clock)
    await client.subscribers.create_bulk(ROWS)
    await client.subscribers.create_bulk(ROWS)
    assert clock.slept == [5.0]


async def test_single_calls_pass_while_a_bulk_call_would_have_to_wait() -> None:
    clock = FakeClock()
    client = client_over(Script(_told(20), _told(19)), clock)
    await client.subscribers.get("ada")
    await client.subscribers.get("ada")
    assert clock.slept == []


async def test_batch_work_leaves_a_tenth_to_people() -> None:
    clock = FakeClock()
    client = client_over(Script(_told(10), _told(9), _told(8)), clock)
    await client.subscribers.get("ada")
    await client.subscribers.get("ada")
    assert clock.slept == []
    await client.subscribers.get("ada", options=BATCH)
    assert clock.slept == [5.0]


async def test_a_wait_past_the_deadline_is_told_at_once() -> None:
    client = client_over(Script(_told(0, reset=600)))
    await client.subscribers.get("ada")
    with pytest.raises(RateLimited) as caught:
        await client.subscribers.get("ada")
    assert caught.value.held_back
    assert caught.value.retry_after == 600
    assert "600 s" in caught.value.user_text


@pytest.mark.parametrize("limit", ["", "many", "-1", "1e9"])
async def test_headers_that_make_no_sense_hold_nobody_back(limit: str) -> None:
    clock = FakeClock()
    client = client_over(Script(_told(0, limit=limit), _told(0)), clock)
    await client.subscribers.get("ada")
    await client.subscribers.get("ada")
    assert clock.slept == []


POLICY = '100;w=5;burst=110;comment="token bucket";category="configuration";cost="single";serviceLevel="free"'


def _policed(remaining: int) -> httpx.Response:
    """As `_told`, from a server that reports its policy: twenty tokens a second."""
    told = _told(remaining, reset=1)
    told.headers["ratelimit-policy"] = POLICY
    return told


async def test_a_call_waits_no_longer_than_its_token_takes_to_come_in() -> None:
    clock = FakeClock()
    client = client_over(Script(_policed(0), _policed(0)), clock)
    await client.subscribers.get("ada")
    await client.subscribers.get("ada")
    assert clock.slept == [0.05]


class _Stopped(FakeClock):
    """Whoever sleeps waits until `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        await self.go.wait()
        self.at += seconds


async def test_batch_calls_queue_for_tokens_and_people_do_not_wait_behind_them() -> None:
    """All at once, they would be refused together, again and again."""
    clock = _Stopped()
    client = client_over(Script(*[_policed(0)] * 5), clock)
    await client.subscribers.get("ada")
    batch = [asyncio.ensure_future(client.subscribers.get("ada", options=BATCH)) for _ in range(3)]
    person = asyncio.ensure_future(client.subscribers.get("ada"))
    await asyncio.sleep(0)
    assert clock.slept == [0.55, 0.6, 0.65, 0.05]
    clock.go.set()
    await asyncio.gather(*batch, person)


async def test_a_bulk_call_that_costs_more_than_the_limit_is_let_through_when_all_of_it_is_there() -> None:
    small = _told(0, operation="bulk", limit="50")
    small.headers["ratelimit-policy"] = POLICY.replace("100;w=5;burst=110", "50;w=5;burst=50")
    clock = FakeClock()
    client = client_over(Script(small, small), clock)
    await client.subscribers.create_bulk(ROWS)
    await client.subscribers.create_bulk(ROWS)
    assert clock.slept == [5.0]


async def test_refusals_by_the_rate_limit_use_up_no_retries() -> None:
    """It is a server that is down which calls must not flood."""
    turn = itertools.cycle([answer(429, retry_after="1"), answer(body=good("get"))])
    client = client_over(httpx.MockTransport(lambda _: next(turn)))
    assert len([await client.subscribers.get("ada") for _ in range(60)]) == 60
