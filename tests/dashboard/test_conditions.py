"""What the API cannot filter by, judged on rows as the API sends them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.conditions import Conditions, Lack, Span
from tests.dashboard.people import person

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FCM = {"providerId": "fcm", "credentials": {"deviceTokens": ["t"]}}
SLACK = {"providerId": "slack", "credentials": {"webhookUrl": "https://hooks.example.com/x"}}
PUSH_HOOK = {"providerId": "push-webhook", "credentials": {"webhookUrl": "https://x.example/y"}}

days = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
spans = st.builds(Span, first=days, last=days)


def lacks(what: Lack, **fields: Any) -> bool:
    return Conditions(frozenset([what])).hold(person(1, **fields), NOW)


@given(st.builds(Conditions, lacks=st.frozensets(st.sampled_from(Lack)), created=spans, updated=spans))
def test_conditions_come_back_from_the_url(conditions: Conditions) -> None:
    assert Conditions.from_query(conditions.to_query()) == conditions


@pytest.mark.parametrize(
    "query", [{"lacks": "hair"}, {"created": "yesterday..x"}, {"updated": "2026-13-01.."}]
)
def test_nonsense_in_the_url_asks_for_nothing(query: dict[str, str]) -> None:
    assert not Conditions.from_query(query).are_set


@pytest.mark.parametrize(
    ("what", "fields", "is_lacking"),
    [
        (Lack.EMAIL, {"email": "a@b.example"}, False),
        (Lack.EMAIL, {"email": None}, True),
        (Lack.PHONE, {"phone": ""}, True),
        (Lack.PUSH, {"channels": [SLACK]}, True),
        (Lack.PUSH, {"channels": [FCM]}, False),
        (Lack.CHAT, {"channels": [FCM, PUSH_HOOK]}, True),
        (Lack.CHAT, {"channels": [SLACK]}, False),
        (Lack.CHAT, {"channels": [None, {"credentials": 5}]}, True),
        (Lack.REPORTED, {}, True),
        (Lack.REPORTED, {"isOnline": True}, False),
        (Lack.RECENT, {"lastOnlineAt": "2026-10-01T08:00:00.000Z"}, True),
        (Lack.RECENT, {"lastOnlineAt": "2026-10-01T08:00:00.000Z", "isOnline": True}, False),
        (Lack.RECENT, {"lastOnlineAt": "2026-11-20T08:00:00.000Z"}, False),
        (Lack.RECENT, {}, False),
    ],
)
def test_what_somebody_lacks(what: Lack, fields: dict[str, Any], is_lacking: bool) -> None:
    assert lacks(what, **fields) is is_lacking


def test_both_ends_of_a_span_are_included() -> None:
    span = Span.from_text("2026-11-01..2026-11-30")
    inside = ["2026-11-01T00:00:00.000Z", "2026-11-30T23:59:59.999Z"]
    outside = ["2026-10-31T23:59:59.999Z", "2026-12-01T00:00:00.000Z", None, 5]
    assert [span.holds(one) for one in inside + outside] == [True, True, False, False, False, False]


def test_a_walk_may_end_a_day_beyond_the_edge_in_its_direction() -> None:
    conditions = Conditions(created=Span.from_text("2026-11-10..2026-11-20"))
    passed = {
        day: (
            conditions.is_past(person(1, createdAt=f"2026-11-{day}T00:00:00.000Z"), descending=True),
            conditions.is_past(person(1, createdAt=f"2026-11-{day}T00:00:00.000Z"), descending=False),
        )
        for day in ("08", "09", "15", "21", "22")
    }
    assert passed == {
        "08": (True, False),
        "09": (False, False),
        "15": (False, False),
        "21": (False, False),
        "22": (False, True),
    }


def test_each_has_words_and_can_be_taken_off() -> None:
    conditions = Conditions(frozenset([Lack.PUSH, Lack.EMAIL]), created=Span.from_text("2026-11-01.."))
    parts = dict(conditions.parts())
    assert parts == {
        "email": "No e-mail address",
        "push": "No push token",
        "created": "Created since 2026-11-01",
    }
    for key in parts:
        conditions = conditions.without(key)
    assert not conditions.are_set
