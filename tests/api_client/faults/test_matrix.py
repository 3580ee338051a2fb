"""The fault matrix: every fault against every kind of call, on real sockets, all cells at once."""

import asyncio
import logging
import time
import traceback
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
SECRETS = (KEY, TOKEN, PERSON)


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
    told: str = ""


async def _operate(client: SubscriberClient, operation: str, options: CallOptions) -> Any:
    people = client.subscribers
    person = SubscriberPatch(email=PERSON, data={"token": TOKEN})
    match operation:
        case "list":
            return [row async for row in people.search_all(max_items=50, page_size=2, options=options)]
        case "get":
            return await people.get("sub-01", options=options)
        case "create":
            return await people.create(NewSubscriber(subscriber_id="s", email=PERSON), options=options)
        case "patch":
            return await people.patch("sub-01", person, options=options)
        case "delete":
            return await people.delete("sub-01", options=options)
        case _:
            return await people.create_bulk([NewSubscriber(subscriber_id="s", email=PERSON)], options=options)


async def _run(server: FaultServer, fault: Fault, operation: str) -> Ending:
    cell = f"{fault.name}~{operation}"
    host = f"127.0.0.1:{getattr(server, fault.where)}" if fault.where else "no-such-host.invalid"
    options = ClientOptions(
        KEY,
        f"{fault.scheme}://{host}/{cell}",
        timeouts=fault.timeouts,
        max_connections=fault.connections,
        max_answer_bytes=1_000_000,
    )
    ending = Ending()
    async with SubscriberClient(options, clock=_SkippingClock()) as client:
        begun = time.monotonic()
        try:
            call_options = CallOptions(attempts=3, deadline=fault.deadline_s)
            ending.result = await _operate(client, operation, call_options)
        except ApiError as error:
            ending.error = error
            ending.attempts = error.attempts
        ending.elapsed_s = time.monotonic() - begun
        ending.told = repr(client) + _told(ending.error)
    ending.asked = tuple(server.asked.get(cell, ()))
    return ending


def _told(error: ApiError | None) -> str:
    """All that a person or a log may come to see of an error."""
    if error is None:
        return ""
    causes = _told(error.cause) if isinstance(error, OutcomeUnknown) else ""
    trace = "".join(traceback.format_exception(error))
    return "\n".join(
        [error.user_text, error.detail, str(error), repr(error), repr(error.args), trace, causes]
    )


async def _run_all() -> dict[str, Ending]:
    async with FaultServer(BEHAVIOURS) as server:
        endings: dict[str, Ending] = {}
        gate = asyncio.Semaphore(20)  # enough to overlap the waiting, few enough not to starve the machine

        async def one(fault: Fault, operation: str) -> None:
            async with gate:
                endings[f"{fault.name}~{operation}"] = await _run(server, fault, operation)

        await asyncio.gather(*(one(fault, operation) for fault, operation in CELLS))
        return endings


@pytest.fixture(scope="module")
def run() -> tuple[dict[str, Ending], str]:
    """All cells, run once, and what was logged meanwhile."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("api_client")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        return asyncio.run(_run_all()), "\n".join(lines)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)


@pytest.fixture
def endings(run: tuple[dict[str, Ending], str]) -> dict[str, Ending]:
    return run[0]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("operation", ["list", "get", "create", "patch", "delete", "bulk"])
def test_cell(fault: Fault, operation: str, endings: dict[str, Ending]) -> None:
    ending, expected = endings[f"{fault.name}~{operation}"], fault.expected(operation)
    assert type(ending.error) is (expected.error or type(None)), ending.error
    if isinstance(ending.error, OutcomeUnknown):
        assert type(ending.error.cause) is expected.cause, ending.error
    assert expected.words in (ending.error.user_text if ending.error else "")
    assert ending.elapsed_s < fault.deadline_s + 5
    if ending.asked:  # else nothing got as far as the server
        assert len(ending.asked) == expected.attempts
    if ending.error and not fault.special:
        assert ending.attempts == expected.attempts
    assert not [secret for secret in SECRETS if secret in ending.told]


@pytest.mark.parametrize("operation", ["create", "patch", "bulk"])
def test_all_attempts_of_one_gesture_carry_one_key_and_one_body(
    operation: str, endings: dict[str, Ending]
) -> None:
    asked = endings[f"503~{operation}"].asked
    assert len({one.headers["idempotency-key"] for one in asked}) == 1
    assert len({one.body for one in asked}) == 1


def test_no_secret_and_no_body_is_logged(run: tuple[dict[str, Ending], str]) -> None:
    log = run[1]
    assert log.count("\n") > 400
    assert not [secret for secret in SECRETS if secret in log]


def test_a_strange_row_is_shown_beside_the_good_ones(endings: dict[str, Ending]) -> None:
    strange, good = endings["wrong-types~list"].result
    assert set(strange.unreadable) == {"isOnline", "createdAt"}
    assert good.unreadable == ()


def test_a_row_that_two_pages_hold_is_delivered_once(endings: dict[str, Ending]) -> None:
    assert [row.id for row in endings["duplicates~list"].result] == ["6a", "6b", "6c"]


def test_the_matrix_is_whole() -> None:
    assert len(CELLS) >= 258
