"""The list's state lives in the URL and survives the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pages.subscribers.state import SIZES, ListState

states = st.builds(
    ListState,
    text=st.text(max_size=40),
    sort=st.sampled_from(["created", "updated"]),
    descending=st.booleans(),
    size=st.sampled_from(SIZES),
    after=st.none() | st.text("0123456789abcdef", min_size=24, max_size=24),
)


@given(states)
def test_a_state_comes_back_from_its_url(state: ListState) -> None:
    assert ListState.from_query(state.to_query()) == state


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
