"""Sends one httpx request through the given transport, within the call's deadline."""

import asyncio
from typing import cast

import httpx

from api_client.errors import BadArgument, Reason, TimedOut, Unreachable
from api_client.options import ClientOptions
from api_client.transport.body import Body
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Outgoing
from api_client.transport.failures import unreachable


class Sender:
    """Sends through `transport`, a limited number of requests at once; closing it closes the transport."""

    def __init__(self, transport: httpx.AsyncBaseTransport, options: ClientOptions, clock: Clock) -> None:
        self._transport = transport
        self._clock = clock
        self._limit = options.max_answer_bytes
        self._places = asyncio.Semaphore(options.max_connections)
        self._waits = waits = options.timeouts
        timeouts = {"connect": waits.connect, "read": waits.read, "write": waits.read, "pool": waits.pool}
        self._extensions = {"timeout": timeouts}

    async def send(self, out: Outgoing) -> Answer:
        request = self._request(out)
        await self._take_place(out)
        try:
            async with asyncio.timeout(self._left(out)):
                return await self._exchange(request)
        except TimeoutError:
            raise TimedOut(Reason.READ_TIMEOUT, detail="deadline") from None
        except httpx.TransportError as failure:
            raise unreachable(failure) from None
        finally:
            self._places.release()

    async def aclose(self) -> None:
        await self._transport.aclose()

    def _left(self, out: Outgoing) -> float:
        return out.deadline_at - self._clock.monotonic()

    def _request(self, out: Outgoing) -> httpx.Request:
        try:
            return httpx.Request(
                out.method, out.url, headers=out.headers, content=out.body, extensions=self._extensions
            )
        except UnicodeError:  # a host name with letters that no host name may have
            raise Unreachable(Reason.UNKNOWN_HOST) from None
        except httpx.InvalidURL:
            raise BadArgument("This is more than an address can hold.", detail=out.where) from None

    async def _take_place(self, out: Outgoing) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(min(self._waits.pool, self._left(out))):
                await self._places.acquire()
        except TimeoutError:
            raise Unreachable(Reason.BUSY) from None

    async def _exchange(self, request: httpx.Request) -> Answer:
        response = await self._transport.handle_async_request(request)
        stream = cast("httpx.AsyncByteStream", response.stream)
        try:
            body = Body(response.headers.get("content-encoding", ""), self._limit)
            async for piece in stream:
                body.add(piece)
            return Answer(response.status_code, response.headers, body.whole())
        finally:
            await stream.aclose()
