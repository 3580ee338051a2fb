"""A panel shows the newest answer, whatever order answers arrive in."""

import asyncio
from collections.abc import Iterator

from nicegui.testing import User

from dashboard.components.panel import Panel


def loads(answers: Iterator["asyncio.Future[str]"]):
    """Each load waits for the next answer, which goes on its way even when nobody waits any more."""

    async def load() -> str:
        return await asyncio.shield(next(answers))

    return load


async def test_a_late_answer_never_overwrites_a_newer_one(operator: User) -> None:
    await operator.open("/subscribers")
    loop = asyncio.get_running_loop()
    late, newer = loop.create_future(), loop.create_future()
    shown, seen = list[str](), asyncio.Event()

    def show(text: str) -> None:
        shown.append(text)
        seen.set()

    assert operator.client
    with operator.client:
        panel: Panel[str] = Panel(loads(iter([late, newer])), show)
        panel.reload()
        await asyncio.sleep(0)
        panel.reload()
    newer.set_result("newer")
    await seen.wait()
    late.set_result("late")
    for _ in range(5):
        await asyncio.sleep(0)
    assert shown == ["newer"]


async def test_a_panel_that_was_left_shows_nothing_that_comes_afterwards(operator: User) -> None:
    await operator.open("/subscribers")
    late = asyncio.get_running_loop().create_future()
    shown: list[str] = []
    assert operator.client
    with operator.client:
        panel: Panel[str] = Panel(loads(iter([late])), shown.append)
        panel.reload()
        await asyncio.sleep(0)
        panel.leave()
    late.set_result("late")
    for _ in range(5):
        await asyncio.sleep(0)
    assert shown == []


async def test_what_was_read_after_a_write_is_not_overwritten_by_an_answer_from_before(
    operator: User,
) -> None:
    await operator.open("/subscribers")
    late = asyncio.get_running_loop().create_future()
    shown: list[str] = []
    assert operator.client
    with operator.client:
        panel: Panel[str] = Panel(loads(iter([late])), shown.append)
        panel.reload()
        await asyncio.sleep(0)
        panel.take("read back")
    late.set_result("from before")
    for _ in range(5):
        await asyncio.sleep(0)
    assert shown == ["read back"]
