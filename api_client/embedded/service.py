"""The path of a request: body, route, key, rate limit, idempotency, handler, answer.

An ASGI application. Handlers are plain functions and run on worker threads, so SQLite never holds up the
event loop that the dashboard's visitors share.
"""

import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import anyio.to_thread

from .bodies import read_body
from .clock import Clock, to_ms, to_text
from .faults import Fault, Faults
from .gates import Keys
from .idempotency import Idempotency, Started, Work
from .limits import RateLimits
from .problems import Problem, nameless
from .router import Route, Router, check_percent_signs
from .sending import Send, send_answer
from .wire import Answer, Call, Caller, json_answer, read_query

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
LONGEST_TARGET = 16_384
LONGEST_BODY = 102_400
LONGEST_EVENT = 26_214_400
KEYED = ("POST", "PATCH")


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    query: bytes
    headers: Mapping[str, str]
    raw: bytes

    @property
    def shown(self) -> str:
        return self.path + (f"?{self.query.decode('latin-1')}" if self.query else "")


@dataclass(slots=True)
class _Fate:
    """What is settled before there is an answer and applies to whichever comes."""

    headers: dict[str, str] = field(default_factory=dict[str, str])
    fault: Fault | None = None


class Service:
    """Answers as the recorded server does; raises only for a fault that drops the connection."""

    def __init__(
        self,
        router: Router,
        *,
        keys: Keys,
        clock: Clock,
        faults: Faults,
        limits: RateLimits,
        idempotency: Idempotency,
    ) -> None:
        self._router = router
        self._keys = keys
        self._clock = clock
        self._faults = faults
        self._limits = limits
        self._idempotency = idempotency

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = await _read(scope, receive)
        if request is None:
            return
        fate = _Fate()
        try:
            answer = await self._answer(request, fate)
        except Problem as problem:
            answer = self._told(problem, request.shown[:LONGEST_TARGET])
        answer = Answer(answer.status, answer.body, fate.headers | dict(answer.headers))
        await send_answer(send, answer, method=request.method, asked=request.headers, fault=fate.fault)

    async def _answer(self, request: _Request, fate: _Fate) -> Answer:
        if len(request.query) + len(request.path) > LONGEST_TARGET:
            raise nameless(431, "Request Header Fields Too Large")
        if request.method == "OPTIONS":
            return Answer(204)
        check_percent_signs(request.path)
        if len(request.raw) > _longest(request.path):
            raise nameless(413, "Payload Too Large")
        body = read_body(request.raw, request.headers.get("content-type", ""))
        route, params = self._router.find(request.method, request.path)
        fate.fault = fault = self._faults.take(route.name)
        if fault is not None and fault.status is not None:
            await self._clock.sleep(fault.delay_s)
            raise nameless(fault.status, "A fault on demand")
        caller = self._caller(route, request, fate)
        root = f"http://{request.headers.get('host', '127.0.0.1')}"
        known = body if isinstance(body, dict) else {}
        call = Call(params, read_query(request.query), known, caller, self._ms(), root)
        return await self._run(route, request, call, body, fault)

    async def _run(
        self, route: Route, request: _Request, call: Call, body: object, fault: Fault | None
    ) -> Answer:
        work = partial(route.handler, call)
        key = request.headers.get("idempotency-key", "")
        started: Answer | Started | None = None
        if key and request.method in KEYED and route.needs_key:
            begin = partial(self._idempotency.begin, call.caller.organization_id, key, body, call.ms)
            if fault is None:
                return await anyio.to_thread.run_sync(_in_one_go, begin, work)
            started = await anyio.to_thread.run_sync(begin)
        if fault is not None:
            await self._clock.sleep(fault.delay_s)
        if isinstance(started, Answer):
            return started
        return await anyio.to_thread.run_sync(work if started is None else partial(started.run, work))

    def _caller(self, route: Route, request: _Request, fate: _Fate) -> Caller:
        if not route.needs_key:
            return self._keys.anyone()
        caller = self._keys.known(request.headers.get("authorization", ""))
        fate.headers |= self._limits.pay(
            caller.environment_id, category=route.category, cost=route.cost, ms=self._ms()
        )
        return caller

    def _told(self, problem: Problem, shown: str) -> Answer:
        body = problem.body(path=shown, timestamp=to_text(self._ms()))
        if problem.ctx is None:
            body["errorId"] = str(uuid.uuid4())
        return json_answer(body, problem.status, problem.headers)

    def _ms(self) -> int:
        return to_ms(self._clock.now())


def _in_one_go(begin: Callable[[], Answer | Started], work: Work) -> Answer:
    """Both on one thread: a caller who hangs up in between would leave the key in use."""
    started = begin()
    return started if isinstance(started, Answer) else started.run(work)


def _longest(path: str) -> int:
    return LONGEST_EVENT if path.lower().startswith("/v1/events") else LONGEST_BODY


async def _read(scope: Scope, receive: Receive) -> _Request | None:
    """None for a caller who hung up half-way: without its body a call can ask for far more than was meant."""
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        part = event.get("body", b"")
        size += len(part)
        parts += [part] if size <= LONGEST_EVENT + 1 else []
        more = event.get("more_body", False)
    if size > LONGEST_EVENT:
        parts = [b" " * (LONGEST_EVENT + 1)]
    return _Request(
        scope["method"],
        raw_path.partition(b"?")[0].decode("latin-1"),
        scope["query_string"],
        {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
        b"".join(parts),
    )
