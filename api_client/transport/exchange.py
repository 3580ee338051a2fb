"""What goes out and what comes back: the two values that every link of the pipeline handles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from api_client.options import CallOptions


@dataclass(slots=True)
class Outgoing:
    """One request, the same for all its attempts. `deadline_at` is in the clock's monotonic seconds."""

    method: str
    url: str = field(repr=False)  # may hold ids, a code or a signature
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(repr=False)
    where: str
    cost: int
    repeatable: bool
    options: CallOptions
    deadline_at: float
    attempt: int = 0

    @property
    def writes(self) -> bool:
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer with its body decoded. Header names are case-insensitive."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Observer(Protocol):
    """Is told of every attempt and may add headers to it."""

    def headers(self) -> Mapping[str, str]:
        """Headers to add to the request that is about to be sent."""
        ...

    def heard(self, where: str, status: int | None, seconds: float) -> None:
        """A call to the route `where` took this long; `status` is None where no answer came."""
        ...


class Link(Protocol):
    """One link of the pipeline, or the network at its end."""

    async def send(self, out: Outgoing) -> Answer: ...
    async def aclose(self) -> None: ...
