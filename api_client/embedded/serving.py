"""Serves the embedded API on a port; what uvicorn itself refuses gets an answer in the service's shape."""

import socket
from contextlib import suppress
from datetime import UTC, datetime

import orjson
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .clock import to_ms, to_text
from .problems import nameless
from .service import LONGEST_TARGET

ENDING = b"connection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: %d\r\n\r\n"


class Protocol(HttpToolsProtocol):
    """Answers overlong addresses, and bytes that are not HTTP, as the service would."""

    url = b""  # until a request begins

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words, ours go out instead
        problem = nameless(400, "Bad Request")
        if len(self.url) > LONGEST_TARGET:
            problem = nameless(431, "Request Header Fields Too Large")
        shown = self.url[:LONGEST_TARGET].decode("latin-1")
        body = orjson.dumps(problem.body(path=shown, timestamp=to_text(to_ms(datetime.now(UTC)))))
        head = f"HTTP/1.1 {problem.status} {problem.message}\r\n".encode()
        self.transport.write(head + ENDING % len(body) + body)
        self.transport.close()


def bound(host: str, port: int) -> socket.socket:
    """A socket bound to this address; OSError when that cannot be done."""
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError:
        found.close()
        raise
    return found


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(app, http=Protocol, log_level="warning", access_log=False)
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has closed everything
        uvicorn.Server(config).run(sockets=[listening])
