"""One log line per attempt: route, status, time. Never an id, a body, a header or a key."""

import logging

from api_client.errors import ApiError
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Link, Outgoing

_log = logging.getLogger("api_client")


class WireLog:
    """Notes each attempt at debug level, failed ones at info."""

    def __init__(self, inner: Link, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    async def send(self, out: Outgoing) -> Answer:
        if not _log.isEnabledFor(logging.INFO):
            return await self._inner.send(out)
        begun = self._clock.monotonic()
        try:
            answer = await self._inner.send(out)
        except ApiError as failure:
            self._note(logging.INFO, out, str(failure.detail), begun)
            raise
        level = logging.DEBUG if answer.status < 400 else logging.INFO
        self._note(level, out, str(answer.status), begun)
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _note(self, level: int, out: Outgoing, result: str, begun: float) -> None:
        took_ms = (self._clock.monotonic() - begun) * 1000
        _log.log(level, "%s -> %s in %.0f ms, attempt %d", out.where, result, took_ms, out.attempt)
