"""What an operator left is there again, and nobody else's."""

import pytest

from dashboard.desk import MOST_PINNED, MOST_RECENT, Desk
from dashboard.storage import Database


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, fingerprint="here")


async def test_the_look_comes_back_to_whom_it_belongs(desk: Desk) -> None:
    await desk.keep_look("ada", {"rows": "compact"})
    await desk.keep_look("ada", {"size": "25"})
    assert await desk.look("ada") == {"size": "25"}
    assert await desk.look("bob") == {}


async def test_shortcuts_are_on_until_switched_off(desk: Desk) -> None:
    assert await desk.has_shortcuts("ada")
    await desk.keep_shortcuts("ada", on=False)
    assert not await desk.has_shortcuts("ada")


async def test_recent_people_stand_once_the_latest_first(desk: Desk) -> None:
    for one in [*(f"user-{number}" for number in range(20)), "user-5"]:
        await desk.opened("ada", one)
    recent = await desk.recent("ada")
    assert recent[:2] == ("user-5", "user-19")
    assert len(recent) == len(set(recent)) == MOST_RECENT


async def test_recent_people_of_another_environment_are_not_shown(desk: Desk, database: Database) -> None:
    await desk.opened("ada", "user-1")
    assert await Desk(database, fingerprint="production").recent("ada") == ()


async def test_pinned_people_stay_until_unpinned_and_are_few(desk: Desk) -> None:
    await desk.pin("ada", ["user-1", "user-2"])
    await desk.pin("ada", ["user-2", "user-3"])
    assert await desk.pinned("ada") == ("user-2", "user-3", "user-1")
    await desk.unpin("ada", "user-3")
    assert await desk.pinned("ada") == ("user-2", "user-1")
    await desk.pin("ada", [f"more-{number}" for number in range(20)])
    assert len(await desk.pinned("ada")) == MOST_PINNED
    assert await desk.pinned("bob") == ()


async def test_a_shared_view_is_seen_by_all_and_deleted_by_its_owner_only(desk: Desk) -> None:
    await desk.save_view("ada", "Corporate", "email=corp", is_shared=True)
    await desk.save_view("ada", "Mine", "q=x", is_shared=False)
    (seen,) = await desk.views("bob")
    assert (seen.name, seen.query, seen.is_own) == ("Corporate", "email=corp", False)
    await desk.delete_view("bob", seen.id)
    assert len(await desk.views("ada")) == 2


async def test_a_view_of_the_same_name_is_replaced(desk: Desk) -> None:
    await desk.save_view("ada", "Corporate", "email=corp", is_shared=False)
    await desk.save_view("ada", "Corporate", "email=corp2", is_shared=False)
    assert [view.query for view in await desk.views("ada")] == ["email=corp2"]
