"""The way of a request: faults, path, body, route, key, limits, handler, answer.

An ASGI application. Handlers are plain functions and run on worker threads, so SQLite never holds up the
event loop that the dashboard's visitors share.
"""

import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import anyio.to_thread

from .bodies import read_body
from .clock import Clock, to_ms, to_text
from .faults import Dropped, Fault, Faults
from .limits import RateLimits
from .problems import Problem, nameless, refused
from .router import Route, Router, check_percent_signs
from .wire import Answer, Call, Caller, etag, json_answer, read_query

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Service:
    """Answers every request as the recorded server does; never raises, but for a fault that drops."""

    def __init__(
        self,
        router: Router,
        *,
        keys: Mapping[str, Caller],
        clock: Clock,
        faults: Faults,
        limits: RateLimits,
    ) -> None:
        self._router = router
        self._keys = keys
        self._clock = clock
        self._faults = faults
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path, query = _target(scope)
        shown = path + (f"?{query.decode('latin-1')}" if query else "")
        extra: dict[str, str] = {}
        fault: Fault | None = None
        try:
            raw = await _read(receive, most=30_000_000)
            if scope["method"] == "OPTIONS":
                return await self._send(scope, send, Answer(204), fault)
            check_percent_signs(path)
            body = self._body(raw, headers)
            route, params = self._router.find(scope["method"], path)
            fault = await self._suffer(route, send)
            caller = self._caller(headers.get("authorization"), route, extra)
            call = Call(params, read_query(query), body if isinstance(body, dict) else {}, caller, self._ms())
            found = await anyio.to_thread.run_sync(route.handler, call)
        except Problem as problem:
            found = self._told(problem, shown)
        await self._send(scope, send, Answer(found.status, found.body, extra | dict(found.headers)), fault)

    def _body(self, raw: bytes, headers: Mapping[str, str]) -> dict[str, Any] | list[Any]:
        if len(raw) > 102_400:
            raise nameless(413, "Payload Too Large")
        return read_body(raw, headers.get("content-type", ""))

    def _caller(self, authorization: str | None, route: Route, extra: dict[str, str]) -> Caller:
        caller = next(iter(self._keys.values())) if not route.needs_key else self._known(authorization)
        if route.needs_key:
            extra |= self._limits.pay(
                caller.environment_id, category=route.category, cost=route.cost, ms=self._ms()
            )
        return caller

    def _known(self, authorization: str | None) -> Caller:
        if not (authorization or "").strip():
            raise refused(401, "Missing authorization header")
        scheme, _, key = (authorization or "").partition(" ")
        if scheme not in ("ApiKey", "Bearer"):
            raise refused(401, f'Invalid authentication scheme: "{scheme}"')
        if scheme == "Bearer" or not key:
            raise nameless(401, "Unauthorized")
        if key not in self._keys:
            raise refused(401, "API Key not found")
        return self._keys[key]

    async def _suffer(self, route: Route, send: Send) -> Fault | None:
        fault = self._faults.take(route.name)
        if fault is None:
            return None
        if fault.delay_s:
            await self._clock.sleep(fault.delay_s)
        if fault.drop:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
            raise Dropped("the connection was dropped on demand")
        if fault.status is not None:
            raise Problem(fault.status, "A fault on demand", ctx={"statusCode": fault.status})
        return fault

    def _told(self, problem: Problem, shown: str) -> Answer:
        body = problem.body(path=shown, timestamp=to_text(self._ms()))
        if problem.ctx is None:
            body["errorId"] = str(uuid.uuid4())
        return json_answer(body, problem.status, problem.headers)

    def _ms(self) -> int:
        return to_ms(self._clock.now())

    async def _send(self, scope: Scope, send: Send, found: Answer, fault: Fault | None) -> None:
        headers = dict(found.headers)
        body = found.body
        if body:
            headers["content-length"] = str(len(body))
            if found.status == 200:
                headers["etag"] = etag(body)
        if scope["method"] == "HEAD":
            body = b""
        pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": found.status, "headers": pairs})
        if fault is not None and fault.truncate:
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            raise Dropped("the answer was cut off on demand")
        await send({"type": "http.response.body", "body": body})


def _target(scope: Scope) -> tuple[str, bytes]:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.partition(b"?")[0].decode("latin-1"), scope["query_string"]


async def _read(receive: Receive, *, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        part = event.get("body", b"")
        size += len(part)
        if size <= most:
            parts.append(part)
        if not event.get("more_body"):
            return b"".join(parts)
