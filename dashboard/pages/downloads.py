"""Where finished exports are fetched: by the session that made them, once they are complete."""

from nicegui import app
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dashboard import paths
from dashboard.auth.gate import OnRefused
from dashboard.context import AppContext


def register(ctx: AppContext, on_refused: OnRefused) -> None:
    """Add the download route; the session gate stands in front of it. `on_refused` hears of other misses."""

    @app.get(paths.EXPORTS)
    async def download(request: Request, export_id: str) -> Response:
        done = ctx.exports.find(export_id, session_id=request.state.session.id)
        if done is None:
            await on_refused(request.scope, "no file of this session")
            return PlainTextResponse("This export is gone. Make it again from the list.", status_code=404)
        return FileResponse(
            done.path, filename=done.name, media_type=done.media_type, headers={"Cache-Control": "no-store"}
        )
