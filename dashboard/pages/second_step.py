"""The page after the password: a code, or a second factor to set up and then its recovery codes, once."""

from urllib.parse import quote

from nicegui import app
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import paths
from dashboard.auth.cookies import HALFWAY, passing_of, with_cookie, without_passing
from dashboard.auth.halfway import Halfway, NotHalfway, Then
from dashboard.auth.one_time_codes import app_address, grouped
from dashboard.auth.second_factors import KeyLost, WrongCode
from dashboard.auth.throttle import TooManyTries
from dashboard.context import AppContext
from dashboard.doors.second_step import SecondStep
from dashboard.pages.plain_pages import PlainPages
from dashboard.pages.qr_code import qr_path
from dashboard.pages.sign_in import SignInPages

LONGEST_CODE, LONGEST_ENVIRONMENT = 100, 40
VERBS = {Then.ENTER: "Sign in", Then.SET_UP: "Go on", Then.TURN_OFF: "Turn off"}
BY_APP = "The six digits your authenticator app shows now."
BY_RECOVERY = "One of the codes you saved when you set up the second factor. Each works once."
TO_SET_UP = "Scan this with an authenticator app, then enter the six digits it shows."
WANTED_OF_ALL = "Everyone who signs in here with a password needs one."
PROBLEMS = {type(one).__name__: one.user_text for one in (WrongCode(), KeyLost())}
TO_KEEP = "Each signs you in once when you do not have your phone. They are shown on this page only."


class SecondStepPages:
    """One address for all: what the browser keeps says which it is, so F5 and Back find the same page."""

    def __init__(self, ctx: AppContext, step: SecondStep, sign_in: SignInPages) -> None:
        self._ctx, self._step, self._sign_in = ctx, step, sign_in
        self._pages = PlainPages()

    async def show(self, request: Request) -> Response:
        try:
            half = await self._step.read(passing_of(request.scope, HALFWAY))
        except NotHalfway as refusal:
            return await self._sign_in.anew(request, refusal)
        if not half.codes:
            return self._ask(request, half, PROBLEMS.get(request.query_params.get("problem", ""), ""))
        session = await self._sign_in.session(request)
        if "kept" not in request.query_params and session and session.actor == half.name:
            return self._recovery_codes(half)
        return without_passing(RedirectResponse(half.wanted, status_code=303), request.scope, HALFWAY)

    async def submit(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=2)
        code = str(form.get("code", ""))[:LONGEST_CODE]
        try:
            half = await self._step.read(passing_of(request.scope, HALFWAY))
            return await self._try(request, half, code)
        except NotHalfway as refusal:
            return await self._sign_in.anew(request, refusal)

    async def _try(self, request: Request, half: Halfway, code: str) -> Response:
        """What was wrong is said on a page of its own, for F5 and Back would send the code again."""
        try:
            if not half.key:
                done = await self._step.by_code(request.scope, half, code)
                return self._sign_in.on(request, done, half.wanted)
            token, done = await self._step.set_up(request.scope, half, code)
            return with_cookie(self._sign_in.on(request, done, half.wanted), request.scope, token)
        except TooManyTries as refusal:
            answer = self._ask(request, half, refusal.user_text, status=429)
            answer.headers["retry-after"] = str(refusal.wait_s)
            return answer
        except (WrongCode, KeyLost) as refusal:
            by_recovery, problem = _by_recovery(request), type(refusal).__name__
            there = paths.second_step(by_recovery=by_recovery, problem=problem)
            return RedirectResponse(there, status_code=303)

    def _ask(self, request: Request, half: Halfway, problem: str, *, status: int = 200) -> Response:
        """For the code of what is being set up, else of what there is."""
        told = self._to_set_up(half) if half.key else _to_go_on(half, by_recovery=_by_recovery(request))
        return self._pages.answer(
            "second_step.html", status=status, problem=problem, wanted=half.wanted, **told
        )

    def _to_set_up(self, half: Halfway) -> dict[str, object]:
        issuer = f"Novu-dashboard-{self._ctx.sign.current.name[:LONGEST_ENVIRONMENT]}"
        path, size = qr_path(app_address(half.key, name=half.name, issuer=issuer))
        why = WANTED_OF_ALL if half.then is Then.ENTER else ""
        return {
            "title": "Set up a second factor",
            "how": f"{why} {TO_SET_UP}".lstrip(),
            "qr": {"path": path, "size": size},
            "key": grouped(half.key, 4),
            "action": paths.SECOND_STEP,
            "verb": "Turn on",
            "label": "Code",
            "by_recovery": False,
        }

    def _recovery_codes(self, half: Halfway) -> Response:
        where = f"Recovery codes of {half.name} for the operator dashboard"
        file = "\n".join((f"{where} ({self._ctx.sign.current.name})", "", *half.codes, ""))
        return self._pages.answer(
            "recovery_codes.html",
            status=200,
            title="Save your recovery codes",
            how=TO_KEEP,
            codes=half.codes,
            file=f"data:text/plain;charset=utf-8,{quote(file)}",
            on=paths.second_step(is_kept=True),
        )


def _by_recovery(request: Request) -> bool:
    return request.query_params.get("with") == "recovery"


def _to_go_on(half: Halfway, *, by_recovery: bool) -> dict[str, object]:
    return {
        "title": "Enter a recovery code" if by_recovery else "Enter your code",
        "how": BY_RECOVERY if by_recovery else BY_APP,
        "qr": None,
        "action": paths.second_step(by_recovery=by_recovery),
        "other": paths.second_step(by_recovery=not by_recovery),
        "verb": VERBS[half.then],
        "label": "Recovery code" if by_recovery else "Code",
        "by_recovery": by_recovery,
    }


def register(ctx: AppContext, step: SecondStep, sign_in: SignInPages) -> None:
    """Add the routes."""
    pages = SecondStepPages(ctx, step, sign_in)
    app.add_api_route(paths.SECOND_STEP, pages.show, methods=["GET"], response_model=None)
    app.add_api_route(paths.SECOND_STEP, pages.submit, methods=["POST"], response_model=None)
