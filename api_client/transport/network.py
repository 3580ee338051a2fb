"""The real network: one aiohttp session, no environment, no redirects, failures told apart."""

import asyncio
import ssl

import aiohttp
from yarl import URL

from api_client.errors import Reason, TimedOut, Unreachable
from api_client.options import ClientOptions
from api_client.transport.body import Body
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Outgoing

# Node closes an idle connection after 5 s; leaving first avoids writing into a closing one.
_KEEP_ALIVE_S = 4.0
_READ_BUFFER = 262_144  # a page of 100 rows fits, so reading is not paused half-way


class Network:
    """Sends over sockets. The session is made on the first send, within the running loop."""

    def __init__(self, options: ClientOptions, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(options.max_connections)

    async def send(self, out: Outgoing) -> Answer:
        if self._session is None:
            self._session = self._open()
        await self._take_place()
        try:
            return await self._exchange(self._session, out)
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            raise unreachable(failure) from None
        finally:
            self._places.release()

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        secure = self._options.base_url.startswith("https:")
        context = ssl.create_default_context(cafile=self._options.ca_file) if secure else True
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_S, ssl=context)
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            read_bufsize=_READ_BUFFER,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._options.timeouts.connect),
            trust_env=False,
        )
        # aiohttp sends a GET, PUT or DELETE a second time, unasked, when the connection drops.
        session._retry_connection = False  # pyright: ignore[reportPrivateUsage]
        return session

    async def _take_place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(self._options.timeouts.pool):
                await self._places.acquire()
        except TimeoutError:
            raise Unreachable(Reason.BUSY) from None

    async def _exchange(self, session: aiohttp.ClientSession, out: Outgoing) -> Answer:
        url = URL(out.url, encoded=True)
        async with (
            self._patience(out) as patience,
            session.request(
                out.method, url, headers=out.headers, data=out.body, allow_redirects=False
            ) as answer,
        ):
            body = Body(answer.headers.get("content-encoding", ""), self._options.max_answer_bytes)
            while piece := await answer.content.readany():
                body.add(piece)
                if not answer.content.at_eof():
                    self._renew(patience, out)
            return Answer(answer.status, answer.headers, body.whole())

    def _patience(self, out: Outgoing) -> asyncio.Timeout:
        """One timer up to the first byte; it ends with the call's deadline at the latest."""
        left = out.deadline_at - self._clock.monotonic()
        return asyncio.timeout(min(self._options.timeouts.read, left))

    def _renew(self, patience: asyncio.Timeout, out: Outgoing) -> None:
        """A piece has come: wait as long again for the next, within the deadline."""
        left = out.deadline_at - self._clock.monotonic()
        patience.reschedule(asyncio.get_running_loop().time() + min(self._options.timeouts.read, left))


def unreachable(failure: Exception) -> Unreachable:
    """The named reason for a failure of aiohttp or of a socket."""
    detail = type(failure).__name__
    for kinds, reason in _REASONS:
        if isinstance(failure, kinds):
            timed = reason in {Reason.CONNECT_TIMEOUT, Reason.READ_TIMEOUT}
            return TimedOut(reason, detail=detail) if timed else Unreachable(reason, detail=detail)
    return Unreachable(Reason.DROPPED, detail=detail)


# From the particular to the general: the first match counts.
_REASONS: tuple[tuple[tuple[type[Exception], ...], Reason], ...] = (
    ((aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError), Reason.CERTIFICATE),
    ((aiohttp.ClientConnectorSSLError, ssl.SSLError), Reason.TLS),
    ((aiohttp.ClientConnectorDNSError,), Reason.UNKNOWN_HOST),
    ((aiohttp.ClientConnectorError,), Reason.REFUSED),
    ((aiohttp.ConnectionTimeoutError,), Reason.CONNECT_TIMEOUT),
    ((TimeoutError,), Reason.READ_TIMEOUT),
    ((aiohttp.ClientResponseError,), Reason.NOT_HTTP),
    ((aiohttp.ClientError, OSError), Reason.DROPPED),
)
