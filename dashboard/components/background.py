"""Work beside a page: one door to NiceGUI's tasks, which keep the reference and the page's context."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import asyncio
from collections.abc import Coroutine
from typing import Any, cast

from nicegui import background_tasks
from nicegui.element import Element


def beside(element: Element, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Run `work` in the context of `element`; it ends with the page. Errors reach the page's handler."""
    create = cast("Any", background_tasks.create)
    task: asyncio.Task[None] = create(work, name=name, context=element)
    forget = cast("Any", element.client.on_delete)
    forget(task.cancel)
    return task
