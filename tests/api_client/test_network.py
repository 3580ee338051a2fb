"""The real network link: certificates, full pools, and leaving nothing open."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api_client import ApiError, CallOptions, ClientOptions, Reason, SubscriberClient, Timeouts, Unreachable
from tests.api_client.doubles import KEY
from tests.api_client.faults import server as fault_server
from tests.api_client.faults.behaviours import BEHAVIOURS
from tests.api_client.faults.server import FaultServer

PEM = Path(fault_server.__file__).with_name("selfsigned.pem")


@pytest.fixture
async def server() -> AsyncIterator[FaultServer]:
    async with FaultServer(BEHAVIOURS) as running:
        yield running


async def test_a_private_certificate_authority_can_be_trusted(server: FaultServer) -> None:
    address = f"https://127.0.0.1:{server.tls_port}/extra-field~get"
    async with SubscriberClient(ClientOptions(KEY, address, ca_file=str(PEM))) as client:
        assert (await client.subscribers.get("ada")).subscriber_id == "sub-01"


async def test_a_full_pool_says_busy_soon(server: FaultServer) -> None:
    address = f"http://127.0.0.1:{server.port}/read-timeout~get"
    waits = Timeouts(connect=60, read=60, pool=0.05)
    async with SubscriberClient(ClientOptions(KEY, address, timeouts=waits, max_connections=1)) as client:
        first = asyncio.ensure_future(client.subscribers.get("ada"))
        await asyncio.sleep(0)
        begun = time.monotonic()
        with pytest.raises(Unreachable) as caught:
            await client.subscribers.get("bob")
        assert caught.value.reason is Reason.BUSY
        assert time.monotonic() - begun < 20
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_given_up_calls_leave_the_pool_usable(server: FaultServer) -> None:
    hanging = f"http://127.0.0.1:{server.port}/read-timeout~get"
    async with SubscriberClient(ClientOptions(KEY, hanging, max_connections=2)) as client:
        for _ in range(6):
            call = asyncio.ensure_future(client.subscribers.get("ada"))
            await asyncio.sleep(0.01)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
        with pytest.raises(ApiError) as caught:
            await client.subscribers.get("ada", options=CallOptions(attempts=1, deadline=0.1))
        assert "in time" in caught.value.user_text  # it got its turn, and the server did not answer


async def test_the_environment_has_no_say(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment, or a netrc, must not see the key."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.free_port}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.free_port}")
    address = f"http://127.0.0.1:{server.port}/extra-field~get"
    async with SubscriberClient(ClientOptions(KEY, address)) as client:
        assert (await client.subscribers.get("ada")).subscriber_id == "sub-01"


async def test_closing_twice_or_unused_is_fine() -> None:
    client = SubscriberClient(ClientOptions(KEY))
    await client.aclose()
    await client.aclose()
