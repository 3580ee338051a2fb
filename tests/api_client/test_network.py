"""The real network link: certificates, full pools, and leaving nothing open."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api_client import (
    ApiError,
    BadOption,
    CallOptions,
    ClientOptions,
    Reason,
    SubscriberClient,
    Timeouts,
    Unreachable,
)
from tests.api_client.doubles import KEY
from tests.api_client.faults import server as fault_server
from tests.api_client.faults.behaviours import BEHAVIOURS
from tests.api_client.faults.server import FaultServer
from tests.browser.servers import free_port

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


async def test_a_closed_client_opens_nothing_again(server: FaultServer) -> None:
    client = SubscriberClient(ClientOptions(KEY, f"http://127.0.0.1:{server.port}/extra-field~get"))
    await client.subscribers.get("ada")
    await client.aclose()
    with pytest.raises(Unreachable) as caught:
        await client.subscribers.get("ada")
    assert (caught.value.reason, caught.value.was_sent, caught.value.attempts) == (Reason.CLOSED, False, 1)


def test_a_second_event_loop_is_told_what_to_do() -> None:
    """What a script does that wraps each call in `asyncio.run`."""
    client = SubscriberClient(ClientOptions(KEY, f"http://127.0.0.1:{free_port()}"))
    once = CallOptions(attempts=1)

    async def first() -> None:
        with pytest.raises(Unreachable):
            await client.subscribers.get("ada", options=once)

    async def second() -> None:
        with pytest.raises(RuntimeError, match="within one asyncio"):
            await client.subscribers.get("ada", options=once)
        await client.aclose()

    asyncio.run(first())
    asyncio.run(second())


@pytest.mark.parametrize("content", [None, "no certificate"])
async def test_a_certificate_file_that_is_none_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    async with SubscriberClient(ClientOptions(KEY, "https://127.0.0.1:1", ca_file=str(path))) as client:
        with pytest.raises(BadOption, match="ca_file"):
            await client.subscribers.get("ada")


@pytest.mark.parametrize("name", ["xn--a", "xn--zzzzzzzz99"])
async def test_a_name_that_no_host_can_have_is_a_host_that_was_not_found(name: str) -> None:
    async with SubscriberClient(ClientOptions(KEY, f"http://{name}")) as client:
        with pytest.raises(Unreachable) as caught:
            await client.subscribers.get("ada", options=CallOptions(attempts=1))
    assert caught.value.reason is Reason.UNKNOWN_HOST
