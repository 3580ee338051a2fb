"""Sends what no method of the client says as low as need be: the same request as was recorded."""

import json
import re
from collections.abc import Callable
from typing import Any

import httpx

from api_client import INTERACTIVE, ClientOptions, SubscriberClient
from api_client.refusals import from_answer
from api_client.routes import Route
from api_client.transport import Outgoing, build_transport
from tests.api_client.doubles import FakeClock
from tests.contract.operations import client_routes
from tests.contract.recorded import Exchange


async def provoking(exchange: Exchange, client: SubscriberClient) -> object:
    """The client's answer to a request spelt out whole; read as its route's answers are, if it has one."""
    request = exchange.request
    address = request["path"] + ("?" + request["query"] if request["query"] else "")
    like = _route_like(exchange)
    route = Route[object](
        method=request["method"],
        template=address.replace("{", "{{").replace("}", "}}"),
        read=_as_it_stands if like is None else like.read,
        reads_redirect=like is not None and like.reads_redirect,
        public=like is not None and like.public,
    )
    key = request["headers"].get("Idempotency-Key")
    options = INTERACTIVE.keyed(key) if key and len(key) < 256 else INTERACTIVE
    return await client.call(route, body=_body(request["body"]), options=options)


async def below(exchange: Exchange, options: ClientOptions, network: httpx.AsyncBaseTransport) -> object:
    """The same through the pipeline under the client: headers that the client never sends go along."""
    request = exchange.request
    named = {"authorization": f"ApiKey {options.api_key}"} | request["headers"]
    target = request["path"] + ("?" + request["query"] if request["query"] else "")
    out = Outgoing(
        method=request["method"],
        url=options.base_url + target,
        headers={name: value for name, value in named.items() if value is not None},
        body=_body(request["body"]),
        where="below the client",
        cost=1,
        repeatable=False,
        options=INTERACTIVE,
        deadline_at=60,
    )
    answer = await build_transport(options, network, FakeClock()).send(out)
    if answer.status >= 300:
        raise from_answer(answer.status, answer.headers, answer.body, where=out.where, now=FakeClock().now())
    like = _route_like(exchange)
    return _as_it_stands(answer.body) if like is None else like.read(answer.body)


def _body(body: Any) -> bytes | None:
    if isinstance(body, dict) and "__raw__" in body:
        return body["__raw__"].encode()
    return None if body is None else json.dumps(body).encode()


def _as_it_stands(body: bytes) -> object:
    return json.loads(body) if body else None


def _route_like(exchange: Exchange) -> Route[Any] | None:
    """The client's route that this address belongs to, in whatever spelling."""
    path = exchange.request["path"].rstrip("/").lower()
    matching = (
        route
        for route in _ROUTES
        if route.method == exchange.request["method"] and _pattern(route.template)(path)
    )
    return next(matching, None)


def _pattern(template: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(re.sub(r"\{\w+\}", "[^/]+", template.lower())).fullmatch


_ROUTES = client_routes()
