"""The session cookie: its name and flags, which are stricter where the connection is encrypted."""

from http.cookies import CookieError, SimpleCookie
from typing import TypeVar

from starlette.responses import Response
from starlette.types import Scope

from dashboard.auth.requests import header, is_encrypted
from dashboard.auth.sessions import ABSOLUTE

NAME = "dashboard_session"
PASSING = "dashboard_sign_on"  # while one is at the identity provider
HALFWAY = "dashboard_halfway"  # between password and code
PASSING_S = 600
R = TypeVar("R", bound=Response)


def cookie_name(scope: Scope, name: str = NAME) -> str:
    """On https the `__Host-` prefix: a browser takes it from this very host only, and only encrypted."""
    return f"__Host-{name}" if is_encrypted(scope) else name


def cookie_of(scope: Scope) -> str | None:
    """The session token that the browser sent, if any."""
    return _sent(scope, NAME)


def passing_of(scope: Scope, name: str = PASSING) -> str:
    """What the browser keeps while its person is not yet in; empty for nothing."""
    return _sent(scope, name) or ""


def with_cookie(response: R, scope: Scope, token: str) -> R:
    """Hand the browser its session. Lax: a link in a chat must open signed in; changes go over the socket."""
    response.set_cookie(
        cookie_name(scope),
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_encrypted(scope),
    )
    return response


def without_cookie(response: R, scope: Scope) -> R:
    response.delete_cookie(cookie_name(scope), httponly=True, samesite="lax", secure=is_encrypted(scope))
    return response


def with_passing(response: R, scope: Scope, kept: str, name: str = PASSING) -> R:
    """Lax, for the provider sends the browser back by a link."""
    flags = {"httponly": True, "samesite": "lax", "secure": is_encrypted(scope)}
    response.set_cookie(cookie_name(scope, name), kept, max_age=PASSING_S, **flags)  # type: ignore[arg-type]  # as set_cookie names them
    return response


def without_passing(response: R, scope: Scope, name: str = PASSING) -> R:
    flags = {"httponly": True, "samesite": "lax", "secure": is_encrypted(scope)}
    response.delete_cookie(cookie_name(scope, name), **flags)  # type: ignore[arg-type]  # as above
    return response


def _sent(scope: Scope, name: str) -> str | None:
    jar = SimpleCookie()
    try:
        jar.load(header(scope, b"cookie"))
    except CookieError:
        return None
    found = jar.get(cookie_name(scope, name))
    return found.value if found else None
