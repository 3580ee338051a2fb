"""A link from a client to the embedded API that loses, cuts or refuses, before or after the work."""

from collections.abc import Callable
from enum import Enum

import httpx


class Trouble(Enum):
    """What happens to one request; AFTER means that the server has done the work."""

    NONE = "none"
    REFUSED = "connection refused"
    LOST_BEFORE = "lost on the way there"
    LOST_AFTER = "answer lost"
    SLOW_AFTER = "answer too late"
    CUT_AFTER = "answer cut off"
    BUSY_BEFORE = "503 before"
    GATEWAY_BEFORE = "502 before"
    GATEWAY_AFTER = "502 after"
    FAULT_BEFORE = "500 before"


_RAISED: dict[Trouble, Callable[[], Exception]] = {
    Trouble.REFUSED: lambda: httpx.ConnectError("refused"),
    Trouble.LOST_BEFORE: lambda: httpx.ReadError("lost"),
    Trouble.LOST_AFTER: lambda: httpx.RemoteProtocolError("lost"),
    Trouble.SLOW_AFTER: lambda: httpx.ReadTimeout("late"),
}
_ANSWERED = {
    Trouble.BUSY_BEFORE: 503,
    Trouble.GATEWAY_BEFORE: 502,
    Trouble.GATEWAY_AFTER: 502,
    Trouble.FAULT_BEFORE: 500,
}
_WORKED = {Trouble.NONE, Trouble.LOST_AFTER, Trouble.SLOW_AFTER, Trouble.CUT_AFTER, Trouble.GATEWAY_AFTER}


class Link(httpx.AsyncBaseTransport):
    """Carries requests to `inner`; `troubles` are suffered one each, in order, then all is well."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.troubles: list[Trouble] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        trouble = self.troubles.pop(0) if self.troubles else Trouble.NONE
        answer = await self._inner.handle_async_request(request) if trouble in _WORKED else None
        if trouble in _RAISED:
            raise _RAISED[trouble]()
        if trouble in _ANSWERED:
            return httpx.Response(_ANSWERED[trouble], json={"message": trouble.value})
        assert answer is not None
        content = await answer.aread()
        if trouble is Trouble.CUT_AFTER:
            content = content[: len(content) // 2]
        return httpx.Response(answer.status_code, headers=_plain(answer), content=content)


def _plain(answer: httpx.Response) -> dict[str, str]:
    return {name: text for name, text in answer.headers.items() if name != "content-length"}
