"""The scan finds what the API cannot and never pretends to have read more than it has."""

from typing import Any

import pytest

from api_client import SubscriberFilter
from dashboard.pages.subscribers.scan import MOST_HITS, Coverage, scan
from dashboard.pages.subscribers.scan_view import words
from dashboard.wording import Total
from tests.dashboard.people import MemoryReader, as_reader, person

FCM = {"providerId": "fcm", "credentials": {"deviceTokens": ["dQw4w9WgXcQ:APA91bToken"]}}
SLACK = {"providerId": "slack", "credentials": {"webhookUrl": "https://hooks.example.com/T00/B11"}}


def people(count: int = 250, **of_number_7: Any) -> list[dict[str, Any]]:
    return [person(number, **(of_number_7 if number == 7 else {})) for number in range(count)]


async def scanned(rows: list[dict[str, Any]], text: str) -> list[Coverage]:
    return [step async for step in scan(as_reader(MemoryReader(rows)), text, SubscriberFilter())]


@pytest.mark.parametrize(
    ("fields", "text", "where"),
    [
        ({"subscriberId": "auth0|5f7c8ec7c33c6c"}, "C8EC7", "part of the id"),
        ({"channels": [FCM]}, "apa91btoken", "device token (fcm)"),
        ({"channels": [SLACK]}, "t00/b11", "webhook (slack)"),
        ({"data": {"plan": {"name": "Größe L"}}}, "größe", "custom data"),
    ],
)
async def test_it_looks_where_the_api_cannot(fields: dict[str, Any], text: str, where: str) -> None:
    last = (await scanned(people(**fields), text))[-1]
    assert [hit.where for hit in last.hits] == [where]
    assert last.is_complete


async def test_each_step_says_how_many_were_read_of_how_many() -> None:
    steps = await scanned(people(), "user-249")
    assert [step.searched for step in steps] == [100, 200, 250, 250]
    assert [step.is_complete for step in steps] == [False, False, False, True]
    assert words(steps[0]) == "Searched 100 of 250 people · 1 found"
    assert words(steps[-1]) == "Searched everyone, 250 people: 1 found."


async def test_a_scan_that_was_stopped_says_that_the_rest_was_not_looked_at() -> None:
    assert words(Coverage(1240, Total(38_102), ()), "Stopped") == (
        "Stopped after 1,240 of 38,102 people: 0 found so far. The rest was not looked at."
    )


async def test_too_many_hits_end_it_and_are_not_called_complete() -> None:
    last = (await scanned(people(900), "user"))[-1]
    assert last.has_too_many
    assert not last.is_complete
    assert len(last.hits) == MOST_HITS


async def test_rows_of_a_strange_shape_do_not_end_it() -> None:
    odd = people(channels=None, data=["no object"], firstName=None)
    assert (await scanned(odd, "user-3"))[-1].is_complete
