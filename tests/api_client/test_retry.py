"""When a call is tried again, how long it waits, and when it stops."""

import asyncio
from typing import Any

import httpx
import pytest

from api_client import (
    BATCH,
    INTERACTIVE,
    ApiError,
    BadPayload,
    CallOptions,
    Conflict,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Reason,
    ServerFault,
    StillRunning,
    SubscriberPatch,
    TimedOut,
    Unreachable,
)
from api_client.transport.exchange import Outgoing
from api_client.transport.retry import Budget, is_worth_repeating, may_have_happened, pause
from tests.api_client.doubles import FakeClock, Script, answer, client_over
from tests.api_client.faults.wire import good


def _out(method: str, *, repeatable: bool = True, attempt: int = 1) -> Outgoing:
    out = Outgoing(method, "", {}, None, "", 1, repeatable, INTERACTIVE, 0.0)
    out.attempt = attempt
    return out


def _cut(is_cut_off: bool) -> BadPayload:
    error = BadPayload("")
    error.is_cut_off = is_cut_off
    return error


def _fault(status: int) -> ServerFault:
    return ServerFault("", status=status)


# error, read again?, repeat a harmless write?, repeat any write?, may a write have happened?
_RULES: list[tuple[ApiError, bool, bool, bool, bool]] = [
    (Unreachable(Reason.REFUSED), True, True, True, False),
    (TimedOut(Reason.CONNECT_TIMEOUT), True, True, True, False),
    (Unreachable(Reason.UNKNOWN_HOST), True, True, True, False),
    (Unreachable(Reason.CERTIFICATE), False, False, False, False),
    (Unreachable(Reason.TLS), False, False, False, False),
    (Unreachable(Reason.BUSY), False, False, False, False),
    (TimedOut(Reason.READ_TIMEOUT), True, False, False, True),
    (Unreachable(Reason.DROPPED), True, False, False, True),
    (Unreachable(Reason.NOT_HTTP), True, False, False, True),
    (_cut(True), True, False, False, True),
    (_cut(False), False, False, False, True),
    (RateLimited("", status=429), True, True, True, False),
    (StillRunning("", status=409), True, True, True, False),
    (Conflict("", status=409), False, False, False, False),
    (NotFound("", status=404), False, False, False, False),
    (_fault(408), True, True, False, True),
    (_fault(500), True, True, False, True),
    (_fault(502), True, True, False, True),
    (_fault(503), True, True, True, False),
    (_fault(504), True, True, False, True),
]


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: f"{type(rule[0]).__name__} {rule[0].detail}")
def test_the_rules_for_trying_again(rule: tuple[ApiError, bool, bool, bool, bool]) -> None:
    error, read, harmless, any_write, in_doubt = rule
    assert is_worth_repeating(error, _out("GET")) is read
    assert is_worth_repeating(error, _out("PATCH")) is harmless
    assert is_worth_repeating(error, _out("POST", repeatable=False)) is any_write
    assert may_have_happened(error, _out("POST")) is in_doubt
    assert may_have_happened(error, _out("GET")) is False


@pytest.mark.parametrize("reason", [Reason.UNKNOWN_HOST, Reason.NOT_HTTP])
def test_what_will_hardly_change_is_tried_once_more_only(reason: Reason) -> None:
    assert is_worth_repeating(Unreachable(reason), _out("GET", attempt=1))
    assert not is_worth_repeating(Unreachable(reason), _out("GET", attempt=2))


def test_waits_grow_stay_under_a_cap_and_are_spread() -> None:
    error = _fault(502)
    assert [pause(error, attempt, lambda: 1.0) for attempt in (1, 2, 3, 9)] == [0.2, 0.4, 0.8, 5.0]
    assert pause(error, 2, lambda: 0.25) == 0.1
    assert pause(RateLimited("", status=429), 1, lambda: 1.0) == 1.0


