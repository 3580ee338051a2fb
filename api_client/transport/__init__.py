"""The pipeline under every call, in order: retry, throttle, log, network."""

from typing import TYPE_CHECKING

from api_client.options import ClientOptions
from api_client.transport.clock import Clock, SystemClock
from api_client.transport.exchange import Answer, Link, Outgoing
from api_client.transport.retry import Retrier
from api_client.transport.throttle import RateSnapshot, Throttle
from api_client.transport.wire_log import WireLog

if TYPE_CHECKING:
    import httpx

__all__ = [
    "Answer",
    "Clock",
    "Link",
    "Outgoing",
    "RateSnapshot",
    "Retrier",
    "SystemClock",
    "Throttle",
    "build_transport",
]


def build_transport(
    options: ClientOptions, guest: "httpx.AsyncBaseTransport | None", clock: Clock
) -> Throttle:
    """Throttle over log over network, or over a guest transport; every attempt is paid for and logged.

    The network's library is loaded by the first call, so that importing and making a client stays cheap.
    """

    def open_end() -> Link:
        if guest is not None:
            from api_client.transport.guest import Guest  # noqa: PLC0415 - late on purpose

            return Guest(guest, options, clock)
        from api_client.transport.network import Network  # noqa: PLC0415 - late on purpose

        return Network(options, clock)

    return Throttle(WireLog(open_end, clock), clock)
