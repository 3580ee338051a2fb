"""Any httpx transport in the network's place: the embedded API in this process, or a test's."""

import asyncio

import httpx

from api_client.errors import Reason, TimedOut, Unreachable
from api_client.options import ClientOptions
from api_client.transport.body import Body
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Outgoing


class Guest:
    """Sends through `transport`, which it closes when it is closed itself."""

    def __init__(self, transport: httpx.AsyncBaseTransport, options: ClientOptions, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._limit = options.max_answer_bytes
        waits = options.timeouts
        self._timeouts = {
            "connect": waits.connect,
            "read": waits.read,
            "write": waits.read,
            "pool": waits.pool,
        }

    async def send(self, out: Outgoing) -> Answer:
        request = httpx.Request(
            out.method,
            out.url,
            headers=dict(out.headers),
            content=out.body,
            extensions={"timeout": self._timeouts},
        )
        try:
            async with asyncio.timeout(out.deadline_at - self._clock.monotonic()):
                return await self._exchange(request)
        except TimeoutError:
            raise TimedOut(Reason.READ_TIMEOUT, detail="deadline") from None
        except httpx.TransportError as failure:
            raise _unreachable(failure) from None

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def _exchange(self, request: httpx.Request) -> Answer:
        response = await self._transport.handle_async_request(request)
        try:
            body = Body(response.headers.get("content-encoding", ""), self._limit)
            if response.is_stream_consumed:  # a mock's ready-made answer is decoded already
                return Answer(response.status_code, response.headers, response.content)
            async for piece in response.aiter_raw():
                body.add(piece)
            return Answer(response.status_code, response.headers, body.whole())
        finally:
            await response.aclose()


def _unreachable(failure: httpx.TransportError) -> Unreachable:
    detail = type(failure).__name__
    if isinstance(failure, httpx.ConnectTimeout):
        return TimedOut(Reason.CONNECT_TIMEOUT, detail=detail)
    if isinstance(failure, httpx.PoolTimeout):
        return Unreachable(Reason.BUSY, detail=detail)
    if isinstance(failure, httpx.TimeoutException):
        return TimedOut(Reason.READ_TIMEOUT, detail=detail)
    if isinstance(failure, httpx.ConnectError):
        return Unreachable(Reason.REFUSED, detail=detail)
    return Unreachable(Reason.DROPPED, detail=detail)
