"""The real network as an httpx transport: one aiohttp session, no environment, no redirects."""

import asyncio
import ssl
from typing import Self

import aiohttp
import httpx
from yarl import URL

from api_client.options import BadOption, ClientOptions
from api_client.transport.failures import NotHttp

# Node closes an idle connection after 5 s; leaving first avoids writing into a closing one.
_KEEP_ALIVE_S = 4.0
_READ_BUFFER = 262_144  # a page of 100 rows fits, so reading is not paused half-way
_FAILURES = (TimeoutError, aiohttp.ClientError, OSError)


class Network(httpx.AsyncBaseTransport):
    """Sends over sockets and waits as long as the options allow, to connect and for each piece of an answer.

    The number of connections is not limited here. The session is made on the first request, within the
    running loop, and serves no other. Failures are httpx's, raised from what the socket said.
    """

    def __init__(self, options: ClientOptions) -> None:
        self._options = options
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._session is None:
            self._session, self._loop = self._open(), asyncio.get_running_loop()
        if self._loop is not asyncio.get_running_loop():
            raise RuntimeError("A client serves one event loop: make all its calls within one asyncio.run().")
        headers = [(name.decode("ascii"), text.decode()) for name, text in request.headers.raw]
        try:
            answer = await self._session.request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=headers,
                data=await request.aread() or None,
                allow_redirects=False,
            )
        except _FAILURES as failure:
            raise _as_httpx(failure) from _cause(failure)
        return httpx.Response(answer.status, headers=answer.raw_headers, stream=_Incoming(answer))

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        context = _trust(self._options.ca_file) if self._options.base_url.startswith("https:") else True
        waits = self._options.timeouts
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_S, ssl=context),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            read_bufsize=_READ_BUFFER,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=waits.connect, sock_read=waits.read),
            trust_env=False,
        )
        # aiohttp sends a GET, PUT or DELETE a second time, unasked, when the connection drops.
        session._retry_connection = False  # pyright: ignore[reportPrivateUsage]
        return session


class _Incoming(httpx.AsyncByteStream):
    """An answer's body as it arrives, still encoded. Closing it early drops the connection."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await self._answer.content.readany()
        except _FAILURES as failure:
            raise _as_httpx(failure) from _cause(failure)
        if not piece:
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        self._answer.release()
        await self._answer.wait_for_close()


def _trust(ca_file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError:
        raise BadOption("The file `ca_file` is missing, or holds no certificate.") from None


def _as_httpx(failure: Exception) -> httpx.TransportError:
    name = type(failure).__name__
    return next((make(name) for kind, make in _HTTPX if isinstance(failure, kind)), httpx.ReadError(name))


def _cause(failure: Exception) -> BaseException:
    """The socket's own error rather than aiohttp's wrapper."""
    if isinstance(failure, aiohttp.ClientConnectorCertificateError):
        return failure.certificate_error
    return failure.os_error if isinstance(failure, aiohttp.ClientConnectorError) else failure


# The first match counts; anything else cut the answer short.
_HTTPX: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ClientConnectorCertificateError, httpx.ConnectError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (ssl.SSLError, httpx.ConnectError),
    (aiohttp.InvalidURL, httpx.ConnectError),
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (TimeoutError, httpx.ReadTimeout),
    (aiohttp.ClientResponseError, NotHttp),
)
