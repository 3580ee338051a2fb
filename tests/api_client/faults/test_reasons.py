"""The reason for a failure is told apart over any httpx transport: ours, and httpx's own."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from api_client import CallOptions, ClientOptions, Reason, SubscriberClient, Unreachable
from api_client.transport.network import Network
from tests.api_client.doubles import KEY
from tests.api_client.faults.behaviours import BEHAVIOURS
from tests.api_client.faults.server import FaultServer

Make = Callable[[ClientOptions], httpx.AsyncBaseTransport]


@pytest.fixture
async def server() -> AsyncIterator[FaultServer]:
    async with FaultServer(BEHAVIOURS) as running:
        yield running


@pytest.mark.parametrize(
    ("address", "reason", "was_sent"),
    [
        ("http://127.0.0.1:{free_port}", Reason.REFUSED, False),
        ("http://no-such-host.invalid", Reason.UNKNOWN_HOST, False),
        ("https://127.0.0.1:{tls_port}", Reason.CERTIFICATE, False),
        ("https://127.0.0.1:{plain_port}", Reason.TLS, False),
        ("http://127.0.0.1:{port}", Reason.DROPPED, True),
    ],
)
@pytest.mark.parametrize(
    "make", [Network, lambda _: httpx.AsyncHTTPTransport(trust_env=False)], ids=["ours", "httpx"]
)
async def test_reason(server: FaultServer, make: Make, address: str, reason: Reason, was_sent: bool) -> None:
    options = ClientOptions(KEY, address.format(**vars(server)) + "/hang-up~get")
    async with SubscriberClient(options, transport=make(options)) as client:
        with pytest.raises(Unreachable) as caught:
            await client.subscribers.get("ada", options=CallOptions(attempts=1))
    assert (caught.value.reason, caught.value.was_sent) == (reason, was_sent)


async def test_the_detail_names_the_cause_and_quotes_nothing(server: FaultServer) -> None:
    async with SubscriberClient(ClientOptions(KEY, f"http://127.0.0.1:{server.free_port}/secret")) as client:
        with pytest.raises(Unreachable) as caught:
            await client.subscribers.get("ada", options=CallOptions(attempts=1))
    assert caught.value.detail == "refused; ConnectError from ConnectionRefusedError"


async def test_the_network_keeps_the_sockets_own_word_as_cause(server: FaultServer) -> None:
    options = ClientOptions(KEY, f"https://127.0.0.1:{server.tls_port}")
    async with Network(options) as network:
        with pytest.raises(httpx.ConnectError) as caught:
            await network.handle_async_request(httpx.Request("GET", options.base_url))
    assert type(caught.value.__cause__).__name__ == "SSLCertVerificationError"
