"""How much a request may carry: the server itself counts, for a browser's own limit binds nobody."""

import re
from contextlib import suppress

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOAD_BYTES = 20 * 1024 * 1024 + 64 * 1024  # a file of 20 MiB, and what a form writes around it
FORM_BYTES = 64 * 1024
SOCKET_BYTES = 1_000_000  # one message by long polling, as NiceGUI's socket allows
_UPLOAD = re.compile(r"/_nicegui/client/[^/]+/upload/[^/]+")


class _TooLarge(Exception):
    """More came than is allowed; stops whoever reads the body."""


class BodyLimit:
    """Answers 413: at once where the length is told, else as soon as it is passed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = limit_of(scope["path"])
        if _told_length(scope) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        body = _Counted(receive, send, limit)
        with suppress(_TooLarge):
            await self.app(scope, body.receive, body.send)
        if body.is_over and not body.has_begun_to_answer:
            await _too_large(limit)(scope, receive, send)


class _Counted:
    """A request whose body is counted as it comes."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._left = receive, send, limit
        self.has_begun_to_answer = False
        self.is_over = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.is_over = True
            raise _TooLarge
        return message

    async def send(self, message: Message) -> None:
        """What is said about a body that was cut off (some framework's 500) is not what went wrong."""
        if self.is_over and not self.has_begun_to_answer:
            return
        self.has_begun_to_answer = True
        await self._send(message)


def limit_of(path: str) -> int:
    """The largest body that a request to `path` may have, in bytes."""
    if _UPLOAD.fullmatch(path):
        return UPLOAD_BYTES
    return SOCKET_BYTES if path.startswith("/_nicegui_ws") else FORM_BYTES


def _told_length(scope: Scope) -> int:
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0


def _too_large(limit: int) -> PlainTextResponse:
    text = f"Too large: at most {limit // 1024:,} KiB are taken here."
    return PlainTextResponse(text, status_code=413, headers={"connection": "close"})
