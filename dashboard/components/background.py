"""Work beside a page: one door to NiceGUI's tasks, which keep the reference and the page's context."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import asyncio
from collections.abc import Coroutine
from typing import Any, cast

from nicegui import Client, background_tasks
from nicegui.element import Element

_TASKS = "_tasks_beside_this_page"


def beside(element: Element, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Run `work` in the context of `element`; it ends with the page. Errors reach the page's handler."""
    create = cast("Any", background_tasks.create)
    task: asyncio.Task[None] = create(work, name=name, context=element)
    tasks = _tasks_of(element.client)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task


def _tasks_of(client: Client) -> set[asyncio.Task[None]]:
    """The page's running tasks; one handler a page, not one a task, cancels them when it is gone."""
    tasks: set[asyncio.Task[None]] | None = getattr(client, _TASKS, None)
    if tasks is None:
        tasks = set()
        setattr(client, _TASKS, tasks)
        client.on_delete(lambda: [task.cancel() for task in tuple(tasks)])
    return tasks
