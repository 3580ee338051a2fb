"""The content security policy: only scripts that carry this answer's nonce run, whatever data a page shows.

`'unsafe-eval'` stays, for Vue compiles templates in the browser; inline scripts do not.
"""

import logging
import re
import secrets
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("dashboard")
SCRIPTS = 9
"""Script tags of a page as NiceGUI 3.18 and we write it. One more would be one that somebody smuggled in."""

_SHARED = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Quasar and NiceGUI set styles inline; a style cannot run, and under img-src and font-src it reports nothing.
PAGE_POLICY = f"{_SHARED}; style-src 'self' 'unsafe-inline'; script-src 'self' 'nonce-%s' 'unsafe-eval'"
PLAIN_POLICY = f"{_SHARED}; style-src 'self'; script-src 'self'"
_TAG = re.compile(rb"<script(?=[\s>])")
_REFUSAL = "This page could not be shown safely. Please report this."


class ContentPolicy:
    """Gives every answer its policy, and the script tags of a page the nonce that the policy asks for."""

    def __init__(
        self, app: ASGIApp, *, new_nonce: Callable[[], str] = lambda: secrets.token_urlsafe(18)
    ) -> None:
        self.app = app
        self._new_nonce = new_nonce

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Answer(scope, receive, send, self._new_nonce()).send)


class _Answer:
    """One answer on its way out; only a page is held back until it is complete."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, nonce: str) -> None:
        self._scope, self._receive, self._send, self._nonce = scope, receive, send, nonce
        self._page: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._start(message)
        elif self._page is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._page)

    async def _start(self, message: Message) -> None:
        headers = MutableHeaders(raw=message.setdefault("headers", []))
        if headers.get("x-nicegui-content") == "page":
            self._page = message
            return
        headers["content-security-policy"] = PLAIN_POLICY
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        found = len(_TAG.findall(self._body))
        if found != SCRIPTS:
            log.error("a page has %d script tags instead of %d and was not sent", found, SCRIPTS)
            refusal = PlainTextResponse(_REFUSAL, status_code=500)
            await refusal(self._scope, self._receive, self._send)
            return
        body = _TAG.sub(f'<script nonce="{self._nonce}"'.encode(), bytes(self._body))
        headers = MutableHeaders(raw=start["headers"])
        headers["content-security-policy"] = PAGE_POLICY % self._nonce
        headers["content-length"] = str(len(body))
        self._body.clear()  # the page keeps its request, and the request keeps this answer
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
