"""One page out of several filters' pages: each person once, in order, with cursors that lead on."""

from api_client import Page, Subscriber
from dashboard.pages.subscribers.merging import merge
from dashboard.wording import Total


def person(number: int) -> Subscriber:
    return Subscriber(id=f"{number:024x}", subscriber_id=f"user-{number}")


def page(*numbers: int, more: bool = False, total: int | None = None) -> Page[Subscriber]:
    items = tuple(person(number) for number in numbers)
    count = len(items) if total is None else total
    return Page(
        items=items, next=items[-1].id if more else None, previous=None, total=count, total_is_exact=True
    )


def ids(found) -> list[str]:
    return [one.person.subscriber_id for one in found.items]


def test_a_person_who_matches_twice_stands_once_and_says_both_fields() -> None:
    found = merge(
        [("email", page(9, 5)), ("name", page(5, 3))], size=10, order_by="_id", descending=True, at="start"
    )
    assert ids(found) == ["user-9", "user-5", "user-3"]
    assert found.items[1].fields == ("email", "name")
    assert found.total == Total(3)
    assert found.next is None


def test_rows_that_do_not_fit_are_reached_by_the_cursor_of_the_last_one_shown() -> None:
    found = merge(
        [("email", page(9, 7, 5)), ("name", page(8, 6, 4))],
        size=3,
        order_by="_id",
        descending=True,
        at="start",
    )
    assert ids(found) == ["user-9", "user-8", "user-7"]
    assert found.next == found.items[-1].person.id
    assert found.total == Total(6, "at most")


def test_walking_back_shows_the_rows_nearest_to_where_one_came_from() -> None:
    found = merge(
        [("email", page(9, 7, 5)), ("name", page(8, 6, 4))],
        size=2,
        order_by="_id",
        descending=True,
        at="before",
    )
    assert ids(found) == ["user-5", "user-4"]
    assert found.previous == found.items[0].person.id
    assert found.next == found.items[-1].person.id


def test_there_is_a_way_back_wherever_one_came_from_a_cursor() -> None:
    found = merge([("email", page(3)), ("name", page())], size=2, order_by="_id", descending=True, at="after")
    assert found.previous == found.items[0].person.id


def test_whoever_has_exactly_the_id_stands_first_however_old() -> None:
    found = merge(
        [("name", page(9, 8, 7, more=True)), ("id", page(1))],
        size=3,
        order_by="_id",
        descending=True,
        at="start",
    )
    assert ids(found) == ["user-1", "user-9", "user-8", "user-7"]
    assert found.next == found.items[-1].person.id
