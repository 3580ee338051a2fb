"""The client keeps within the rate limit that the server tells, so that refusals stay rare."""

import pytest

from api_client import BATCH, NewSubscriber, RateLimited
from tests.api_client.doubles import FakeClock, Script, answer, client_over
from tests.api_client.faults.wire import good

ROWS = [NewSubscriber(subscriber_id="a")]


def _told(remaining: int, reset: int = 5, operation: str = "get", limit: str = "100"):
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
