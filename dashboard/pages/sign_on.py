"""The routes of single sign-on: to the provider, back from it, and out of it."""

from nicegui import app
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import paths
from dashboard.auth.cookies import passing_of, with_cookie, with_passing, without_passing
from dashboard.auth.provider import NotProven
from dashboard.doors.sign_on import SignOn
from dashboard.pages.sign_in import SignInPages
from dashboard.refusals import Refusal


class SignOnPages:
    """Plain redirects; what goes wrong is said on the sign-in page."""

    def __init__(self, sign_on: SignOn, sign_in: SignInPages) -> None:
        self._sign_on, self._sign_in = sign_on, sign_in

    async def begin(self, request: Request) -> Response:
        wanted = paths.safe_next(request.query_params.get("next"))
        try:
            again = request.query_params.get("again") == "1"
            address, kept = await self._sign_on.begin(_back(request), wanted, again=again)
        except Refusal as refusal:
            return await self._sign_in.again(wanted, refusal.user_text, status=502)
        return with_passing(RedirectResponse(address, status_code=303), request.scope, kept)

    async def back(self, request: Request) -> Response:
        kept = passing_of(request.scope)
        query = dict(request.query_params)
        try:
            token, wanted = await self._sign_on.finish(request.scope, query, kept, _back(request))
        except Refusal as refusal:
            status = 401 if isinstance(refusal, NotProven) else 403
            answer = await self._sign_in.again(paths.HOME, refusal.user_text, status=status)
            return without_passing(answer, request.scope)
        entered = with_cookie(RedirectResponse(wanted, status_code=303), request.scope, token)
        return without_passing(entered, request.scope)

    async def out(self, request: Request) -> Response:
        """Out of the provider too, where it has an address for that."""
        address = await self._sign_on.sign_out_address(str(request.base_url).rstrip("/") + paths.SIGN_IN)
        return RedirectResponse(address or paths.SIGN_IN, status_code=303)


def register(sign_on: SignOn, sign_in: SignInPages) -> None:
    """Add the routes."""
    pages = SignOnPages(sign_on, sign_in)
    app.add_api_route(paths.SIGN_ON, pages.begin, methods=["GET"], response_model=None)
    app.add_api_route(paths.SIGNED_ON, pages.back, methods=["GET"], response_model=None)
    app.add_api_route(paths.SIGN_ON_OUT, pages.out, methods=["GET"], response_model=None)


def _back(request: Request) -> str:
    """The address that is registered at the provider: it refuses any other host that somebody makes up."""
    return str(request.base_url).rstrip("/") + paths.SIGNED_ON
