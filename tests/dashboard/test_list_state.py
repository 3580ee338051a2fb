"""The list's state lives in the URL and survives the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_client import SubscriberFilter
from dashboard.components.misread import misread
from dashboard.conditions import Conditions, Lack, Span
from dashboard.pages.subscribers.look import COLUMNS, DEFAULT_COLUMNS, FIRST, SIZES, Look
from dashboard.pages.subscribers.state import MAX_TEXT, ListState, with_kept_look

words = st.text(max_size=40).map(str.strip)
columns = st.permutations([key for key in COLUMNS if key != FIRST]).flatmap(
    lambda keys: st.integers(0, len(keys)).map(lambda count: tuple(keys[:count]))
)
spans = st.builds(Span, first=st.none() | st.dates(), last=st.none() | st.dates())
conditions = st.builds(Conditions, lacks=st.frozensets(st.sampled_from(Lack)), created=spans, updated=spans)
looks = st.builds(Look, columns=columns, is_compact=st.booleans(), size=st.sampled_from(SIZES))
filters = st.builds(
    SubscriberFilter,
    **dict.fromkeys(("email", "phone", "name", "subscriber_id"), words.map(lambda one: one or None)),
)
states = st.builds(
    ListState,
    text=st.text(max_size=40),
    filters=filters,
    conditions=conditions,
    look=looks,
    sort=st.sampled_from(["created", "updated"]),
    descending=st.booleans(),
    after=st.none() | st.text("0123456789abcdef", min_size=24, max_size=24),
)


@given(states)
def test_a_state_comes_back_from_its_url(state: ListState) -> None:
    assert ListState.from_query(state.to_query()) == state
    assert misread(state.to_query(), ListState.from_query) == (), "its own address has no idle word in it"


@pytest.mark.parametrize(
    "query",
    [
        {"size": "abc"},
        {"size": "-1"},
        {"size": "7"},
        {"size": "²"},
        {"sort": "$where"},
        {"dir": "sideways"},
        {"limit": "abc"},
    ],
)
def test_nonsense_in_the_url_becomes_the_default(query: dict[str, str]) -> None:
    assert ListState.from_query(query) == ListState()


def test_a_plain_list_has_a_plain_address() -> None:
    assert ListState().to_query() == {}


def test_of_two_cursors_one_counts() -> None:
    state = ListState.from_query({"after": "a" * 24, "before": "b" * 24})
    assert (state.after, state.before) == ("a" * 24, None)


def test_the_page_is_numbered_as_long_as_it_was_walked_to() -> None:
    third = ListState().forward("c" * 24).forward("d" * 24)
    assert third.page == 3
    assert ListState.from_query(third.to_query()) == third
    assert third.back("e" * 24).page == 2
    assert third.first().page == 1
    assert ListState.from_query({"after": "c" * 24}).page is None


def test_looking_anywhere_is_over_with_another_text() -> None:
    state = ListState(text="ser-1").looking_anywhere()
    assert (state.needs_scan, state.wanted()) == (True, (SubscriberFilter(),))
    assert ListState.from_query(state.to_query()) == state
    assert not state.searching("ser-12").needs_scan
    assert not ListState().looking_anywhere().needs_scan


def test_another_search_or_order_starts_on_the_first_page() -> None:
    later = ListState(text="a", after="c" * 24)
    assert later.searching("b").is_first_page
    assert later.sorted_by("updated").is_first_page
    assert later.sized(25).is_first_page


def test_the_same_column_again_turns_the_order() -> None:
    once = ListState().sorted_by("updated")
    assert (once.sort, once.descending) == ("updated", True)
    assert not once.sorted_by("updated").descending
    assert once.sorted_by("nonsense") == once


def test_another_look_keeps_the_place_but_another_page_size_does_not() -> None:
    later = ListState(text="a", after="c" * 24)
    assert later.looking(Look(is_compact=True)).after == later.after
    assert later.looking(Look(size=25)).is_first_page


def test_a_column_that_does_not_exist_is_left_out() -> None:
    assert Look.from_query({"cols": "phone,secret,phone,person,email"}).columns == ("phone", "email")


def test_columns_are_taken_away_added_and_moved() -> None:
    look = Look().with_column("phone", on=False).with_column("locale", on=True)
    assert "phone" not in look.columns
    assert look.columns[-1] == "locale"
    assert look.in_order(("locale", *DEFAULT_COLUMNS)).columns[0] == "locale"


def test_the_kept_look_applies_to_an_address_that_says_nothing_about_it() -> None:
    kept = {"rows": "compact", "size": "25"}
    assert with_kept_look({"q": "ada"}, kept) == {"q": "ada", "rows": "compact", "size": "25"}
    assert with_kept_look({"q": "ada", "size": "100"}, kept) == {"q": "ada", "size": "100"}


def test_a_text_of_any_length_comes_back_from_the_address_as_it_was_searched() -> None:
    state = ListState().searching("x" * 5000).filtered("email", "y" * 5000)
    assert len(state.text) == MAX_TEXT
    assert ListState.from_query(state.to_query()) == state


def test_what_is_kept_never_says_whom_the_list_showed() -> None:
    state = ListState(text="ada", filters=SubscriberFilter(email="corp"), look=Look(is_compact=True))
    assert state.kept_query() == {"rows": "compact"}


def test_list_export_and_bulk_share_the_search_within_the_filters() -> None:
    state = ListState(text="ada", filters=SubscriberFilter(email="@corp"))
    assert state.wanted() == (
        SubscriberFilter(name="ada", email="@corp"),
        SubscriberFilter(subscriber_id="ada", email="@corp"),
        SubscriberFilter(subscriber_id="ADA", email="@corp"),
    )
    assert ListState().wanted() == (SubscriberFilter(),)
