"""What a live session does not reach either: another session's page, and the API's own addresses."""

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.auth.gate import OnRefused, refuse
from dashboard.doors.live import LiveSessions
from dashboard.doors.pages import owner_of, page, session_of

_OF_A_PAGE = re.compile(r"/_nicegui/client/([^/]+)/")
_OF_THE_API = re.compile(r"/(v1|v2|__faults)(/|$)", re.IGNORECASE)


class OutOfReach:
    """Stands behind the session gate; each one refused is on record.

    A page's upload address names the page: as with sockets, only the session that opened the page may use it.
    """

    def __init__(self, app: ASGIApp, *, live: LiveSessions, on_refused: OnRefused) -> None:
        self.app = app
        self._live, self._on_refused = live, on_refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif _OF_THE_API.match(scope["path"]):
            await self._on_refused(scope, "the API is not offered here")
            await PlainTextResponse("The API is not offered here.", status_code=404)(scope, receive, send)
        elif self._is_anothers(scope):
            await self._on_refused(scope, "another session's page")
            await refuse(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_anothers(self, scope: Scope) -> bool:
        named = _OF_A_PAGE.match(scope["path"])
        client = page(named.group(1)) if named else None
        if client is None:
            return False
        session = session_of(scope)
        return session is None or session.id != owner_of(client) or not self._live.hears(client)
