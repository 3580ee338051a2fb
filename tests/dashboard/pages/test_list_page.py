"""The list: rows, empty, no results and failed are told apart, whatever the API does."""

import pytest
from nicegui import ui
from nicegui.testing import User

from dashboard.components.people_table import PeopleTable, PersonRow
from dashboard.components.shell import OperatorPages
from tests import harness

SEARCH = "GET /v2/subscribers"


def rows(user: User) -> list[PersonRow]:
    return user.find(PeopleTable).elements.pop().props["rows"]


async def test_the_newest_people_are_shown_with_an_honest_total(operator: User) -> None:
    await operator.open("/subscribers")
    await operator.should_see(PeopleTable)
    assert len(rows(operator)) == 50
    await operator.should_see("120 people")


async def test_a_search_without_a_match_names_what_was_looked_for(operator: User) -> None:
    await operator.open("/subscribers?q=nobody-has-this-name")
    await operator.should_see(marker="no-results")
    await operator.should_see("nobody-has-this-name")
    await operator.should_not_see(marker="empty")


@pytest.mark.parametrize("status", [401, 403, 500, 503])
async def test_an_outage_is_not_shown_as_empty(
    operator: User, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    harness.current().faults.next(9, route=SEARCH, status=status)
    await operator.open("/subscribers")
    await operator.should_see(marker="failed", retries=60)
    await operator.should_not_see(marker="empty")
    harness.current().faults.clear()
    operator.find("Retry").click()
    await operator.should_see(PeopleTable, retries=20)
    caplog.clear()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("limit=abc", "“limit”."),
        ("after=no-cursor", "“after”."),
        ("sort=$where&size=50&q=zofia", "“sort”."),
        ("a=1&b=2&c=3&d=4&before=x", "“a”, “b”, “c” and 2 more."),
    ],
)
async def test_nonsense_in_the_address_is_named_and_the_list_is_shown_without_it(
    operator: User, query: str, names: str
) -> None:
    await operator.open(f"/subscribers?{query}")
    await operator.should_see(PeopleTable)
    await operator.should_see(f"Part of this address was not understood and was left out: {names}")
    operator.find("Close").click()
    await operator.should_not_see(marker="misread")


async def test_an_address_that_makes_sense_is_not_remarked_on(operator: User) -> None:
    await operator.open("/subscribers?sort=created&dir=asc&size=50&page=1")
    await operator.should_see(PeopleTable)
    await operator.should_not_see(marker="misread")


async def test_a_visitor_without_a_session_is_asked_to_sign_in(user: User) -> None:
    answer = await user.http_client.get("/subscribers", follow_redirects=True)
    assert "Open the link that the dashboard printed" in answer.text
    assert answer.url.path == "/sign-in"


async def test_days_the_wrong_way_round_are_said_before_everyone_is_read(operator: User) -> None:
    await operator.open("/subscribers")
    await operator.should_see(PeopleTable, retries=60)
    operator.find(marker="filters").click()
    await operator.should_see(marker="filter-dialog", retries=60)
    operator.find(marker="filter-created-from").type("2026-11-30")
    operator.find(marker="filter-created-to").type("2026-11-01")
    operator.find(marker="filter-apply").click()
    await operator.should_see("This is before 2026-11-30. Choose that day or a later one.", retries=60)
    await operator.should_see(marker="filter-dialog")
    operator.find(marker="filter-created-to").clear().type("2026-11-30")
    operator.find(marker="filter-apply").click()
    await operator.should_see(marker="chip-created", retries=60)


async def test_reading_everyone_in_vain_says_what_to_do(operator: User) -> None:
    await operator.open("/subscribers?q=nobody-has-this-name&scan=1")
    await operator.should_see(marker="no-results", retries=60)
    await operator.should_see("Remove a filter above", retries=60)


@pytest.mark.parametrize("address", ["/nowhere", "/subscribers/a/b/c"])
async def test_half_an_address_is_no_page(
    operator: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await operator.open("/subscribers")
    await operator.should_see(PeopleTable, retries=60)
    monkeypatch.setattr(client.sub_pages_router, "current_path", address)
    operator.find(OperatorPages).elements.pop().refresh()
    await operator.should_see("There is no page at this address", retries=60)
    await operator.should_not_see(PeopleTable)


async def test_a_view_that_is_too_long_to_keep_is_refused_before_it_is_saved(operator: User) -> None:
    await operator.open(f"/subscribers?q={'😀' * 300}&name={'ä' * 150}")
    await operator.should_see(marker="no-results", retries=60)
    operator.find(marker="views").click()
    await operator.should_see(marker="view-name")
    operator.find(marker="view-name").type("Everything")
    operator.find(marker="view-save").click()
    await operator.should_see("This view is too long to save")
    await operator.should_see("No saved views yet.")


async def test_a_bulk_change_that_was_refused_can_be_tried_again_from_its_dialog(operator: User) -> None:
    await operator.open("/subscribers")
    await operator.should_see(PeopleTable)
    operator.find(PeopleTable).trigger("choose", {"ids": [rows(operator)[0].id], "on": True})
    await operator.should_see(marker="bulk-timezone")
    operator.find(marker="bulk-timezone").click()
    await operator.should_see(marker="bulk-value")
    operator.find(marker="bulk-value").type("Europe/Berlin")
    await harness.current().ctx.sessions.end_all_of("local")
    operator.find(marker="bulk-go").click()
    await operator.should_see("You are signed out, so nothing was changed.")
    assert operator.find(kind=ui.button, marker="bulk-go").elements.pop().enabled
