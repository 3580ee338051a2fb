"""After hundreds of calls, many of them failed, nothing is left: no task, no connection, no taken place."""

import asyncio
import random
from collections import Counter

from api_client import ApiError, CallOptions, ClientOptions, SubscriberClient, SubscriberPatch
from tests.api_client.doubles import KEY
from tests.api_client.faults.behaviours import BEHAVIOURS
from tests.api_client.faults.server import FaultServer
from tests.api_client.faults.wire import Asked

CALLS = 400
AT_ONCE = 20
FAULTS = ("reset", "hang-up", "short-body", "truncated-json", "502", "503", "stale", "not-http", "gzip-bomb")


def _mostly_well(seed: int, is_over: asyncio.Event) -> FaultServer:
    """One call in five meets a fault, drawn anew for each, until it is over."""
    draw = random.Random(seed)

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> bool | None:
        fault = draw.choice(FAULTS) if draw.random() < 0.2 and not is_over.is_set() else "extra-field"
        return await BEHAVIOURS[fault](asked, writer)

    return FaultServer({"any": behave})


async def test_hundreds_of_troubled_calls_leave_nothing_behind() -> None:
    endings, is_over = Counter[str](), asyncio.Event()
    async with _mostly_well(7, is_over) as server:
        address = f"http://127.0.0.1:{server.port}/any~get"
        before = asyncio.all_tasks()
        async with SubscriberClient(ClientOptions(KEY, address, max_connections=AT_ONCE)) as client:

            async def call(number: int) -> None:
                options = CallOptions(attempts=1, deadline=120)
                try:
                    if number % 2:
                        await client.subscribers.get("ada", options=options)
                    else:
                        await client.subscribers.patch("ada", SubscriberPatch(), options=options)
                except ApiError as error:
                    endings[type(error).__name__] += 1
                else:
                    endings["fine"] += 1

            for start in range(0, CALLS, AT_ONCE):
                await asyncio.gather(*(call(number) for number in range(start, start + AT_ONCE)))
            is_over.set()
            await client.subscribers.get("ada")  # all places are free again
        assert await server.left()
        assert asyncio.all_tasks() == before
    assert endings.total() == CALLS
    assert {"fine", "OutcomeUnknown", "Unreachable", "ServerFault", "BadPayload"} <= set(endings)
    assert endings["fine"] > CALLS / 2
