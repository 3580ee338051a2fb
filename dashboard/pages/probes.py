"""What a supervisor asks: alive, ready, figures. Open without a session; nothing private is told."""

import hmac

from nicegui import app
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from dashboard import paths
from dashboard.context import AppContext
from dashboard.doors.pages import open_pages, session_of
from dashboard.observing.metrics import MEDIA_TYPE, Moment
from dashboard.observing.readiness import OK, Readiness
from dashboard.settings import is_loopback

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
NOT_YOURS = "Figures are read with DASHBOARD_METRICS_TOKEN as a bearer token, or on this very machine."


class Probes:
    """Answers without building a page: a probe every few seconds must cost nothing."""

    def __init__(self, ctx: AppContext) -> None:
        self._ctx = ctx
        self._readiness = Readiness(ctx.operators.any, ctx.reader, ctx.clock)

    async def alive(self) -> Response:
        """The event loop turns; whether anything else works is what `ready` tells."""
        return JSONResponse({"status": OK})

    async def ready(self) -> Response:
        parts = await self._readiness.parts()
        is_ready = parts["database"] == OK  # without the API the pages still say what is wrong with it
        status = OK if is_ready else "not ready"
        return JSONResponse({"status": status, **parts}, status_code=200 if is_ready else 503)

    async def figures(self, request: Request) -> Response:
        if not self._may_read(request):
            return PlainTextResponse(NOT_YOURS, status_code=403)
        pages = [page for page in open_pages() if page.has_socket_connection]
        sessions = [session_of(page.request.scope) for page in pages]
        moment = Moment(
            pages=len(pages),
            operators=len({session.actor for session in sessions if session}),
            jobs=await self._ctx.jobs.states(),
            budget=self._ctx.api.budget(),
        )
        return Response(self._ctx.metrics.text(moment), media_type=MEDIA_TYPE)

    def _may_read(self, request: Request) -> bool:
        token = self._ctx.settings.metrics_token
        if token is not None:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            return hmac.compare_digest(given.encode(), token.get_secret_value().encode())
        through_proxy = any(name in request.headers for name in FORWARDED)
        return not through_proxy and request.client is not None and is_loopback(request.client.host)


def register(ctx: AppContext) -> None:
    """Add the three routes."""
    probes = Probes(ctx)
    for path, answer in (
        (paths.HEALTH, probes.alive),
        (paths.READY, probes.ready),
        (paths.METRICS, probes.figures),
    ):
        app.add_api_route(path, answer, methods=["GET", "HEAD"], response_model=None)
