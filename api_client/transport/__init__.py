"""The pipeline under every call, in order: retry, throttle, log, sender, and an httpx transport."""

from typing import TYPE_CHECKING

from api_client.options import ClientOptions
from api_client.transport.clock import Clock, SystemClock
from api_client.transport.exchange import Answer, Link, Observer, Outgoing
from api_client.transport.retry import Retrier
from api_client.transport.throttle import RateSnapshot, Throttle
from api_client.transport.wire_log import WireLog

if TYPE_CHECKING:
    import httpx

__all__ = [
    "Answer",
    "Clock",
    "Link",
    "Observer",
    "Outgoing",
    "RateSnapshot",
    "Retrier",
    "SystemClock",
    "Throttle",
    "build_transport",
]


def build_transport(
    options: ClientOptions,
    transport: "httpx.AsyncBaseTransport | None",
    clock: Clock,
    observer: Observer | None = None,
) -> Throttle:
    """Throttle over log over sender over `transport` or the network; each attempt is paid for and logged.

    httpx and the network's library are loaded by the first call, so that making a client stays cheap.
    """

    def open_end() -> Link:
        from api_client.transport.sender import Sender  # noqa: PLC0415 - late on purpose

        return Sender(transport or _network(options), options, clock)

    return Throttle(WireLog(open_end, clock, observer), clock)


def _network(options: ClientOptions) -> "httpx.AsyncBaseTransport":
    from api_client.transport.network import Network  # noqa: PLC0415 - late on purpose

    return Network(options)
