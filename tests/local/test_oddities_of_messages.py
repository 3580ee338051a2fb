"""Oddities of the feed, of marking and of actions, one test each."""

import base64
import json
from typing import Any

import pytest

from tests.local.service import PERSON, Api

FEED, UNSEEN = f"{PERSON}/notifications/feed", f"{PERSON}/notifications/unseen"
MARK_AS, MARK_ALL = f"{PERSON}/messages/mark-as", f"{PERSON}/messages/mark-all"
NOBODY_MESSAGE = "5f0000000000000000000000"


async def _newest(api: Api, path: str = FEED) -> dict[str, Any]:
    return (await api.get(path, limit=1))["data"][0]


def _packed(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


async def test_every_post_answers_201_whether_it_makes_anything_or_not(api: Api) -> None:
    message = (await _newest(api))["_id"]
    for path, body in (
        (MARK_AS, {"messageId": message, "markAs": "seen"}),
        (MARK_ALL, {"markAs": "read"}),
        (f"{PERSON}/messages/{message}/actions/primary", {"status": "done"}),
    ):
        assert (await api.client.post(path, json=body)).status_code == 201


async def test_the_total_of_the_feed_is_what_is_on_the_page(api: Api) -> None:
    page = await api.get(FEED, limit=7)
    assert (page["totalCount"], page["hasMore"]) == (7, True)


@pytest.mark.parametrize("word", ["", "TRUE", "1", "yes", "false"])
async def test_any_word_but_true_asks_for_what_was_not_read(api: Api, word: str) -> None:
    await api.post(MARK_AS, {"messageId": (await _newest(api))["_id"], "markAs": "read"})
    read = [one["read"] for one in (await api.get(FEED, limit=100, read=word))["data"]]
    assert (len(read), any(read)) == (29, False)


async def test_a_feed_is_named_by_its_identifier_and_never_by_its_id_or_a_list(api: Api) -> None:
    named = (await api.get(FEED, feedIdentifier="activities", limit=100))["data"]
    feed_id = named[0]["_feedId"]
    for other in ("nonsense", feed_id, "activities,news"):
        assert (await api.get(FEED, feedIdentifier=other))["data"] == []


async def test_the_payload_filter_matches_a_part_and_takes_what_is_no_object_as_no_match(api: Api) -> None:
    wanted = (await _newest(api))["payload"]
    matched = (await api.get(FEED, payload=_packed({"id": wanted["id"]}), limit=100))["data"]
    assert {one["payload"]["id"] for one in matched} == {wanted["id"]}
    assert len((await api.get(FEED, payload=_packed(None), limit=100))["data"]) == 30
    for odd in ([1], "text"):
        assert (await api.get(FEED, payload=_packed(odd)))["data"] == []
    answer = await api.client.get(FEED, params={"payload": "%%%"})
    assert (answer.status_code, answer.json()["message"][:15]) == (400, "Invalid payload")


async def test_a_negative_page_of_the_feed_crashes_the_service(api: Api) -> None:
    assert (await api.client.get(FEED, params={"page": "-1"})).status_code == 500


async def test_unseen_counts_no_further_than_its_limit(api: Api) -> None:
    assert (await api.get(UNSEEN, limit=7))["data"] == {"count": 7}
    for limit in ("0", "", "abc"):
        assert (await api.get(UNSEEN, limit=limit))["data"] == {"count": 30}
    assert (await api.client.get(UNSEEN, params={"limit": "1.5"})).status_code == 500


async def test_unseen_takes_the_feed_by_another_name_than_the_feed_does(api: Api) -> None:
    feed = (await api.get(FEED, feedIdentifier="news", limit=100))["data"]
    assert (await api.get(UNSEEN, feedId="news"))["data"] == {"count": len(feed)}
    assert (await api.get(UNSEEN, feedIdentifier="news"))["data"] == {"count": 30}


async def test_archived_and_read_messages_still_count_as_unseen(api: Api) -> None:
    message = (await _newest(api))["_id"]
    await api.patch(f"/v2/subscribers/sub-01/notifications/{message}/archive", {})
    await api.post(MARK_AS, {"messageId": message, "markAs": "unseen"})
    assert (await api.get(UNSEEN))["data"] == {"count": 30}


async def test_unread_also_sets_seen_and_unseen_leaves_read(api: Api) -> None:
    message = (await _newest(api))["_id"]
    for mark, seen, read in (("unread", True, False), ("read", True, True), ("unseen", False, True)):
        marked = (await api.post(MARK_AS, {"messageId": message, "markAs": mark}))["data"][0]
        assert (marked["seen"], marked["read"]) == (seen, read)
        assert "updatedAt" not in marked


async def test_marking_ids_that_are_nobodys_or_anothers_changes_nothing_and_says_so_with_a_list(
    api: Api,
) -> None:
    other = (await _newest(api, "/v1/subscribers/sub-02/notifications/feed"))["_id"]
    body = {"messageId": [NOBODY_MESSAGE, other], "markAs": "read"}
    assert await api.post(MARK_AS, body) == {"data": []}
    assert (await _newest(api, "/v1/subscribers/sub-02/notifications/feed"))["read"] is False


async def test_a_comma_list_of_ids_is_refused(api: Api) -> None:
    body = {"messageId": f"{NOBODY_MESSAGE},{NOBODY_MESSAGE}", "markAs": "read"}
    assert (await api.client.post(MARK_AS, json=body)).status_code == 422


async def test_mark_all_takes_any_word_and_counts_every_message(api: Api) -> None:
    assert await api.post(MARK_ALL, {"markAs": "done"}) == {"data": 30}


async def test_mark_all_counts_only_what_it_changes(api: Api) -> None:
    assert await api.post(MARK_ALL, {"markAs": "read"}) == {"data": 30}
    assert await api.post(MARK_ALL, {"markAs": "read"}) == {"data": 0}


@pytest.mark.parametrize(("feeds", "count"), [("", 30), (None, 30), ([], 0), (["nonsense"], 0)])
async def test_no_feed_means_all_feeds_but_an_empty_list_means_none(
    api: Api, feeds: object, count: int
) -> None:
    assert await api.post(MARK_ALL, {"markAs": "read", "feedIdentifier": feeds}) == {"data": count}


async def test_mark_all_splits_feeds_at_commas_and_crashes_on_a_number(api: Api) -> None:
    feeds = [
        len((await api.get(FEED, feedIdentifier=one, limit=100))["data"]) for one in ("news", "activities")
    ]
    body = {"markAs": "read", "feedIdentifier": "news,activities"}
    assert await api.post(MARK_ALL, body) == {"data": sum(feeds)}
    assert (await api.client.post(MARK_ALL, json={"markAs": "read", "feedIdentifier": 5})).status_code == 500


async def test_an_action_takes_any_word_and_leaves_seen_and_read_alone(api: Api) -> None:
    message = (await _newest(api))["_id"]
    acted = await api.post(f"{PERSON}/messages/{message}/actions/tertiary", {"status": "maybe"})
    action = acted["data"]["cta"]["action"]
    assert (action["status"], action["result"]["type"]) == ("maybe", "tertiary")
    assert (acted["data"]["seen"], acted["data"]["read"]) == (False, False)


async def test_an_action_keeps_an_earlier_payload_when_none_is_sent(api: Api) -> None:
    path = f"{PERSON}/messages/{(await _newest(api))['_id']}/actions/primary"
    await api.post(path, {"status": "done", "payload": {"by": "me"}})
    again = await api.post(path, {"status": "pending"})
    assert again["data"]["cta"]["action"]["result"]["payload"] == {"by": "me"}


@pytest.mark.parametrize(
    ("message", "person", "status"),
    [("abc", "sub-01", 422), (NOBODY_MESSAGE, "sub-01", 404), (None, "nobody", 400), (None, "sub-02", 400)],
)
async def test_an_action_looks_for_the_message_before_the_person(
    api: Api, message: str | None, person: str, status: int
) -> None:
    message = message or (await _newest(api))["_id"]
    path = f"/v1/subscribers/{person}/messages/{message}/actions/primary"
    assert (await api.client.post(path, json={"status": "done"})).status_code == status
