"""The session cookie: its name and flags, which are stricter where the connection is encrypted."""

from http.cookies import CookieError, SimpleCookie
from typing import TypeVar

from starlette.responses import Response
from starlette.types import Scope

from dashboard.auth.requests import header
from dashboard.auth.sessions import ABSOLUTE

NAME = "dashboard_session"
R = TypeVar("R", bound=Response)


def cookie_name(scope: Scope) -> str:
    """On https the `__Host-` prefix: a browser takes it from this very host only, and only encrypted."""
    return f"__Host-{NAME}" if _is_encrypted(scope) else NAME


def cookie_of(scope: Scope) -> str | None:
    """The session token that the browser sent, if any."""
    jar = SimpleCookie()
    try:
        jar.load(header(scope, b"cookie"))
    except CookieError:
        return None
    name = cookie_name(scope)
    return jar[name].value if name in jar else None


def with_cookie(response: R, scope: Scope, token: str) -> R:
    """Hand the browser its session. Lax: a link in a chat must open signed in; changes go over the socket."""
    response.set_cookie(
        cookie_name(scope),
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_is_encrypted(scope),
    )
    return response


def without_cookie(response: R, scope: Scope) -> R:
    response.delete_cookie(cookie_name(scope), httponly=True, samesite="lax", secure=_is_encrypted(scope))
    return response


def _is_encrypted(scope: Scope) -> bool:
    return scope["scheme"] in {"https", "wss"}
