"""The door in front of everything: without a live session nothing is built, sent or connected."""

import re
from collections.abc import Awaitable, Callable, Collection

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import paths
from dashboard.auth.cookies import cookie_of
from dashboard.auth.requests import header, is_encrypted
from dashboard.auth.sessions import Session, Sessions

# How one signs in, and what a supervisor asks.
OPEN = frozenset({paths.SIGN_IN, paths.SECOND_STEP, paths.OPEN, "/favicon.ico", *paths.PROBES})
SIGN_ON = frozenset({paths.SIGN_ON, paths.SIGNED_ON, paths.SIGN_ON_OUT})
# The framework's published scripts; whatever else it serves (uploads, files) is of a session.
_LIBRARIES = re.compile(r"/_nicegui/\d[^/]*/(static|libraries|components|resources|dynamic_resources|esm)/")
READS = frozenset({"GET", "HEAD"})
OnRefused = Callable[[Scope, str], Awaitable[None]]


class SessionGate:
    """Finds the session of a request or socket and leaves it in `scope["state"]["session"]`, or turns away.

    `on_refused` hears of each one turned away, with the reason. `ways_in` are open besides `OPEN`, exactly
    these: an address without a route would make the framework build a page to say so.
    """

    def __init__(
        self, app: ASGIApp, *, sessions: Sessions, on_refused: OnRefused, ways_in: Collection[str] = ()
    ) -> None:
        self.app = app
        self._sessions = sessions
        self._on_refused = on_refused
        self._open = OPEN.union(ways_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        session = await self._session(scope)
        if session is None:
            await self._on_refused(scope, "no live session")
            await _turn_away(scope, receive, send)
            return
        scope.setdefault("state", {})["session"] = session
        await self.app(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path in self._open or path.startswith(f"{paths.ASSETS}/") or _LIBRARIES.match(path) is not None

    async def _session(self, scope: Scope) -> Session | None:
        """A socket that connects or polls is no use: an open tab does that by itself."""
        token, is_deed = cookie_of(scope), not scope["path"].startswith("/_nicegui_ws")
        return await self._sessions.find(token, counts_as_use=is_deed) if token else None


class SameOrigin:
    """Refuses sockets and forms from another site: NiceGUI accepts any origin (NICEGUI.md, section 5)."""

    def __init__(self, app: ASGIApp, *, on_refused: OnRefused) -> None:
        self.app = app
        self._on_refused = on_refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not _is_guarded(scope) or _same_origin(scope):
            await self.app(scope, receive, send)
            return
        await self._on_refused(scope, "from another site")
        await refuse(scope, receive, send)


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """403, or a socket that is not opened."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await refuse(scope, receive, send)
        return
    is_page = scope["method"] in READS and not scope["path"].startswith("/_nicegui")
    if not is_page:
        await PlainTextResponse("Sign in first.", status_code=401)(scope, receive, send)
        return
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    await RedirectResponse(paths.sign_in(wanted), status_code=303)(scope, receive, send)


def _is_guarded(scope: Scope) -> bool:
    if scope["type"] == "websocket":
        return True
    return scope["method"] not in READS or scope["path"].startswith("/_nicegui_ws")


def _same_origin(scope: Scope) -> bool:
    """On https a page of plain http is another site: whoever sits in the line could have written it.

    Not the other way round: behind a proxy that is not believed, all connections look plain.
    """
    origin = header(scope, b"origin")
    scheme, _, host = origin.partition("://")
    is_weaker = is_encrypted(scope) and scheme != "https"
    return not origin or (host == header(scope, b"host") and not is_weaker)
