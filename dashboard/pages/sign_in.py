"""The routes by which one gets in and out: the form, the one-time link, signing out."""

from nicegui import app
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import paths
from dashboard.auth import LinkRefused, Session
from dashboard.auth.cookies import (
    HALFWAY,
    cookie_of,
    passing_of,
    with_cookie,
    with_passing,
    without_cookie,
    without_passing,
)
from dashboard.auth.halfway import Halfway, NotHalfway, Then
from dashboard.auth.passwords import TooBusy, WrongPassword
from dashboard.auth.throttle import TooManyTries
from dashboard.context import AppContext
from dashboard.doors.second_step import SecondStep
from dashboard.doors.signing_in import SigningIn
from dashboard.pages.sign_in_form import SignInForm

LONGEST_VALUE = 1000


class SignInPages:
    """Answers the sign-in routes; nothing here needs a socket or builds a NiceGUI page."""

    def __init__(self, ctx: AppContext, signing_in: SigningIn, step: SecondStep) -> None:
        self._ctx, self._signing_in, self._step = ctx, signing_in, step
        self._form = SignInForm(with_sign_on=ctx.settings.oidc_issuer is not None)

    async def show(self, request: Request) -> Response:
        wanted = paths.safe_next(request.query_params.get("next"))
        then = _then(request.query_params.get("then"))
        session = None if then is Then.ENTER else await self.session(request)
        return self._form.answer(
            with_password=await self._ctx.operators.any(),
            wanted=wanted,
            then=then,
            name=session.actor if session else "",
            was_out=request.query_params.get("out") == "1",
            is_over=request.query_params.get("over") == "1",
        )

    async def submit(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=6)
        values = {name: value[:LONGEST_VALUE] for name, value in form.items() if isinstance(value, str)}
        wanted = paths.safe_next(values.get("next"))
        if await self._ctx.operators.any():
            return await self._with_password(request, values, wanted)
        return await self._with_link(request, values.get("token", ""), wanted)

    async def open_link(self, request: Request) -> Response:
        return await self._with_link(request, request.query_params.get("token", ""), paths.HOME)

    async def sign_out(self, request: Request) -> Response:
        await self._signing_in.out(request.scope, request.state.session)
        target = f"{paths.SIGN_IN}?out=1" if self._ctx.settings.oidc_issuer else paths.SIGN_IN
        return without_cookie(RedirectResponse(target, status_code=303), request.scope)

    async def _with_password(self, request: Request, values: dict[str, str], wanted: str) -> Response:
        name, password = values.get("name", "").strip(), values.get("password", "")
        then = _then(values.get("then"))
        try:
            done = await self._signing_in.by_password(request.scope, name, password, then=then, wanted=wanted)
        except WrongPassword as refusal:
            return await self.again(wanted, refusal.user_text, name=name, then=then, status=401)
        except (TooManyTries, TooBusy) as refusal:
            status = 503 if isinstance(refusal, TooBusy) else 429
            answer = await self.again(wanted, refusal.user_text, name=name, then=then, status=status)
            answer.headers["retry-after"] = str(refusal.wait_s)
            return answer
        return self.on(request, done, wanted)

    async def _with_link(self, request: Request, token: str, wanted: str) -> Response:
        """A link that was used before still opens the browser that it signed in."""
        try:
            session = await self._signing_in.by_link(request.scope, token.strip())
        except LinkRefused as refusal:
            if await self.session(request):
                return RedirectResponse(wanted, status_code=303)
            return await self.again(wanted, refusal.user_text, status=401)
        return self.on(request, session, wanted)

    async def again(
        self, wanted: str, problem: str, *, name: str = "", then: Then = Then.ENTER, status: int
    ) -> Response:
        """The form, with what was wrong."""
        with_password = await self._ctx.operators.any()
        return self._form.answer(
            with_password=with_password, wanted=wanted, problem=problem, name=name, then=then, status=status
        )

    async def anew(self, request: Request, refusal: NotHalfway) -> Response:
        """Somebody came for the second step and is not at it; whoever is in already goes back in."""
        if not passing_of(request.scope, HALFWAY):
            is_in = await self.session(request) is not None
            return RedirectResponse(paths.HOME if is_in else paths.SIGN_IN, status_code=303)
        answer = await self.again(paths.safe_next(refusal.wanted), refusal.user_text, status=401)
        return without_passing(answer, request.scope, HALFWAY)

    def on(self, request: Request, done: str | Halfway, wanted: str) -> Response:
        """Into the dashboard with the token of a session, or to the second step."""
        if isinstance(done, Halfway):
            answer = RedirectResponse(paths.SECOND_STEP, status_code=303)
            return with_passing(answer, request.scope, self._step.kept(done), HALFWAY)
        entered = with_cookie(RedirectResponse(wanted, status_code=303), request.scope, done)
        is_halfway = passing_of(request.scope, HALFWAY)
        return without_passing(entered, request.scope, HALFWAY) if is_halfway else entered

    async def session(self, request: Request) -> Session | None:
        """Of this browser; the gate lets everybody through to these pages and leaves none."""
        known = cookie_of(request.scope)
        return await self._ctx.sessions.find(known, counts_as_use=False) if known else None


def _then(told: str | None) -> Then:
    return Then(told) if told in set(Then) else Then.ENTER


def register(ctx: AppContext, signing_in: SigningIn, step: SecondStep) -> SignInPages:
    """Add the routes; other ways in say on the same page what went wrong."""
    pages = SignInPages(ctx, signing_in, step)
    app.add_api_route(paths.SIGN_IN, pages.show, methods=["GET"], response_model=None)
    app.add_api_route(paths.SIGN_IN, pages.submit, methods=["POST"], response_model=None)
    app.add_api_route(paths.OPEN, pages.open_link, methods=["GET"], response_model=None)
    app.add_api_route(paths.SIGN_OUT, pages.sign_out, methods=["POST"], response_model=None)
    return pages
