"""The v2 notification calls: lists and their filters, counts, changes to one and to many."""

import json
from typing import Any

import pytest

from tests.local.service import Api

PATH = "/v2/subscribers/sub-01/notifications"
NOBODYS = "5f0000000000000000000000"


async def _ids(api: Api, **query: Any) -> list[str]:
    return [one["id"] for one in (await api.get(PATH, limit=100, **query))["data"]]


async def _with_buttons(api: Api) -> str:
    found = (await api.get(PATH, limit=100))["data"]
    return next(one["id"] for one in found if "primaryAction" in one and "secondaryAction" in one)


async def _change(api: Api, one: str, word: str, body: object = None) -> dict[str, Any]:
    return (await api.patch(f"{PATH}/{one}/{word}", body or {}))["data"]


async def test_a_page_tells_whether_there_is_more_and_repeats_its_filter(api: Api) -> None:
    page = await api.get(PATH, limit=4, read="false", tags="t1")
    assert (len(page["data"]), page["hasMore"], page["filter"]) == (4, True, {"read": False, "tags": ["t1"]})


async def test_pages_go_on_after_a_notification_or_by_an_offset(api: Api) -> None:
    every = await _ids(api)
    assert len(every) == 30
    by_id = [one["id"] for one in (await api.get(PATH, limit=10, after=every[9]))["data"]]
    by_offset = [one["id"] for one in (await api.get(PATH, limit=10, offset=10))["data"]]
    assert by_id == by_offset == every[10:20]
    assert await _ids(api, after=NOBODYS) == []


async def test_one_is_read_and_unread_with_the_time_of_it(api: Api) -> None:
    one = (await _ids(api))[0]
    read = await _change(api, one, "read")
    assert (read["isRead"], read["isSeen"], "readAt" in read) == (True, True, True)
    assert await _ids(api, read="true") == [one]
    unread = await _change(api, one, "unread")
    assert (unread["isRead"], unread["isSeen"], "readAt" in unread) == (False, True, False)


async def test_what_is_archived_is_read_and_comes_back(api: Api) -> None:
    one = (await _ids(api))[0]
    archived = await _change(api, one, "archive")
    assert (archived["isArchived"], archived["isRead"], "archivedAt" in archived) == (True, True, True)
    assert await _ids(api, archived="true") == [one]
    back = await _change(api, one, "unarchive")
    assert (back["isArchived"], back["isRead"], back["isSeen"]) == (False, True, True)


async def test_unread_and_snooze_take_a_message_out_of_the_archive_and_mark_it_as_seen(api: Api) -> None:
    one = (await _ids(api))[0]
    for word, body in (("unread", {}), ("snooze", {"snoozeUntil": "2026-11-25T00:00:00.000Z"})):
        await _change(api, one, "archive")
        changed = await _change(api, one, word, body)
        assert (changed["isArchived"], changed["isSeen"]) == (False, True), word


async def test_one_is_snoozed_for_a_minute_at_least(api: Api) -> None:
    one = (await _ids(api))[0]
    soon, later = "2026-11-24T00:00:59.000Z", "2026-11-24T00:01:00.000Z"
    answer = await api.client.patch(f"{PATH}/{one}/snooze", json={"snoozeUntil": soon})
    assert answer.status_code == 422
    snoozed = await _change(api, one, "snooze", {"snoozeUntil": later})
    assert (snoozed["isSnoozed"], snoozed["snoozedUntil"]) == (True, later)
    assert await _ids(api, snoozed="true") == [one]
    assert (await _change(api, one, "unsnooze"))["isSnoozed"] is False


async def test_a_button_is_pressed_and_taken_back(api: Api) -> None:
    one = await _with_buttons(api)
    assert (await _change(api, one, "actions/secondary/complete"))["secondaryAction"]["isCompleted"] is True
    assert (await _change(api, one, "actions/secondary/revert"))["secondaryAction"]["isCompleted"] is False


async def test_a_button_that_is_not_there_cannot_be_pressed(api: Api) -> None:
    plain = next(one["id"] for one in (await api.get(PATH, limit=100))["data"] if "primaryAction" not in one)
    answer = await api.client.patch(f"{PATH}/{plain}/actions/primary/complete")
    assert answer.status_code == 400


async def test_a_deleted_one_is_gone(api: Api) -> None:
    one = (await _ids(api))[0]
    assert (await api.client.delete(f"{PATH}/{one}")).status_code == 204
    assert one not in await _ids(api)
    assert (await api.client.delete(f"{PATH}/{one}")).status_code == 404


@pytest.mark.parametrize(
    ("word", "filters", "before", "after"),
    [
        ("seen", {"seen": True}, 0, 30),
        ("read", {"read": True}, 0, 30),
        ("archive", {"archived": True}, 0, 30),
        ("read-archive", {"archived": True}, 0, 0),
        ("delete", {}, 30, 0),
    ],
)
async def test_all_are_changed_at_once_without_a_body_in_the_answer(
    api: Api, word: str, filters: dict[str, bool], before: int, after: int
) -> None:
    query = {name: str(value).lower() for name, value in filters.items()}
    assert len(await _ids(api, **query)) == before
    answer = await api.client.post(f"{PATH}/{word}", json={})
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(await _ids(api, **query)) == after


async def test_only_those_that_are_named_are_marked_as_seen(api: Api) -> None:
    chosen = (await _ids(api))[:3]
    await api.client.post(f"{PATH}/seen", json={"notificationIds": chosen})
    assert await _ids(api, seen="true") == chosen


async def test_only_what_was_read_is_archived_by_read_archive(api: Api) -> None:
    one = (await _ids(api))[4]
    await _change(api, one, "read")
    await api.client.post(f"{PATH}/read-archive", json={})
    assert await _ids(api, archived="true") == [one]


async def test_each_filter_has_its_count(api: Api) -> None:
    one = (await _ids(api))[0]
    await _change(api, one, "read")
    filters = [{"read": True}, {"read": False}, {"tags": ["nonsense"]}]
    counts = (await api.get(f"{PATH}/count", filters=json.dumps(filters)))["data"]
    assert [(found["count"], found["filter"]) for found in counts] == list(
        zip([1, 29, 0], filters, strict=True)
    )
    assert (await api.client.get(f"{PATH}/count", params={"filters": "{"})).status_code == 400


@pytest.mark.parametrize(("one", "status"), [("abc", 422), (NOBODYS, 404)])
async def test_an_unknown_one_is_404_and_no_id_at_all_422(api: Api, one: str, status: int) -> None:
    assert (await api.client.patch(f"{PATH}/{one}/read")).status_code == status


async def test_nobody_changes_the_notifications_of_another(api: Api) -> None:
    one = (await _ids(api))[0]
    answer = await api.client.patch(f"/v2/subscribers/sub-02/notifications/{one}/read")
    assert answer.status_code == 404
    assert await _ids(api, read="true") == []
    assert (await api.client.get("/v2/subscribers/nobody/notifications")).status_code == 404
