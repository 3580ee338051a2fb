"""One person beside the list: each part loads by itself, and the address alone says who it is."""

import pytest
from nicegui.testing import User

from dashboard import paths
from dashboard.components.people_table import PeopleTable, PersonRow
from dashboard.pages.subscribers.beside import beside_query, named_beside
from tests import harness


async def first_person(user: User) -> PersonRow:
    await user.open("/subscribers")
    await user.should_see(PeopleTable)
    return user.find(PeopleTable).elements.pop().props["rows"][0]


async def look_at(user: User, subscriber_id: str) -> None:
    await user.open(paths.subscribers(beside_query(subscriber_id)))
    await user.should_see(marker="beside")


@pytest.mark.parametrize("subscriber_id", ["plain", "auth0|x", "a/b", "..", "50%~", "ä ö@&=?#"])
def test_any_id_comes_back_from_the_address(subscriber_id: str) -> None:
    assert named_beside(beside_query(subscriber_id)) == subscriber_id


def test_nobody_leaves_the_address_plain() -> None:
    assert paths.subscribers(beside_query("")) == "/subscribers"
    assert named_beside({}) == ""


async def test_an_address_with_somebody_shows_them_beside_the_rows(operator: User) -> None:
    person = await first_person(operator)
    await look_at(operator, person.id)
    await operator.should_see(PeopleTable)
    for marker in ("beside-name", "beside-unread", "reach-email"):
        await operator.should_see(marker=marker)
    await operator.should_see(marker="beside-name", content=person.name)


async def test_what_cannot_be_loaded_leaves_the_rest(
    operator: User, caplog: pytest.LogCaptureFixture
) -> None:
    person = await first_person(operator)
    harness.current().faults.next(60, route="GET /v1/subscribers/{id}/notifications/feed", status=500)
    await look_at(operator, person.id)
    await operator.should_see("The feed could not be loaded")
    await operator.should_see(marker="beside-unread")
    await operator.should_see(marker="reach-email")
    harness.current().faults.clear()
    operator.find("Retry").click()
    await operator.should_see("Newest messages")
    caplog.clear()


async def test_closing_leaves_the_list_as_it_was(operator: User) -> None:
    person = await first_person(operator)
    await look_at(operator, person.id)
    operator.find(marker="beside-close").click()
    await operator.should_not_see(marker="beside")
    await operator.should_see(PeopleTable)
