"""Sockets serve the pages of their own session only: a page's client id alone opens nothing.

NiceGUI takes every message that names a page, whoever sends it (NICEGUI.md, section 5). Here each message is
first asked for the session of the socket it came by, and whether that session still lives.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import parse_qs

from starlette.types import Scope

from dashboard.auth.sessions import Session
from dashboard.doors.live import Later, LiveSessions
from dashboard.doors.pages import owner_of, page, session_of

DEEDS = frozenset({"event"})  # the others a page sends by itself
MESSAGES = ("handshake", "event", "javascript_response", "ack", "log")
Handler = Callable[..., Any]
OnRefused = Callable[[Scope, str], Awaitable[None]]


class SocketGuard:
    """Wraps the handlers of NiceGUI's socket server. `later` runs what is to be written down meanwhile."""

    def __init__(self, server: Any, live: LiveSessions, *, on_refused: OnRefused, later: Later) -> None:
        self._server, self._live = server, live
        self._on_refused, self._later = on_refused, later

    def install(self) -> None:
        """Stand in front of every message; call once, before the first socket."""
        handlers = cast("dict[str, Handler]", self._server.handlers["/"])
        for name in MESSAGES:
            handlers[name] = self._guarded(handlers[name], counts_as_use=name in DEEDS)
        handlers["connect"] = self._guarded_connect(handlers["connect"])

    def _guarded(self, handle: Handler, *, counts_as_use: bool) -> Handler:
        def guarded(sid: str, message: Any) -> Any:
            known = cast("dict[str, Any]", message) if isinstance(message, dict) else {}
            client_id = known.get("client_id")
            if not self._may(self._scope(sid), client_id, counts_as_use=counts_as_use):
                return False
            return handle(sid, message)

        return guarded

    def _guarded_connect(self, handle: Handler) -> Handler:
        async def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
            query = parse_qs(str(environ.get("QUERY_STRING", "")))
            client_id = query.get("client_id", [""])[0]
            if page(client_id) is not None and not self._may(environ["asgi.scope"], client_id):
                return False
            return await handle(sid, environ, auth)

        return connect

    def _may(self, scope: Scope, client_id: object, *, counts_as_use: bool = False) -> bool:
        """Whether a message by this socket may reach that page; to a page that is gone nothing happens."""
        client = page(client_id)
        session = session_of(scope)
        if client is None:
            self._later(self._note_the_late(scope, session))
            return True
        is_own = session is not None and session.id == owner_of(client)
        if is_own and self._live.hears(client, counts_as_use=counts_as_use):
            return True
        reason = "session is over" if is_own or session is None else "another session's page"
        self._later(self._on_refused(scope, reason))
        return False

    async def _note_the_late(self, scope: Scope, session: Session | None) -> None:
        """A page that was taken down is still being talked to: on record, where its session is over."""
        if session is None or not await self._live.is_alive(session.id):
            await self._on_refused(scope, "session is over")

    def _scope(self, sid: str) -> Scope:
        return cast("Scope", self._server.get_environ(sid)["asgi.scope"])
