"""A part of a page that loads by itself: it shows what came or says why nothing did."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Generic, TypeVar

from api_client import ApiError
from dashboard.components import html, states
from dashboard.components.background import beside
from dashboard.feedback import describe
from dashboard.refusals import Refusal

T = TypeVar("T")


class Panel(Generic[T]):
    """One load at a time: a newer one cancels the older, so a slow answer can never overwrite a fresh one.

    While a reload runs, what was there stays in place, dimmed; only the first load shows the skeleton.
    """

    def __init__(  # noqa: PLR0913 - a part of a page, all its words named
        self,
        load: Callable[[], Awaitable[T]],
        show: Callable[[T], None],
        *,
        title: str | Callable[[Exception], str] = "This could not be loaded",
        skeleton: Callable[[], None] = states.loading,
        on_busy: Callable[[bool], None] | None = None,
        on_failed: Callable[[Exception], None] | None = None,
        level: int = 2,
    ) -> None:
        self._load, self._show, self._title, self._skeleton = load, show, title, skeleton
        self._on_busy = on_busy or self._dim
        self._on_failed = on_failed
        self._level = level
        self._task: asyncio.Task[None] | None = None
        self._beside: asyncio.Task[None] | None = None
        self._has_content = False
        self.body = html.div().classes("panel-body")
        self.draw_skeleton()

    @property
    def is_loading(self) -> bool:
        """Whether an answer is still awaited."""
        return self._task is not None and not self._task.done()

    def draw_skeleton(self) -> None:
        """Back to the loading face, as before the first load."""
        self._has_content = False
        with self.body.clear():
            self._skeleton()

    def reload(self) -> None:
        """Load (again); returns at once."""
        if self._task and self.is_loading:
            self._task.cancel()
        self._task = beside(self.body, self._run(), name="panel")

    def take(self, value: T) -> None:
        """Show what was read some other way; an answer that is still awaited is older."""
        if self._task and self.is_loading:
            self._task.cancel()
        self._fill(value)

    def leave(self) -> None:
        """Show nothing and await nothing: something else stands in its place. `reload` comes back."""
        for task in (self._task, self._beside):
            if task and not task.done():
                task.cancel()
        self._has_content = False
        self.body.clear()

    def beside(self, work: Coroutine[None, None, None]) -> None:
        """Run something that fills a part of what is shown; a reload or a closed page ends it."""
        if self._beside and not self._beside.done():
            self._beside.cancel()
        self._beside = beside(self.body, work, name="beside a panel")

    async def _run(self) -> None:
        if self.body.is_deleted:
            return
        if self._has_content:
            self._on_busy(True)
        else:
            self.draw_skeleton()
        try:
            value = await self._load()
        except (ApiError, Refusal) as exc:
            self._fail(exc)
        else:
            self._fill(value)

    def _fill(self, value: T) -> None:
        if self.body.is_deleted:
            return
        self._on_busy(False)
        self._has_content = True
        self._show(value)

    def _fail(self, exc: Exception) -> None:
        if self.body.is_deleted:
            return
        self._on_busy(False)
        self._has_content = False
        with self.body.clear():
            title = self._title if isinstance(self._title, str) else self._title(exc)
            states.failed(describe(exc), title=title, retry=self.reload, level=self._level)
        if self._on_failed:
            self._on_failed(exc)

    def _dim(self, busy: bool) -> None:
        self.body.classes(add="stale" if busy else "", remove="" if busy else "stale")
