"""An OpenID Connect provider in a process of its own: oidc-provider-mock, with PKCE demanded as real ones do.

`python provider_server.py PORT`. `POST /lie/NAME` makes it break one promise from now on, so that the
dashboard must notice: iss, aud, nonce, alg, exp; `POST /lie/none` ends that.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import oidc_provider_mock
from oidc_provider_mock import User

Wsgi = Callable[..., Iterable[bytes]]
USERS = [
    User(sub="1", claims={"preferred_username": "grace", "groups": ["staff", "leads"]}),
    User(sub="2", claims={"preferred_username": "otto", "groups": ["support"]}),
    User(sub="3", claims={"preferred_username": "eve", "groups": ["visitors"]}),
    User(sub="4", claims={"preferred_username": "grace", "groups": ["support"]}),  # another Grace
]


class Provider:
    """Checks the verifier against the challenge, and lies where it is told to."""

    def __init__(self) -> None:
        self.honest = oidc_provider_mock.app(user_claims=USERS)
        self.late = oidc_provider_mock.app(user_claims=USERS, access_token_max_age=timedelta(minutes=-30))
        self.lie = ""
        self.challenges: set[str] = set()

    @property
    def inner(self) -> Wsgi:
        return self.late if self.lie == "exp" else self.honest

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/lie/"):
            self.lie = path.removeprefix("/lie/")
            start("204 No Content", [])
            return []
        if path == "/oauth2/authorize":
            self._authorize(environ)
        if path != "/oauth2/token":
            return self.inner(environ, start)
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        verifier = form.get("code_verifier", [""])[0]
        digest = hashlib.sha256(verifier.encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() not in self.challenges:
            start("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        return self._token(environ, form, start)

    def _authorize(self, environ: dict[str, Any]) -> None:
        query = parse_qs(environ["QUERY_STRING"])
        self.challenges |= set(query["code_challenge"])
        assert query["code_challenge_method"] == ["S256"]
        if self.lie == "nonce":
            query["nonce"] = ["another nonce"]
        if self.lie == "aud":
            query["client_id"] = ["another client"]
        environ["QUERY_STRING"] = urlencode(query, doseq=True)

    def _token(self, environ: dict[str, Any], form: dict[str, list[str]], start: Any) -> Iterable[bytes]:
        if self.lie == "aud":
            environ["HTTP_AUTHORIZATION"] = f"Basic {base64.b64encode(b'another client:secret').decode()}"
        if self.lie == "iss":
            environ["HTTP_HOST"] = "127.0.0.1:1"  # signed for another issuer
        body = urlencode(form, doseq=True).encode()
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if self.lie != "alg":
            return self.inner(environ, start)
        answer = json.loads(b"".join(self.inner(environ, lambda *_: None)))
        head, claims, _ = answer["id_token"].split(".")
        head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
        answer["id_token"] = f"{head}.{claims}."
        text = json.dumps(answer).encode()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name for it
        """Nothing."""


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), Provider(), handler_class=Quiet).serve_forever()
