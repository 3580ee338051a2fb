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
    """Throttle over log over network, or over a guest transport; every attempt is paid for and logged."""
    return Throttle(WireLog(_Late(options, guest), clock), clock)


class _Late:
    """Loads the network's library on the first send: importing a client stays cheap."""

    def __init__(self, options: ClientOptions, guest: "httpx.AsyncBaseTransport | None") -> None:
        self._options = options
        self._guest = guest
        self._end: Link | None = None

    async def send(self, out: Outgoing) -> Answer:
        if self._end is None:
            self._end = self._load()
        return await self._end.send(out)

    async def aclose(self) -> None:
        if self._end is not None:
            await self._end.aclose()
        elif self._guest is not None:
            await self._guest.aclose()

    def _load(self) -> Link:
        if self._guest is not None:
            from api_client.transport.guest import Guest  # noqa: PLC0415 - late on purpose

            return Guest(self._guest, self._options)
        from api_client.transport.network import Network  # noqa: PLC0415 - late on purpose

        return Network(self._options)
