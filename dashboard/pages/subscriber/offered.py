"""Whether a server offers a call at all: not found may mean the call, or the person."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from api_client import NotFound
from dashboard.components.shell import Stage

T = TypeVar("T")


async def offered(stage: Stage, subscriber_id: str, call: Callable[[], Awaitable[T]]) -> T | None:
    """The answer, or None where the person is there and the server knows no such call.

    Raises NotFound when it is the person that is gone, and whatever else goes wrong.
    """
    try:
        return await call()
    except NotFound:
        await stage.ctx.reader.subscribers.get(subscriber_id)
        return None