async def test_the_servers_own_wait_is_kept_to_the_second() -> None:
    clock = FakeClock()
    script = Script(answer(429, retry_after="7"), answer(body=good("get")))
    await client_over(script, clock).subscribers.get("ada")
    assert clock.slept == [7.0]


@pytest.mark.parametrize("status", [429, 503, 409])
async def test_a_wait_longer_than_the_deadline_is_told_instead_of_slept(status: int) -> None:
    clock = FakeClock()
    with pytest.raises(ApiError) as caught:
        await client_over(Script(answer(status, retry_after="86400")), clock).subscribers.get("ada")
    assert clock.slept == []
    assert getattr(caught.value, "retry_after", None) == 86400


async def test_all_attempts_together_stay_within_the_deadline() -> None:
    clock = FakeClock()
    answers = [answer(503, retry_after="6") for _ in range(3)]
    with pytest.raises(ServerFault) as caught:
        await client_over(Script(*answers), clock).subscribers.get("ada")
    assert (caught.value.attempts, clock.slept) == (3, [6.0, 6.0])
    short = CallOptions(deadline=5)
    with pytest.raises(ServerFault) as caught:
        await client_over(Script(answers[0]), clock).subscribers.get("ada", options=short)
    assert caught.value.attempts == 1


async def test_one_lost_attempt_leaves_the_whole_write_in_doubt() -> None:
    """Even when the next attempt is refused outright: the first may have been carried out."""
    script = Script(answer(502), answer(409, {"message": "exists"}))
    with pytest.raises(OutcomeUnknown) as caught:
        await client_over(script).subscribers.patch("ada", SubscriberPatch(email=None))
    assert isinstance(caught.value.cause, Conflict)
    assert caught.value.attempts == 2


async def test_a_write_that_never_left_is_reported_as_failed_not_as_unknown() -> None:
    script = Script(*[httpx.ConnectError("refused")] * 3)
    with pytest.raises(Unreachable) as caught:
        await client_over(script).subscribers.patch("ada", SubscriberPatch())
    assert (caught.value.was_sent, caught.value.attempts) == (False, 3)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (httpx.ConnectTimeout(""), Reason.CONNECT_TIMEOUT),
        (httpx.PoolTimeout(""), Reason.BUSY),
        (httpx.ReadTimeout(""), Reason.READ_TIMEOUT),
        (httpx.ConnectError(""), Reason.REFUSED),
        (httpx.RemoteProtocolError(""), Reason.DROPPED),
    ],
)
async def test_a_guest_transports_failures_are_told_apart(failure: Exception, reason: Reason) -> None:
    with pytest.raises(Unreachable) as caught:
        await client_over(Script(failure)).subscribers.get("ada", options=CallOptions(attempts=1))
    assert caught.value.reason is reason


async def test_a_server_that_is_down_is_not_flooded() -> None:
    sent = 0

    def refuse(_: httpx.Request) -> httpx.Response:
        nonlocal sent
        sent += 1
        return answer(503)

    client = client_over(httpx.MockTransport(refuse))

    async def fifty() -> int:
        before = sent
        await asyncio.gather(*(client.subscribers.get("a") for _ in range(50)), return_exceptions=True)
        return sent - before

    assert await fifty() <= 150
    assert await fifty() <= 55  # the retry budget is used up: 1.1 requests a call


def test_the_retry_budget_is_earned_back_one_success_at_a_time() -> None:
    budget = Budget(20, cost=10)
    assert [budget.spend() for _ in range(3)] == [True, True, False]
    for _ in range(10):
        budget.earn()
    assert budget.spend()


async def test_a_read_survives_a_dropped_connection_unnoticed() -> None:
    script = Script(httpx.ReadError(""), answer(body=good("get")))
    assert (await client_over(script).subscribers.get("ada")).subscriber_id == "sub-01"


async def test_a_caller_that_gives_up_is_let_go() -> None:
    async def never(_: httpx.Request) -> Any:
        await asyncio.Event().wait()

    call = asyncio.ensure_future(
        client_over(httpx.MockTransport(never)).subscribers.get("ada", options=BATCH)
    )
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
