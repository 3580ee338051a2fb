"""How one gets in and out: the one-time link from the terminal, and the form for its token."""

from nicegui import app, ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import paths
from dashboard.auth import LinkRefused
from dashboard.auth.gate import COOKIE, cookie_of
from dashboard.auth.sessions import ABSOLUTE
from dashboard.components import html
from dashboard.components.frame import THEME_COOKIE
from dashboard.context import AppContext

HOW = "Open the link that the dashboard printed in its terminal when it started, or paste its token here."
REFUSED = "This link was used before or is too old. Start the dashboard again: it prints a fresh one."


def register(ctx: AppContext) -> None:
    """Add the sign-in page and the routes behind it."""

    @ui.page(paths.SIGN_IN, title="Sign in")
    def sign_in_page(request: Request) -> None:
        _draw(request, wanted=paths.safe_next(request.query_params.get("next")))

    @app.get(paths.OPEN)
    async def open_with_link(request: Request) -> Response:
        return await _enter(ctx, request, request.query_params.get("token", ""), paths.HOME)

    @app.post(paths.SIGN_IN)
    async def sign_in(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=4)
        token, wanted = form.get("token"), form.get("next")
        return await _enter(
            ctx, request, token if isinstance(token, str) else "", wanted if isinstance(wanted, str) else None
        )

    @app.post(paths.SIGN_OUT)
    async def sign_out(request: Request) -> Response:
        await ctx.sessions.end(request.state.session.id)
        response = RedirectResponse(paths.SIGN_IN, status_code=303)
        response.delete_cookie(COOKIE)
        return response


async def _enter(ctx: AppContext, request: Request, token: str, wanted: str | None) -> Response:
    """Trade a one-time token for a session; a refused one says so on the form."""
    try:
        session = await ctx.links.redeem(token.strip())
    except LinkRefused:
        known = cookie_of(request.scope)
        if known and await ctx.sessions.find(known):
            return RedirectResponse(paths.safe_next(wanted), status_code=303)
        return RedirectResponse(f"{paths.SIGN_IN}?refused=1", status_code=303)
    response = RedirectResponse(paths.safe_next(wanted), status_code=303)
    response.set_cookie(
        COOKIE,
        session,
        max_age=int(ABSOLUTE.total_seconds()),
        httponly=True,
        samesite="lax",  # a link in a chat must open signed in; changes travel over the page's own socket
        secure=request.url.scheme == "https",
    )
    return response


def _draw(request: Request, *, wanted: str) -> None:
    """A real form: it needs no socket, and password managers know it."""
    ui.dark_mode({"light": False, "dark": True}.get(request.cookies.get(THEME_COOKIE, "")))
    with html.div().classes("sign-in"), html.div().classes("card"), html.form().classes("stack-l") as form:
        form.attributes(method="post", action=paths.SIGN_IN)
        html.img().attributes(src=f"{paths.ASSETS}/logo.svg", alt="", width=36, height=36)
        with html.div().classes("stack"):
            html.h1("Sign in")
            html.p(HOW).classes("muted")
        if request.query_params.get("refused"):
            html.div(REFUSED).classes("notice bad").attributes(role="alert").mark("refused")
        with html.div().classes("field"):
            html.label("One-time token").attributes(for_="token")
            token = html.input_().attributes(id="token", name="token", type="password", required=True)
            token.attributes(autocomplete="one-time-code")
        html.input_().attributes(type="hidden", name="next", value=wanted)
        html.button("Sign in").classes("submit").attributes(type="submit")
