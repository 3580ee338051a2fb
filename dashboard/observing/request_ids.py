"""One id for whatever an operator sets off: in our log, in the answer, and in the calls to the API."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, cast
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-Id"
_CURRENT: ContextVar[str] = ContextVar("request_id", default="")
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
NewId = Callable[[], str]


def current() -> str:
    """The id of what is being done, or empty: a timer's work has none."""
    return _CURRENT.get()


def new_id() -> str:
    return uuid4().hex


class RequestIds:
    """Gives each request an id, or takes the proxy's, and says it in the answer."""

    def __init__(self, app: ASGIApp, *, make: NewId = new_id) -> None:
        self.app = app
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = _given(scope) or self._make()
        _CURRENT.set(request_id)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(raw=message.setdefault("headers", []))[HEADER] = request_id
            await send(message)

        await self.app(scope, receive, tell)


def number_messages(server: Any, *, make: NewId = new_id) -> None:
    """Give each event that comes over a page's socket an id of its own."""
    handlers = cast("dict[str, Callable[..., Any]]", server.handlers["/"])
    handle = handlers["event"]

    def numbered(sid: str, message: Any) -> Any:
        _CURRENT.set(make())
        return handle(sid, message)

    handlers["event"] = numbered


def _given(scope: Scope) -> str:
    """What the proxy calls this request, if it looks like an id: it is written to the log."""
    name = HEADER.lower().encode()
    value = next((value for key, value in scope["headers"] if key == name), b"").decode("latin-1")
    return value if _GIVEN.fullmatch(value) else ""
