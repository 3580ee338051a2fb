"""Who is selected, across pages and searches."""

from dashboard.components.people_table import Moment, PersonRow
from dashboard.online import OnlineState
from dashboard.pages.subscribers.selection import Selection
from dashboard.wording import Total


def row(number: int) -> PersonRow:
    never, moment = OnlineState("", "", "", ""), Moment("", "", "")
    name = f"user-{number}"
    return PersonRow(name, name, "", name, "U", 0, "", "", (), never, moment, moment)


PAGE, NEXT = [row(1), row(2), row(3)], [row(4), row(5)]


def test_a_selection_goes_on_over_pages_and_says_who_is_out_of_sight() -> None:
    chosen = Selection().with_rows(PAGE[:2], on=True).with_rows(NEXT, on=True)
    assert chosen.words(NEXT, Total(5)) == "4 selected, 2 of them not on this page"
    assert chosen.on_page(NEXT) == {"user-4", "user-5"}


def test_a_row_can_be_taken_out_again() -> None:
    chosen = Selection().with_rows(PAGE, on=True).with_rows(PAGE[:1], on=False)
    assert set(chosen.people) == {"user-2", "user-3"}


def test_everyone_who_matches_ends_with_another_search_but_single_people_stay() -> None:
    picked = Selection().with_rows(PAGE, on=True)
    assert picked.of_everyone().of_another_search().is_empty
    assert picked.of_another_search().people == picked.people


def test_everyone_ticks_every_row_and_says_the_total() -> None:
    everyone = Selection().of_everyone()
    assert everyone.on_page(NEXT) == {"user-4", "user-5"}
    assert everyone.words(NEXT, Total(50_000, "at least")) == (
        "Everyone who matches is selected: 50,000+ people"
    )
