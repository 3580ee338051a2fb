"""A dialog whose work fails stays open, and does its work once at a time."""

import asyncio

from nicegui.testing import User

from api_client import ApiError
from dashboard.components.dialog import Dialog


async def test_work_that_fails_leaves_the_dialog_open_and_work_that_succeeds_closes_it(
    operator: User,
) -> None:
    await operator.open("/subscribers")

    async def fail() -> None:
        raise ApiError("Novu is away.")

    assert operator.client
    with operator.client:
        dialog = Dialog("Hours", marker="hours")
        dialog.open()
        await dialog.finish(fail)
        assert dialog.is_open
        await dialog.finish(lambda: asyncio.sleep(0))
        assert not dialog.is_open
    await operator.should_see("Novu is away.")


async def test_a_second_click_while_the_first_is_under_way_does_nothing(operator: User) -> None:
    await operator.open("/subscribers")
    done, way = list[int](), asyncio.Event()

    async def work() -> None:
        done.append(1)
        await way.wait()

    assert operator.client
    with operator.client:
        dialog = Dialog("Hours", marker="hours")
        dialog.open()
        first = asyncio.ensure_future(dialog.finish(work))
        await asyncio.sleep(0)
        await dialog.finish(work)
        way.set()
        await first
    assert done == [1]


async def test_while_it_works_esc_closes_it_as_little_as_one_with_something_typed(operator: User) -> None:
    await operator.open("/subscribers")
    way = asyncio.Event()
    assert operator.client
    with operator.client:
        dialog = Dialog("Lock", marker="lock")
        held = dialog._dialog.props
        assert not held["no-esc-dismiss"]
        working = asyncio.ensure_future(dialog.finish(way.wait))
        await asyncio.sleep(0)
        assert held["no-esc-dismiss"]
        way.set()
        await working
        assert not held["no-esc-dismiss"]
        assert Dialog("Typed into", marker="typed", persistent=True)._dialog.props["no-esc-dismiss"]
