"""Quiet hours as text, moments to snooze until, and messages in the newer form. Pure."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api_client import Notification
from dashboard.pages.subscriber.feed_filter import FeedFilter
from dashboard.pages.subscriber.feed_source import as_item, call_of
from dashboard.pages.subscriber.hours import UNKNOWN, BadHours, changed, parsed, problems, shown, told
from dashboard.pages.subscriber.snoozing import BadMoment, can_wait, offers, said, typed
from dashboard.reach.schedule import DAYS, quiet_at

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # past midnight in Berlin
NIGHT = {"isEnabled": True, "hours": [{"start": "10:00 PM", "end": "06:00 AM"}]}
OLD: dict[str, Any] = {"isEnabled": True, "weeklySchedule": {"monday": NIGHT, "friday": {"isEnabled": False}}}


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9-17", [("09:00 AM", "05:00 PM")]),
        ("09:00–12:00, 1 PM to 5:30 pm", [("09:00 AM", "12:00 PM"), ("01:00 PM", "05:30 PM")]),
        ("0:00-24:00", [("12:00 AM", "11:59 PM")]),
        (" ", []),
    ],
)
def test_hours_are_understood_as_people_write_them(text: str, spans: list[tuple[str, str]]) -> None:
    assert [(one["start"], one["end"]) for one in parsed(text)] == spans


@pytest.mark.parametrize("text", ["nine", "9", "17-9", "9-25", "9:60-10", "10-12, 11-13", "13pm-14", "<b>-9"])
def test_hours_that_make_no_sense_are_said_to_be_so(text: str) -> None:
    with pytest.raises(BadHours):
        parsed(text)


def test_days_that_were_left_alone_stay_as_they_are_stored() -> None:
    lines = shown(OLD) | {"friday": "9-17"}
    assert lines["monday"] == "22:00–06:00"
    assert problems(OLD, lines) == {}
    stored = changed(OLD, lines, is_on=True)
    assert stored["weeklySchedule"]["monday"] == NIGHT
    assert stored["weeklySchedule"]["friday"]["hours"] == [{"start": "09:00 AM", "end": "05:00 PM"}]
    assert set(stored["weeklySchedule"]) == set(DAYS)


def test_what_is_stored_is_read_by_the_reach_panel_and_shown_again() -> None:
    lines = dict.fromkeys(DAYS, "") | {"thursday": "09:00–17:00"}
    stored = changed(None, lines, is_on=True)
    assert shown(stored) == lines
    assert quiet_at(stored, datetime(2026, 11, 26, 12, tzinfo=BERLIN)) is None
    assert quiet_at(stored, datetime(2026, 11, 26, 18, tzinfo=BERLIN)) is not None
    assert changed(stored, lines, is_on=False) == {**stored, "isEnabled": False}


def test_a_schedule_in_an_unknown_form_breaks_nothing_and_is_not_told_as_quiet() -> None:
    odd: dict[str, Any] = {
        "weeklySchedule": {
            "monday": 7,
            "tuesday": {"isEnabled": True, "hours": [{"start": 9}]},
            "wednesday": {"isEnabled": True, "hours": ["9-17"]},
            "thursday": {"isEnabled": True, "hours": 7},
            "friday": {"isEnabled": True, "hours": []},
        }
    }
    assert set(shown(odd).values()) == {""}
    words = told(odd)
    assert {words[day] for day in DAYS[:4]} == {UNKNOWN}
    assert {words[day] for day in DAYS[4:]} == {"quiet all day"}
    assert shown({"weeklySchedule": "always"})["monday"] == ""


@pytest.mark.parametrize(
    ("day", "hour", "minute", "passes"),
    [
        (23, 21, 59, False),  # a Monday, from ten in the evening on
        (23, 22, 0, True),
        (24, 3, 0, True),
        (24, 6, 0, True),  # the last minute counts
        (24, 6, 1, False),
        (25, 3, 0, False),
        (27, 17, 0, True),  # a Friday with hours of one day only
        (27, 17, 1, False),
    ],
)
def test_hours_beyond_midnight_reach_into_the_next_day(
    day: int, hour: int, minute: int, passes: bool
) -> None:
    friday = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
    week = {"isEnabled": True, "weeklySchedule": {"monday": NIGHT, "friday": friday}}
    local = datetime(2026, 11, day, hour, minute, 30, tzinfo=BERLIN)
    assert (quiet_at(week, local) is None) is passes


def test_quiet_hours_end_by_the_clock_on_the_wall_when_summer_time_begins() -> None:
    week = changed(None, dict.fromkeys(DAYS, "") | {"sunday": "9-17"}, is_on=True)
    quiet = quiet_at(week, datetime(2026, 3, 28, 23, tzinfo=BERLIN))
    assert quiet is not None
    assert quiet.until is not None
    assert quiet.until.isoformat() == "2026-03-29T09:00:00+02:00"


def test_an_hour_that_the_clock_skips_is_said_as_the_one_that_is_meant() -> None:
    until = typed("2027-03-28T02:30", datetime(2027, 3, 1, tzinfo=UTC), BERLIN)
    assert until == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert said(until, BERLIN) == "Sun 28 Mar 2027, 03:30 (Europe/Berlin)"


def test_tomorrow_morning_is_the_persons() -> None:
    hour, morning = offers(NOW, BERLIN)
    assert hour.until == datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
    assert morning.until == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert said(morning.until, BERLIN) == "Fri 27 Nov 2026, 09:00 (Europe/Berlin)"
    assert offers(NOW, None)[1].until == datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_a_typed_moment_is_on_the_persons_clock() -> None:
    assert typed("2026-11-26T09:00", NOW, BERLIN) == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert can_wait(datetime(2026, 11, 25, 23, 32, tzinfo=UTC), NOW)
    assert not can_wait(datetime(2026, 11, 25, 23, 31, tzinfo=UTC), NOW)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-11-26T00:30", "2026-11-26T00:31", "2027-11-28T00:00", "9999-12-31T23:59",
     "0001-01-01T00:00", "2026-11-26T09:00+02:00"],
)  # fmt: skip
def test_a_moment_that_no_server_takes_is_not_sent(text: str) -> None:
    with pytest.raises(BadMoment):
        typed(text, NOW, BERLIN)


def test_archived_and_snoozed_are_asked_for_by_the_newer_call() -> None:
    wanted = FeedFilter.from_query({"show": "snoozed", "feed": "news", "payload": "id=7"})
    assert (wanted.to_query(), wanted.asks()) == ({"show": "snoozed"}, {})
    call = call_of("ada", wanted, 2)
    assert call.url("https://n") == (
        "https://n/v2/subscribers/ada/notifications?limit=10&offset=20&snoozed=true"
    )


def test_a_message_in_the_newer_form_is_shown_like_any_other() -> None:
    item = as_item(
        Notification.model_validate(
            {
                "id": "m1",
                "subject": "Hello",
                "body": "You there",
                "isRead": True,
                "isArchived": True,
                "snoozedUntil": "2026-11-26T09:00:00.000Z",
                "primaryAction": {"label": "Yes", "isCompleted": False},
                "secondaryAction": {"label": "No", "isCompleted": True},
                "redirect": {"url": "https://x.example"},
                "workflow": {"identifier": "greeting"},
            }
        )
    )
    assert (item.id, item.content, item.template_identifier) == ("m1", "You there", "greeting")
    assert (item.read, item.seen, item.archived) == (True, False, True)
    assert [(one.type, one.content) for one in item.buttons] == [("primary", "Yes"), ("secondary", "No")]
    assert item.cta is not None
    assert item.cta.action is not None
    assert item.cta.action.result is not None
    assert item.cta.action.result.type == "secondary"
    assert item.snoozed_until == datetime(2026, 11, 26, 9, tzinfo=UTC)
