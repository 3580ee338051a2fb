"""A transport that remembers the writes that went over it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Write:
    """One request that changes something."""

    method: str
    path: str
    body: Any
    key: str | None


class WireTap(httpx.AsyncBaseTransport):
    """Passes everything on; `meanwhile`, when given, happens once, right before the next write arrives."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.writes: list[Write] = []
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.answers_with: dict[str, str] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        if request.method != "GET":
            body = json.loads(content) if content else None
            key = request.headers.get("Idempotency-Key")
            self.writes.append(Write(request.method, request.url.path, body, key))
            interruption, self.meanwhile = self.meanwhile, None
            if interruption:
                await interruption()
        answer = await self._inner.handle_async_request(request)
        answer.headers.update(self.answers_with)
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()
