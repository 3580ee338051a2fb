"""The log's address holds the whole filter, and nonsense in it does no harm."""

from datetime import UTC, datetime

import pytest

from dashboard.audit import AuditFilter, Outcome
from dashboard.pages.audit.state import AuditState


@pytest.mark.parametrize(
    "query",
    [
        {},
        {
            "who": "ada",
            "action": "subscriber.deleted",
            "about": "u/1 ü",
            "outcome": "failed",
            "where": "Production",
        },
        {"since": "2026-11-01", "until": "2026-11-25", "before": "120"},
        {"outcome": "all", "after": "7"},
    ],
)
def test_what_is_in_the_address_comes_back_as_it_was(query: dict[str, str]) -> None:
    assert AuditState.from_query(query).to_query() == query


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"until": "9999-12-31"},
        {"before": "-1"},
        {"after": "9" * 30},
        {"outcome": "odd"},
        {"x": "y"},
    ],
)
def test_nonsense_is_left_out(query: dict[str, str]) -> None:
    assert AuditState.from_query(query) == AuditState()


def test_the_last_day_is_wanted_whole() -> None:
    wanted = AuditState.from_query({"since": "2026-11-01", "until": "2026-11-01"}).wanted()
    assert wanted.since == datetime(2026, 11, 1, tzinfo=UTC)
    assert wanted.before == datetime(2026, 11, 2, tzinfo=UTC)


def test_another_filter_begins_at_its_newest_lines() -> None:
    state = AuditState(before=50).filtered("who", "ada")
    assert (state.who, state.before) == ("ada", None)
    assert state.older_than(9).newer_than(7).to_query() == {"who": "ada", "after": "7"}


def test_without_a_choice_the_lines_before_are_left_out() -> None:
    assert AuditState().wanted() == AuditFilter(is_over=True)
    assert AuditState(outcome="all").wanted() == AuditFilter()
    assert AuditState(outcome="refused").wanted() == AuditFilter(outcome=Outcome.REFUSED)
    assert AuditState(who="ada").described() == "who: ada"
