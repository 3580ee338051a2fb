"""Every recorded exchange: the client sends that very request and returns that very meaning."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api_client import ApiError, ClientOptions, OutcomeUnknown, SubscriberClient, errors
from api_client.models.reading import acknowledgement
from api_client.options import CallOptions
from api_client.routes import Route
from tests.api_client.doubles import FakeClock
from tests.contract.asking import NotSayable, asking
from tests.contract.meaning import disagreements
from tests.contract.recorded import Exchange, exchanges, seed

KEY = seed()["environment"]["apiKey"]
BY_FILE: dict[str, list[Exchange]] = {}
for _one in exchanges():
    BY_FILE.setdefault(_one.file, []).append(_one)
# What servers take as given when a query does not say it.
_DEFAULTS = {("limit", "10"), ("limit", "50"), ("limit", "100"), ("page", "0"), ("seen", "false")}
_DEFAULTS |= {("orderBy", "_id"), ("orderDirection", "DESC")}


class _Replay(httpx.AsyncBaseTransport):
    """Serves one recorded answer, and keeps the request."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.sent: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        response = self._exchange.response
        headers = {name: text for name, text in response["headers"].items() if name != "content-encoding"}
        return httpx.Response(response["status"], headers=headers, content=self._exchange.body_bytes)


def _client(replay: _Replay) -> SubscriberClient:
    return SubscriberClient(
        ClientOptions(api_key=KEY, base_url="http://novu.test"), transport=replay, clock=FakeClock()
    )


async def _replayed(exchange: Exchange) -> Iterator[str]:
    """What does not fit, for one exchange that a program could have caused."""
    replay = _Replay(exchange)
    result: object = None
    try:
        result = await asking(exchange)(_client(replay))
    except ApiError as error:
        result = error
    sent = replay.sent[0]
    return iter([*_request_differs(exchange, sent), *disagreements(exchange, result)])


def _request_differs(exchange: Exchange, sent: httpx.Request) -> Iterator[str]:
    want = exchange.request
    if (sent.method, sent.url.raw_path.split(b"?")[0].decode()) != (want["method"], want["path"]):
        yield f"sent {sent.method} {sent.url.raw_path!r}"
    ours, theirs = set(sent.url.params.multi_items()), set(httpx.QueryParams(want["query"]).multi_items())
    if not ours ^ theirs <= _DEFAULTS and _unordered(ours) != _unordered(theirs):
        yield f"query {sorted(ours ^ theirs)}"
    body = json.loads(sent.content) if sent.content else None
    if body != want["body"]:
        yield f"body {body!r}"
    if sent.headers["authorization"] != f"ApiKey {KEY}":
        yield "key"


def _unordered(pairs: set[tuple[str, str]]) -> set[tuple[str, Any]]:
    """JSON inside a query (filters, payload) compared as JSON."""
    return {(name, json.dumps(json.loads(value)) if value[:1] in "[{" else value) for name, value in pairs}


@pytest.mark.parametrize("file", sorted(BY_FILE))
async def test_each_recorded_request_is_sent_and_its_answer_understood(file: str) -> None:
    wrong: dict[str, list[str]] = {}
    for exchange in BY_FILE[file]:
        try:
            found = list(await _replayed(exchange))
        except NotSayable:
            continue
        if found:
            wrong[exchange.name] = found
    assert not wrong


@pytest.mark.parametrize("file", sorted(BY_FILE))
async def test_each_refusal_becomes_the_error_of_its_kind(file: str) -> None:
    """Provoking requests too: they are sent as they stand, through the same pipeline."""
    wrong: dict[str, str] = {}
    for exchange in BY_FILE[file]:
        if exchange.response["status"] < 400:
            continue
        request = exchange.request
        address = request["path"] + ("?" + request["query"] if request["query"] else "")
        route = Route(request["method"], address.replace("{", "{{").replace("}", "}}"), acknowledgement)
        with pytest.raises(ApiError) as caught:
            await _client(_Replay(exchange)).call(route, options=CallOptions(attempts=1))
        error = caught.value.cause if isinstance(caught.value, OutcomeUnknown) else caught.value
        if type(error) is not _expected(exchange) or KEY in str(error):
            wrong[exchange.name] = str(error)
    assert not wrong


def _expected(exchange: Exchange) -> type[ApiError]:
    status, message = exchange.response["status"], exchange.response["body"].get("message", "")
    if status == 409 and "retry-after" in exchange.response["headers"]:
        return errors.StillRunning
    if status == 400 and ("not found" in message or "is not exist" in message):
        return errors.NotFound
    return _CLASSES[status]


_CLASSES: dict[int, type[ApiError]] = {
    400: errors.Invalid,
    401: errors.KeyRejected,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    413: errors.TooLarge,
    422: errors.Invalid,
    429: errors.RateLimited,
    500: errors.ServerFault,
    503: errors.ServerFault,
}


def test_most_recordings_can_be_said_by_a_program() -> None:
    """Guards the two tests above against passing on nothing."""
    said = sum(_is_sayable(exchange) for exchange in exchanges())
    assert said > 600


def _is_sayable(exchange: Exchange) -> bool:
    try:
        asking(exchange)
    except NotSayable:
        return False
    return True
