"""Logs each attempt and tells an observer: route, status, time. Never an id, a body or a key."""

import logging
from collections.abc import Callable

from api_client.errors import ApiError, Reason, Unreachable
from api_client.transport.clock import Clock
from api_client.transport.exchange import Answer, Link, Observer, Outgoing

_log = logging.getLogger("api_client")


class WireLog:
    """Logs attempts at debug level and failed ones at info; opens the pipeline's end on first use."""

    def __init__(self, open_end: Callable[[], Link], clock: Clock, observer: Observer | None = None) -> None:
        self._open_end = open_end
        self._end: Link | None = None
        self._is_closed = False
        self._clock = clock
        self._observer = observer

    async def send(self, out: Outgoing) -> Answer:
        if self._is_closed:
            raise Unreachable(Reason.CLOSED)
        end = self._end
        if end is None:
            end = self._end = self._open_end()
        if self._observer is None and not _log.isEnabledFor(logging.INFO):
            return await end.send(out)
        if self._observer is not None:
            out.headers = {**out.headers, **self._observer.headers()}
        begun = self._clock.monotonic()
        try:
            answer = await end.send(out)
        except ApiError as failure:
            self._note(logging.INFO, out, failure.detail, begun, status=None)
            raise
        level = logging.DEBUG if answer.status < 400 else logging.INFO
        self._note(level, out, str(answer.status), begun, status=answer.status)
        return answer

    async def aclose(self) -> None:
        self._is_closed = True
        if self._end is not None:
            await self._end.aclose()

    def _note(self, level: int, out: Outgoing, result: str, begun: float, *, status: int | None) -> None:
        took = self._clock.monotonic() - begun
        _log.log(level, "%s -> %s in %.0f ms, attempt %d", out.where, result, took * 1000, out.attempt)
        if self._observer is not None:
            self._observer.heard(out.where, status, took)
