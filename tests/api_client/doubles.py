"""Stand-ins for time and for the network."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from api_client import ClientOptions, SubscriberClient

KEY = "key-0123456789abcdef"


class FakeClock:
    """Time that passes only when someone sleeps; `slept` lists the waits."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return datetime(2026, 11, 25, tzinfo=UTC) + timedelta(seconds=self.at - 1000.0)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


class Script(httpx.AsyncBaseTransport):
    """Answers from a list, in order; a request too many, or an answer left over, is an error.

    An answer is a response, an exception to raise, or a function of the request.
    """

    def __init__(
        self, *answers: httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]
    ) -> None:
        self._answers = list(answers)
        self.sent: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        assert self._answers, f"unexpected {request.method} {request.url}"
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer

    async def aclose(self) -> None:
        assert not self._answers, f"{len(self._answers)} answers were never asked for"


def answer(status: int = 200, body: Any = None, **headers: str) -> httpx.Response:
    """A JSON answer; header names with underscores for dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json={} if body is None else body, headers=named)


def client_over(
    transport: httpx.AsyncBaseTransport, clock: FakeClock | None = None, **more: Any
) -> SubscriberClient:
    """A client whose network is `transport` and whose time is a fake."""
    chosen: dict[str, Any] = {"api_key": KEY, "base_url": "http://novu.test", **more}
    return SubscriberClient(ClientOptions(**chosen), transport=transport, clock=clock or FakeClock())
