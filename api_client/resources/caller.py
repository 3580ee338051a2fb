"""What all resources share, and what they need of the client: a way to carry out a call."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from api_client.options import INTERACTIVE, CallOptions
from api_client.routes import QueryValue, Route

T = TypeVar("T")


class Caller(Protocol):
    """Carries out one call: the client itself, or a stand-in for it."""

    @property
    def base_url(self) -> str: ...

    def sign(self, text: str) -> str: ...

    async def call(
        self,
        route: Route[T],
        path: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, QueryValue] | None = None,
        body: Any = None,
        secrets: tuple[str, ...] = (),
        options: CallOptions = INTERACTIVE,
    ) -> T: ...


class Resource:
    """Calls that belong together, carried out by one client."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
