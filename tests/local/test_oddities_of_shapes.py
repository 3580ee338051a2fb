"""Oddities of how a person looks in each answer, and of the order in which calls check, one test each."""

from typing import Any

import pytest

from tests.local.service import Api

ONE, ONE_V1 = "/v2/subscribers/sub-09", "/v1/subscribers/sub-09"


async def test_the_newer_answers_always_tell_channels_and_a_last_visit_that_never_was(api: Api) -> None:
    alone = (await api.get(ONE))["data"]
    assert (alone["channels"], alone["lastOnlineAt"], alone["isOnline"]) == ([], None, False)
    assert not {"__v", "id", "topics"} & alone.keys()


async def test_the_old_list_tells_a_version_and_no_last_visit(api: Api) -> None:
    listed = (await api.get("/v1/subscribers", limit=1))["data"][0]
    assert (listed["__v"], {"id", "lastOnlineAt"} & listed.keys()) == (0, set())


async def test_the_old_answer_for_one_tells_the_id_twice(api: Api) -> None:
    alone = (await api.patch(f"{ONE_V1}/online-status", {"isOnline": True}))["data"]
    assert alone["id"] == alone["_id"]


async def test_what_was_never_set_is_left_out_and_what_was_cleared_is_null(api: Api) -> None:
    await api.post("/v2/subscribers", {"subscriberId": "bare"})
    assert "firstName" not in (await api.get("/v2/subscribers/bare"))["data"]
    await api.patch("/v2/subscribers/bare", {"firstName": None})
    assert (await api.get("/v2/subscribers/bare"))["data"]["firstName"] is None


@pytest.mark.parametrize(
    ("field", "status"),
    [("firstName", 201), ("phone", 201), ("avatar", 201), ("email", 422), ("locale", 422), ("timezone", 422)],
)
async def test_empty_texts_pass_but_for_an_email_a_locale_and_a_time_zone(
    api: Api, field: str, status: int
) -> None:
    body = {"subscriberId": "e", field: ""}
    assert (await api.client.post("/v2/subscribers", json=body)).status_code == status


async def test_keys_that_no_form_has_are_taken_and_ignored(api: Api) -> None:
    made = (await api.post("/v2/subscribers", {"subscriberId": "x", "foo": 1, "isOnline": True}))["data"]
    assert ("foo" in made, made["isOnline"]) == (False, False)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/v2/subscribers/nobody", {"email": "nope"}),
        ("PATCH", "/v1/subscribers/nobody/online-status", {"isOnline": "true"}),
        ("POST", "/v1/subscribers/nobody/messages/mark-as", {"markAs": "read"}),
        ("POST", "/v1/subscribers/nobody/messages/mark-all", {}),
        ("GET", "/v1/subscribers/nobody/notifications/feed?limit=101", None),
        ("GET", "/v1/subscribers/nobody/notifications/unseen?limit=1001", None),
    ],
)
async def test_the_form_of_a_call_is_checked_before_the_person(
    api: Api, method: str, path: str, body: Any
) -> None:
    assert (await api.client.request(method, path, json=body)).status_code == 422


async def test_an_invalid_text_is_told_in_general_and_an_invalid_number_by_its_field(api: Api) -> None:
    general = (await api.client.patch(ONE, json={"email": "nope"})).json()
    assert general["errors"] == {
        "general": {"messages": ["email must be an email"], "value": "No Value Recorded"}
    }
    by_field = (await api.client.get("/v2/subscribers", params={"limit": "101"})).json()
    assert by_field["errors"] == {"limit": {"messages": ["limit must not be greater than 100"], "value": 101}}
    assert by_field["message"].startswith("Validation failed for ListSubscribersCommand: limit: ")


async def test_after_a_deletion_each_call_has_its_own_status(api: Api) -> None:
    await api.client.delete(ONE)
    statuses = [
        (await api.client.get(path)).status_code
        for path in (ONE, f"{ONE_V1}/notifications/feed", f"{ONE_V1}/notifications/unseen")
    ]
    assert statuses == [404, 400, 400]
