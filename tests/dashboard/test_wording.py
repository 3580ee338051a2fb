"""How values are said: honest totals, readable times, names in any script."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard import wording
from dashboard.wording import Total

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (Total(0), "0 people"),
        (Total(1), "1 person"),
        (Total(2400), "2,400 people"),
        (Total(50_000, "at least"), "50,000+ people"),
        (Total(80, "at most"), "up to 80 people"),
        (Total(None), "total not known"),
    ],
)
def test_a_total_never_looks_more_exact_than_it_is(total: Total, said: str) -> None:
    assert wording.total(total) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=3), "just now"),
        (timedelta(seconds=42), "42 seconds ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=90), "27 Aug 2026"),
        (timedelta(hours=-2), "25 Nov 2026, 14:00:00 UTC"),
    ],
)
def test_a_time_is_said_as_people_say_it(before: timedelta, said: str) -> None:
    assert wording.ago(NOW - before, NOW) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("Žak", "Ž"),
        ("山田 太郎", "山太"),
        ("دीया", "د"),
        ("***", "?"),
        ("ab.cd@x", "A"),
    ],
)
def test_initials_in_any_script(name: str, letters: str) -> None:
    assert wording.initials(name) == letters


def test_a_person_without_a_name_is_called_by_the_id() -> None:
    assert wording.full_name(" ", None, otherwise="user-1") == "user-1"
