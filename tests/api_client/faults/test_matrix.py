"""The fault matrix: every fault against every kind of call, on real sockets, all cells at once."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any

import pytest

from api_client import (
    ApiError,
    CallOptions,
    ClientOptions,
    NewSubscriber,
    OutcomeUnknown,
    SubscriberClient,
    SubscriberPatch,
)
from tests.api_client.doubles import FakeClock
from tests.api_client.faults.behaviours import BEHAVIOURS
from tests.api_client.faults.expectations import CELLS, FAULTS, Fault
from tests.api_client.faults.server import FaultServer
from tests.api_client.faults.wire import Asked

pytestmark = pytest.mark.slow

KEY = "sk-matrix-5d0f7a"
TOKEN = "token-very-secret-81"
PERSON = "ada@example.org"
DEADLINE_S = 4.0
OPTIONS = CallOptions(attempts=3, deadline=DEADLINE_S)


class _SkippingClock(FakeClock):
    """Real time in which waits take no time but still count towards the deadline."""

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.slept)


@dataclass
class Ending:
    """What one cell came to."""

    result: Any = None
    error: ApiError | None = None
    attempts: int = 0
    elapsed_s: float = 0.0
    asked: tuple[Asked, ...] = ()
    log: str = ""


async def _operate(client: SubscriberClient, operation: str) -> Any:
    people = client.subscribers
    person = SubscriberPatch(email=PERSON, data={"token": TOKEN})
    match operation:
        case "list":
            return [row async for row in people.search_all(max_items=50, page_size=2, options=OPTIONS)]
        case "get":
            return await people.get("sub-01", options=OPTIONS)
        case "create":
            return await people.create(NewSubscriber(subscriber_id="s", email=PERSON), options=OPTIONS)
        case "patch":
            return await people.patch("sub-01", person, options=OPTIONS)
        case "delete":
            return await people.delete("sub-01", options=OPTIONS)
        case _:
            return await people.create_bulk([NewSubscriber(subscriber_id="s", email=PERSON)], options=OPTIONS)


async def _run(server: FaultServer, fault: Fault, operation: str) -> Ending:
    cell = f"{fault.name}~{operation}"
    host = f"127.0.0.1:{getattr(server, fault.where)}" if fault.where else "no-such-host.invalid"
    options = ClientOptions(
        KEY,
        f"{fault.scheme}://{host}/{cell}",
        timeouts=fault.timeouts,
        max_answer_bytes=1_000_000,
    )
    ending = Ending()
    async with SubscriberClient(options, clock=_SkippingClock()) as client:
        begun = time.monotonic()
        try:
            ending.result = await _operate(client, operation)
        except ApiError as error:
            ending.error = error
            ending.attempts = error.attempts
        ending.elapsed_s = time.monotonic() - begun
    ending.asked = tuple(server.asked.get(cell, ()))
    return ending


async def _run_all() -> dict[str, Ending]:
    async with FaultServer(BEHAVIOURS) as server:
        endings: dict[str, Ending] = {}
        gate = asyncio.Semaphore(60)  # enough to overlap the waiting, few enough not to starve the machine

        async def one(fault: Fault, operation: str) -> None:
            async with gate:
                endings[f"{fault.name}~{operation}"] = await _run(server, fault, operation)

        await asyncio.gather(*(one(fault, operation) for fault, operation in CELLS))
        return endings


@pytest.fixture(scope="module")
def endings() -> dict[str, Ending]:
    """All cells, run once; the log of all of them hangs on each."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("api_client")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        found = asyncio.run(_run_all())
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    log = "\n".join(lines)
    for ending in found.values():
        ending.log = log
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("operation", ["list", "get", "create", "patch", "delete", "bulk"])
def test_cell(fault: Fault, operation: str, endings: dict[str, Ending]) -> None:
    ending, expected = endings[f"{fault.name}~{operation}"], fault.expected(operation)
    assert type(ending.error) is (expected.error or type(None)), ending.error
    if isinstance(ending.error, OutcomeUnknown):
        assert type(ending.error.cause) is expected.cause, ending.error
    assert expected.words in (ending.error.user_text if ending.error else "")
    assert ending.elapsed_s < DEADLINE_S + 1
    if ending.asked:  # else nothing got as far as the server
        assert len(ending.asked) == expected.attempts
    if ending.error and not fault.special:
        assert ending.attempts == expected.attempts


@pytest.mark.parametrize("operation", ["create", "patch", "bulk"])
def test_all_attempts_of_one_gesture_carry_one_key_and_one_body(
    operation: str, endings: dict[str, Ending]
) -> None:
    asked = endings[f"503~{operation}"].asked
    assert len({one.headers["idempotency-key"] for one in asked}) == 1
    assert len({one.body for one in asked}) == 1


def test_no_secret_and_no_body_is_told_to_anyone(endings: dict[str, Ending]) -> None:
    told = [endings["503~get"].log]
    for ending in endings.values():
        if ending.error:
            told += [ending.error.user_text, ending.error.detail, str(ending.error), repr(ending.error)]
    assert len(told) > 500
    for secret in (KEY, TOKEN, PERSON):
        assert not [text for text in told if secret in text]


def test_a_strange_row_is_shown_beside_the_good_ones(endings: dict[str, Ending]) -> None:
    strange, good = endings["wrong-types~list"].result
    assert set(strange.unreadable) == {"isOnline", "createdAt"}
    assert good.unreadable == ()


def test_a_row_that_two_pages_hold_is_delivered_once(endings: dict[str, Ending]) -> None:
    assert [row.id for row in endings["duplicates~list"].result] == ["6a", "6b", "6c"]


def test_the_matrix_is_whole() -> None:
    assert len(CELLS) >= 258
