"""Every recorded exchange: the client sends that very request and returns that very meaning."""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api_client import ApiError, ClientOptions, SubscriberClient
from tests.api_client.doubles import FakeClock
from tests.contract.asking import asking, key_of
from tests.contract.meaning import disagreements
from tests.contract.provoking import below, provoking
from tests.contract.recorded import Exchange, exchanges, seed
from tests.contract.sayable import NotSayable, Why

ENVIRONMENT = seed()["environment"]
BY_FILE: dict[str, list[Exchange]] = {}
for _one in exchanges():
    BY_FILE.setdefault(_one.file, []).append(_one)


class _Replay(httpx.AsyncBaseTransport):
    """Serves one recorded answer, however often it is asked for, and keeps the requests."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.sent: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        response = self._exchange.response
        headers = {name: text for name, text in response["headers"].items() if name != "content-encoding"}
        return httpx.Response(response["status"], headers=headers, content=self._exchange.body_bytes)


def _options(exchange: Exchange) -> ClientOptions:
    """This server checks signatures with the key at rest; most recordings were signed with the plain one."""
    signed_at_rest = "encrypted_key" in exchange.name
    return ClientOptions(
        api_key=key_of(exchange, ENVIRONMENT["apiKey"]),
        base_url="http://novu.test",
        signing_key=ENVIRONMENT["apiKeyAtRest"] if signed_at_rest else None,
    )


async def _answered(exchange: Exchange, why: Why | None, replay: _Replay) -> object:
    options = _options(exchange)
    if why in {Why.CREDENTIAL, Why.HEADER}:
        return await below(exchange, options, replay)
    client = SubscriberClient(options, transport=replay, clock=FakeClock())
    return await (asking(exchange)(client) if why is None else provoking(exchange, client))


async def _replayed(exchange: Exchange, why: Why | None) -> Iterator[str]:
    """What does not fit, by a method of the client, or (`why` not) as low as need be."""
    replay = _Replay(exchange)
    try:
        result = await _answered(exchange, why, replay)
    except ApiError as error:
        result = error
    told = str(result) + repr(result) if isinstance(result, ApiError) else ""
    leaks = [f"{secret} is told" for secret in _secrets(exchange) if why is None and secret in told]
    differences = [difference for sent in replay.sent for difference in _differs(exchange, sent)]
    silence = [] if replay.sent else ["nothing was sent"]
    return iter([*leaks, *silence, *differences, *disagreements(exchange, result)])


def _secrets(exchange: Exchange) -> list[str]:
    """The key, and what the request told of webhooks and devices."""
    body = exchange.request["body"]
    credentials = body.get("credentials") if isinstance(body, dict) else None
    if not isinstance(credentials, dict):
        return [ENVIRONMENT["apiKey"]]
    tokens = credentials.get("deviceTokens") or []
    given = [credentials.get("webhookUrl"), *(tokens if isinstance(tokens, list) else [tokens])]
    return [ENVIRONMENT["apiKey"], *(text for text in given if isinstance(text, str) and len(text) > 3)]


def _differs(exchange: Exchange, sent: httpx.Request) -> Iterator[str]:
    want = exchange.request
    path, _, query = sent.url.raw_path.decode().partition("?")
    if (sent.method, path) != (want["method"], want["path"]):
        yield f"sent {sent.method} {path}"
    if _read(query) != _read(want["query"]):
        yield f"query {query!r}"
    if _content(sent.content) != (_raw(want["body"]) if _is_raw(want["body"]) else want["body"]):
        yield f"body {sent.content!r}"
    yield from _headers_differ(exchange, sent)


def _headers_differ(exchange: Exchange, sent: httpx.Request) -> Iterator[str]:
    """The recorded ones, and the key; where a write named no idempotency key the client makes one up."""
    for name, value in exchange.request["headers"].items():
        if sent.headers.get(name) != value:
            yield f"header {name}: {sent.headers.get(name)!r}"
    usual = f"ApiKey {ENVIRONMENT['apiKey']}"
    if "authorization" not in exchange.request["headers"] and sent.headers.get("authorization") != usual:
        yield "key"


def _read(query: str) -> list[tuple[str, Any]]:
    """Name and value, decoded, in any order; JSON and base64 within as what they mean."""
    pairs = httpx.QueryParams(query).multi_items()
    return sorted((name, _meant(name, value)) for name, value in pairs)


def _meant(name: str, value: str) -> str:
    try:
        text = base64.b64decode(value, validate=True) if name == "payload" else value
        return json.dumps(json.loads(text)) if name in {"payload", "filters"} else value
    except ValueError:
        return value


def _content(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content


def _is_raw(body: Any) -> bool:
    return isinstance(body, dict) and "__raw__" in body


def _raw(body: dict[str, str]) -> Any:
    return _content(body["__raw__"].encode())


def _why_not(exchange: Exchange) -> Why | None:
    try:
        asking(exchange)
    except NotSayable as unsaid:
        return unsaid.why
    return None


@pytest.mark.parametrize("file", sorted(BY_FILE))
async def test_each_recorded_request_is_sent_and_its_answer_understood(file: str) -> None:
    wrong: dict[str, list[str]] = {}
    for exchange in BY_FILE[file]:
        if found := list(await _replayed(exchange, _why_not(exchange))):
            wrong[exchange.name] = found
    assert not wrong


def test_what_a_program_would_ask_is_asked_by_a_method_and_the_rest_has_a_reason() -> None:
    """The figures are those of the recordings: with fewer methods, or a laxer reading, they change."""
    reasons = Counter(_why_not(exchange) for exchange in exchanges())
    assert reasons == {
        None: 657,
        Why.SHAPE: 133,
        Why.PARAMETER: 114,
        Why.OPERATION: 55,
        Why.CREDENTIAL: 33,
        Why.NOT_JSON: 29,
        Why.HEADER: 12,
        Why.SPELLING: 10,
    }
    assert sum(reasons.values()) == 1043
