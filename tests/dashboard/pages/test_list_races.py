"""The list while things happen at once: what is older never changes what is newer."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from nicegui.testing import User

from api_client import RowPage
from dashboard.clock import SystemClock
from dashboard.components import html
from dashboard.components.people_table import PeopleTable, TableLook
from dashboard.components.shell import Stage
from dashboard.pages.subscribers.scan_view import ScanView
from dashboard.pages.subscribers.state import ListState
from tests import harness
from tests.dashboard.pages.test_list_page import SEARCH, rows
from tests.dashboard.people import MemoryReader
from tests.patience import until


def path(user: User) -> str:
    assert user.client
    return user.client.sub_pages_router.current_path


def type_into_search(user: User, text: str) -> None:
    assert user.client
    with user.client:
        for box in user.find(marker="search").elements:
            cast("Any", box).value = text


async def shows(user: User, count: int) -> None:
    assert await until(lambda: len(rows(user)) == count), f"{len(rows(user))} rows, not {count}"


async def test_enter_means_the_search_it_was_pressed_for(
    operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    await operator.open("/subscribers")
    await operator.should_see(PeopleTable)
    someone = str(cast("Any", rows(operator)[0]).id)
    harness.current().faults.next(60, route=SEARCH, status=500)
    operator.find(marker="search").trigger("keydown.enter", "somebody")
    await operator.should_see(marker="failed")
    harness.current().faults.clear()
    type_into_search(operator, someone)
    await operator.should_see(PeopleTable)
    await shows(operator, 1)
    assert path(operator) == f"/subscribers?q={someone}"
    operator.find(marker="search").trigger("keydown.enter", someone)
    assert await until(lambda: path(operator) == f"/subscribers/{someone}"), path(operator)


async def test_another_look_after_the_list_has_stepped_back_is_kept(operator: User) -> None:
    await operator.open(f"/subscribers?after={'0' * 24}&page=2")
    await operator.should_see("the list has stepped back")
    operator.find(marker="look").click()
    await operator.should_see(marker="look-rows")
    operator.find(marker="look-rows").trigger("change", "compact")
    assert operator.find(PeopleTable).elements.pop().props["compact"] is True
    assert "rows=compact" in path(operator)


class SlowReader(MemoryReader):
    """Answers no page before it may."""

    def __init__(self) -> None:
        super().__init__([])
        self.may = asyncio.Event()

    async def search_rows(self, *args: Any, **named: Any) -> AsyncIterator[RowPage]:
        await self.may.wait()
        async for page in super().search_rows(*args, **named):
            yield page


async def test_a_scan_that_was_replaced_does_not_end_the_newer_one(operator: User) -> None:
    await operator.open("/subscribers")
    reader = SlowReader()
    ctx = SimpleNamespace(reader=reader, clock=SystemClock())
    assert operator.client
    with operator.client, html.div():
        view = ScanView(
            cast("Stage", SimpleNamespace(ctx=ctx)),
            look=lambda: TableLook(()),
            on_rows=lambda: None,
            on_sort=lambda _: None,
            on_choose=lambda _: None,
            on_look=lambda _: None,
        )
        for text in ("older", "newer"):
            view.start(ListState(text=text).looking_anywhere())
            await asyncio.sleep(0.01)
    assert view.line.text == "Scanning everyone…"
    assert view.stopper.visible
    reader.may.set()
    await operator.should_see("Scanned all 0 people: 0 found.")
    assert not view.stopper.visible
