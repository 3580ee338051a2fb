"""The scan finds what the API cannot and never pretends to have read more than it has."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api_client import SubscriberFilter
from dashboard.conditions import Conditions, Lack, Span
from dashboard.pages.subscribers.gathering import gather
from dashboard.pages.subscribers.scan import Coverage, scan
from dashboard.pages.subscribers.scan_view import words
from dashboard.pages.subscribers.state import ListState
from dashboard.wording import Total
from tests.dashboard.people import MemoryReader, as_reader, person

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FCM = {"providerId": "fcm", "credentials": {"deviceTokens": ["dQw4w9WgXcQ:APA91bToken"]}}
SLACK = {"providerId": "slack", "credentials": {"webhookUrl": "https://hooks.example.com/T00/B11"}}


def people(count: int = 250, **of_number_7: Any) -> list[dict[str, Any]]:
    return [person(number, **(of_number_7 if number == 7 else {})) for number in range(count)]


async def scanned(rows: list[dict[str, Any]], state: ListState) -> list[Coverage]:
    return [step async for step in scan(as_reader(MemoryReader(rows)), state, NOW)]


def anywhere(text: str) -> ListState:
    return ListState(text=text).looking_anywhere()


def found(steps: list[Coverage]) -> list[str]:
    return [hit.person.subscriber_id for step in steps for hit in step.fresh]


@pytest.mark.parametrize(
    ("fields", "text", "where"),
    [
        ({"subscriberId": "auth0|5f7c8ec7c33c6c"}, "C8EC7", "part of the id"),
        ({"channels": [FCM]}, "apa91btoken", "device token (fcm)"),
        ({"channels": [SLACK]}, "t00/b11", "webhook (slack)"),
        ({"data": {"plan": {"name": "Größe L"}}}, "größe", "custom data"),
        ({"phone": "+491715551234"}, "(0171) 555-12 34", "phone"),
        ({"channels": [FCM]}, '"dqw4w9wgxcq:apa91btoken"', "device token (fcm)"),
    ],
)
async def test_it_looks_where_the_api_cannot(fields: dict[str, Any], text: str, where: str) -> None:
    steps = await scanned(people(**fields), anywhere(text))
    assert [hit.where for step in steps for hit in step.fresh] == [where]
    assert steps[-1].is_complete


async def test_each_step_says_how_many_were_read_of_how_many() -> None:
    steps = await scanned(people(), anywhere("user-249"))
    assert [step.searched for step in steps] == [100, 200, 250, 250]
    assert [step.is_complete for step in steps] == [False, False, False, True]
    assert words(steps[0]) == "Scanned 100 of 250 people · 1 found"
    assert words(steps[-1]) == "Scanned all 250 people: 1 found."


async def test_a_scan_that_was_stopped_says_that_the_rest_was_not_looked_at() -> None:
    assert words(Coverage(1240, Total(38_102), (), 0), "Stopped") == (
        "Stopped after 1,240 of 38,102 people: 0 found so far. The rest has not been scanned."
    )


async def test_nothing_is_read_while_nobody_asks_for_more() -> None:
    read: list[int] = []
    reader = MemoryReader(people(900), before_page=read.append)
    steps = scan(as_reader(reader), anywhere("user"), NOW)
    await anext(steps)
    await anext(steps)
    assert read == [0, 1]
    await steps.aclose()


async def test_somebody_of_a_strange_shape_is_found_by_what_can_be_read() -> None:
    odd = people(channels=None, data=["no object"], lastName=["a"], createdAt=5)
    assert found(await scanned(odd, anywhere("user-7"))) == [
        "user-79",
        "user-78",
        *(f"user-{n}" for n in range(77, 69, -1)),
        "user-7",
    ]


async def test_what_people_lack_is_asked_within_the_filters_and_the_search() -> None:
    rows = [person(n, email=f"{n}@corp.example", channels=[FCM] if n % 2 else []) for n in range(6)]
    state = ListState(filters=SubscriberFilter(email="corp")).on_conditions(
        Conditions(frozenset([Lack.PUSH]))
    )
    assert found(await scanned(rows, state)) == ["user-4", "user-2", "user-0"]


async def test_within_conditions_each_hit_still_says_where_the_text_stands() -> None:
    rows = [person(n, email=f"{n}@corp.example") for n in range(3)]
    state = ListState(text="1@corp").on_conditions(Conditions(frozenset([Lack.PUSH])))
    steps = await scanned(rows, state)
    assert {hit.where for step in steps for hit in step.fresh} == {"e-mail"}


async def test_dates_end_the_walk_early_and_that_is_said() -> None:
    rows = [person(n, createdAt=f"2026-{1 + n // 28:02d}-{1 + n % 28:02d}T00:00:00.000Z") for n in range(330)]
    state = ListState().on_conditions(Conditions(created=Span.from_text("2026-11-01..")))
    steps = await scanned(rows, state)
    assert found(steps)[-1] == "user-280"
    assert steps[-1].searched == 100
    assert words(steps[-1]) == "Scanned all 100 people in that period: 50 found."


async def test_everyone_selected_is_everyone_the_scan_would_find() -> None:
    rows = people(250, data={"plan": "gold"})
    picked = await gather(as_reader(MemoryReader(rows)), anywhere("gold"), NOW, lambda _: None)
    assert [one.id for one in picked] == ["user-7"]
