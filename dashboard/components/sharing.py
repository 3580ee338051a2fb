"""One call for several panels: who asks while it runs gets the same answer, good or bad."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from nicegui.element import Element

from api_client import ApiError
from dashboard.components.background import beside
from dashboard.refusals import Refusal

T = TypeVar("T")


class Shared(Generic[T]):
    """Nothing is remembered: a later question is asked anew. It ends with `page`, not with one who asked."""

    def __init__(self, page: Element, load: Callable[[], Awaitable[T]], *, name: str) -> None:
        self._page, self._load, self._name = page, load, name
        self._answer: asyncio.Future[T] | None = None
        self._task: asyncio.Task[None] | None = None

    async def __call__(self) -> T:
        if self._answer is None or self._answer.done():
            self._answer = asyncio.get_running_loop().create_future()
            self._task = beside(self._page, self._ask(self._answer), name=self._name)
        return await asyncio.shield(self._answer)

    def forget(self) -> None:
        """Something was written: an answer that is still on its way is too old for those who ask now."""
        self._answer = None

    def leave(self) -> None:
        """Nobody waits any more: end the call that is under way."""
        if self._task:
            self._task.cancel()
        self._answer = None

    async def _ask(self, answer: asyncio.Future[T]) -> None:
        try:
            value = await self._load()
        except (ApiError, Refusal) as exc:
            answer.set_exception(exc)
            answer.exception()  # it may be that nobody waits any more
        else:
            answer.set_result(value)
        finally:
            answer.cancel()
