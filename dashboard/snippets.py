"""The API call behind a panel, as something to paste: curl and Python, always without the key. Pure."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import orjson

KEY = "YOUR_NOVU_SECRET_KEY"


@dataclass(frozen=True)
class Call:
    """A request without its key; `path` is encoded already, see `one_person`."""

    method: str
    path: str
    query: Mapping[str, str] | None = None
    body: Mapping[str, object] | None = None

    def url(self, base_url: str) -> str:
        query = f"?{urlencode(self.query)}" if self.query else ""
        return f"{base_url.rstrip('/')}{self.path}{query}"


def one_person(subscriber_id: str, rest: str = "", *, version: str = "v2") -> str:
    """The path of a person in the API, whatever characters the id holds."""
    return f"/{version}/subscribers/{quote(subscriber_id, safe='')}{rest}"


def as_curl(call: Call, base_url: str) -> str:
    """For a shell; the key is read from the environment, never written out."""
    lines = [f"curl -X {call.method} {shlex.quote(call.url(base_url))}"]
    lines.append('-H "Authorization: ApiKey $NOVU_SECRET_KEY"')
    if call.body is not None:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"--data {shlex.quote(orjson.dumps(call.body).decode())}")
    return " \\\n  ".join(lines)


def as_python(call: Call, base_url: str) -> str:
    """For Python with httpx."""
    body = f", json={dict(call.body)!r}" if call.body is not None else ""
    return (
        "import httpx\n\n"
        "answer = httpx.request(\n"
        f"    {call.method!r}, {call.url(base_url)!r},\n"
        f'    headers={{"Authorization": "ApiKey {KEY}"}}{body},\n'
        ")\n"
        "print(answer.status_code, answer.json())"
    )
