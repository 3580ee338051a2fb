"""Faults on demand: the next calls of a route answer with a status, are delayed, dropped or cut off."""

import re
from collections import deque
from dataclasses import dataclass
from threading import Lock

PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call.

    A status replaces the work, a delay in seconds comes before it. A drop or a cut comes after it: the
    effect stays and only the answer is lost.
    """

    status: int | None = None
    delay_s: float = 0.0
    drop: bool = False
    truncate: bool = False


class Dropped(ConnectionResetError):
    """Ends the connection: raised out of the application, so that no answer is completed."""


class Faults:
    """The faults waiting for calls, by route such as `GET /v2/subscribers/{subscriberId}`.

    The names of placeholders do not matter; the route `*` stands for every route.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = {}
        self._lock = Lock()

    def next(
        self,
        times: int,
        *,
        route: str = "*",
        status: int | None = None,
        delay_s: float = 0.0,
        drop: bool = False,
        truncate: bool = False,
    ) -> None:
        """Gives the next `times` calls of the route this fault, after those already waiting."""
        fault = Fault(status=status, delay_s=delay_s, drop=drop, truncate=truncate)
        with self._lock:
            self._waiting.setdefault(_plain(route), deque()).extend([fault] * times)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def take(self, route: str) -> Fault | None:
        """The fault for the present call of a route, if any."""
        if not self._waiting:
            return None
        with self._lock:
            found = self._waiting.get(_plain(route)) or self._waiting.get("*")
            return found.popleft() if found else None


def _plain(route: str) -> str:
    return PLACEHOLDER.sub("{}", route).lower()
