"""The door in front of every page: without a live session nothing is built, not even a page's client."""

from http.cookies import CookieError, SimpleCookie

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import paths
from dashboard.auth.sessions import Session, Sessions

COOKIE = "dashboard_session"
# Open without a session: how one signs in, the style sheet, NiceGUI's own files, and its socket and upload routes,
# which answer only to the id of a page that a session opened.
OPEN = (paths.SIGN_IN, paths.OPEN, paths.ASSETS, "/_nicegui", "/favicon.ico", "/healthz")


class SessionGate:
    """Finds the session of a request and leaves it in `scope["state"]["session"]`, or sends the visitor to sign in."""

    def __init__(self, app: ASGIApp, *, sessions: Sessions) -> None:
        self.app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        session = await self._session(scope)
        if session is None:
            await _turn_away(scope)(scope, receive, send)
            return
        scope.setdefault("state", {})["session"] = session
        await self.app(scope, receive, send)

    async def _session(self, scope: Scope) -> Session | None:
        token = cookie_of(scope)
        return await self._sessions.find(token) if token else None


class SameOriginSockets:
    """Refuses a page's socket from another site: NiceGUI itself accepts any origin (NICEGUI.md, section 5)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = scope["type"] == "websocket" or (
            scope["type"] == "http" and scope["path"].startswith("/_nicegui_ws")
        )
        if guarded and not _same_origin(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def cookie_of(scope: Scope) -> str | None:
    """The session token that the browser sent, if any."""
    jar = SimpleCookie()
    try:
        jar.load(_header(scope, b"cookie"))
    except CookieError:
        return None
    return jar[COOKIE].value if COOKIE in jar else None


def _turn_away(scope: Scope) -> PlainTextResponse | RedirectResponse:
    if scope["method"] not in {"GET", "HEAD"}:
        return PlainTextResponse("Sign in first.", status_code=401)
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(paths.sign_in(wanted), status_code=303)


def _is_open(path: str) -> bool:
    return any(path == root or path.startswith(root + "/") for root in OPEN)


def _same_origin(scope: Scope) -> bool:
    origin = _header(scope, b"origin")
    return not origin or origin.partition("://")[2] == _header(scope, b"host")


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
