"""A server that fails on demand: the first part of the path names the cell, and the cell names the fault."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import unquote

from tests.api_client.faults.wire import Asked, read_request

Behave = Callable[[Asked, asyncio.StreamWriter], Awaitable[bool | None]]
_PEM = Path(__file__).with_name("selfsigned.pem")


class FaultServer:
    """Listens on loopback; `asked[cell]` keeps the requests of each cell. A behaviour that returns True keeps
    the connection open for the next request."""

    def __init__(self, behaviours: dict[str, Behave]) -> None:
        self._behaviours = behaviours
        self.asked: dict[str, list[Asked]] = {}
        self._servers: list[asyncio.Server] = []
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._nobody = socket.socket()
        self.port = self.tls_port = self.silent_port = self.plain_port = self.free_port = 0

    async def __aenter__(self) -> "FaultServer":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_PEM)
        self.port = await self._listen(self._serve)
        self.tls_port = await self._listen(self._serve, context)
        self.silent_port = await self._listen(self._stay_silent)
        self.plain_port = await self._listen(self._talk_plainly)
        self._nobody.bind(("127.0.0.1", 0))  # taken, so that nobody else comes to listen there
        self.free_port = self._nobody.getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._nobody.close()
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # lets the aborted transports close their sockets

    async def left(self, within_s: float = 60) -> bool:
        """Whether all who called have hung up; waits for them a little."""
        _, here = await asyncio.wait(self._tasks, timeout=within_s)
        return not here

    async def _listen(self, serve: Callable[..., Awaitable[None]], tls: ssl.SSLContext | None = None) -> int:
        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._writers.append(writer)
            self._tasks.add(asyncio.ensure_future(serve(reader, writer)))

        server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls, backlog=1000)
        self._servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (request := await read_request(reader)) is not None:
                method, target, headers, body = request
                cell = unquote(target.split("/")[1])
                fault, operation = cell.split("~")
                seen = self.asked.setdefault(cell, [])
                asked = Asked(operation, len(seen) + 1, method, target, headers, body)
                seen.append(asked)
                if not await self._behaviours[fault](asked, writer):
                    break
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _talk_plainly(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    async def _stay_silent(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
        writer.close()
