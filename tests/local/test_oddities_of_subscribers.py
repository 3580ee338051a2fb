"""Oddities of creating, changing and deleting subscribers, one test each."""

import pytest

from tests.local.service import Api

LIST, BULK = "/v2/subscribers", "/v1/subscribers/bulk"


async def test_creating_somebody_who_exists_answers_201_and_updates(api: Api) -> None:
    answer = await api.client.post(LIST, json={"subscriberId": "sub-01", "firstName": "Augusta"})
    assert answer.status_code == 201
    assert answer.json()["data"]["lastName"] == "Lovelace"


async def test_fail_if_exists_counts_only_as_exact_true(api: Api) -> None:
    body = {"subscriberId": "sub-01"}
    assert (await api.client.post(LIST, params={"failIfExists": "TRUE"}, json=body)).status_code == 201
    answer = await api.client.post(LIST, params={"failIfExists": "true"}, json=body)
    assert (answer.status_code, answer.json()["message"]) == (
        409,
        'Subscriber with id "sub-01" already exists',
    )


async def test_updating_without_data_takes_the_custom_data_away(api: Api) -> None:
    assert "data" in (await api.get(f"{LIST}/sub-01"))["data"]
    await api.post(LIST, {"subscriberId": "sub-01", "firstName": "Ada"})
    assert "data" not in (await api.get(f"{LIST}/sub-01"))["data"]


async def test_the_id_is_trimmed_by_v2_but_not_by_bulk(api: Api) -> None:
    assert (await api.post(LIST, {"subscriberId": "  a  "}))["data"]["subscriberId"] == "a"
    await api.post(BULK, {"subscribers": [{"subscriberId": "  b  "}, {"subscriberId": "   "}]})
    assert (await api.get(f"{LIST}/%20%20b%20%20"))["data"]["subscriberId"] == "  b  "


async def test_v2_ignores_channels_on_creation(api: Api) -> None:
    channel = {"providerId": "slack", "credentials": {"webhookUrl": "https://hooks.example.com/1"}}
    made = await api.post(LIST, {"subscriberId": "c", "channels": [channel]})
    assert made["data"]["channels"] == []


async def test_bulk_stores_channels_as_they_are_without_an_integration(api: Api) -> None:
    channel = {"providerId": "slack", "credentials": {"webhookUrl": "https://hooks.example.com/1"}}
    await api.post(BULK, {"subscribers": [{"subscriberId": "c", "channels": [channel]}]})
    assert (await api.get(f"{LIST}/c"))["data"]["channels"] == [channel]


async def test_an_empty_object_of_custom_data_vanishes_and_null_is_kept(api: Api) -> None:
    await api.post(BULK, {"subscribers": [{"subscriberId": "n", "data": None, "email": None}]})
    person = (await api.get(f"{LIST}/n"))["data"]
    assert (person["data"], person["email"]) == (None, None)
    await api.patch(f"{LIST}/n", {"data": {}})
    assert "data" not in (await api.get(f"{LIST}/n"))["data"]


async def test_a_patch_answers_with_the_time_of_the_change_before(api: Api) -> None:
    before = (await api.get(f"{LIST}/sub-11"))["data"]["updatedAt"]
    assert (await api.patch(f"{LIST}/sub-11", {"firstName": "New"}))["data"]["updatedAt"] == before
    assert (await api.get(f"{LIST}/sub-11"))["data"]["updatedAt"] > before


async def test_a_patch_of_nothing_changes_nothing(api: Api) -> None:
    before = await api.get(f"{LIST}/sub-11")
    await api.patch(f"{LIST}/sub-11", {"subscriberId": "other", "foo": 1})
    assert await api.get(f"{LIST}/sub-11") == before


async def test_custom_data_is_replaced_and_not_merged(api: Api) -> None:
    await api.patch(f"{LIST}/sub-01", {"data": {"new": 2}})
    assert (await api.get(f"{LIST}/sub-01"))["data"]["data"] == {"new": 2}


async def test_one_bad_row_fails_the_whole_bulk(api: Api) -> None:
    rows = [{"subscriberId": "good"}, {"subscriberId": "bad", "email": "nope"}]
    answer = await api.client.post(BULK, json={"subscribers": rows})
    messages = answer.json()["errors"]["general"]["messages"]
    assert (answer.status_code, messages) == (422, ["subscribers.1.email must be an email"])
    assert (await api.client.get(f"{LIST}/good")).status_code == 404


async def test_the_same_id_twice_in_a_bulk_is_created_and_updated(api: Api) -> None:
    rows = [{"subscriberId": "d", "firstName": "1"}, {"subscriberId": "d", "firstName": "2"}]
    outcome = (await api.post(BULK, {"subscribers": rows}))["data"]
    assert outcome == {"updated": [{"subscriberId": "d"}], "created": [{"subscriberId": "d"}], "failed": []}
    assert (await api.get(f"{LIST}/d"))["data"]["firstName"] == "2"


async def test_bulk_lets_an_id_and_times_through(api: Api) -> None:
    row = {
        "subscriberId": "m",
        "_id": "5f0000000000000000000001",
        "isOnline": True,
        "createdAt": "2020-01-01T00:00:00.000Z",
    }
    await api.post(BULK, {"subscribers": [row]})
    person = (await api.get(f"{LIST}/m"))["data"]
    assert (person["_id"], person["isOnline"]) == (row["_id"], True)
    assert person["createdAt"] == row["createdAt"]


async def test_a_row_put_before_all_others_by_its_id_is_found_by_cursor(api: Api) -> None:
    for number in (5, 3, 4):
        row = {"subscriberId": f"m{number}", "_id": f"5f{number:022x}"}
        await api.post(BULK, {"subscribers": [row]})
    page = await api.get(LIST, orderDirection="ASC", limit=2)
    assert [one["subscriberId"] for one in page["data"]] == ["m3", "m4"]
    page = await api.get(LIST, orderDirection="ASC", limit=2, after=page["next"])
    assert [one["subscriberId"] for one in page["data"]] == ["m5", "sub-01"]


async def test_bulk_reports_a_changed_id_as_failed_without_naming_whose(api: Api) -> None:
    row = {"subscriberId": "sub-01", "_id": "5f0000000000000000000009"}
    outcome = (await api.post(BULK, {"subscribers": [row]}))["data"]
    assert (outcome["updated"], outcome["created"]) == ([], [])
    assert list(outcome["failed"][0]) == ["message"]


async def test_more_than_500_rows_are_refused_with_all_of_them_in_the_answer(api: Api) -> None:
    rows = [{"subscriberId": f"r{n}"} for n in range(501)]
    answer = await api.client.post(BULK, json={"subscribers": rows})
    assert answer.status_code == 422
    assert answer.json()["errors"]["subscribers"]["value"] == rows


async def test_deleting_answers_with_a_body_and_again_with_the_id_in_the_error(api: Api) -> None:
    answer = await api.client.delete(f"{LIST}/sub-30")
    assert answer.json() == {"data": {"acknowledged": True, "status": "deleted"}}
    again = (await api.client.delete(f"{LIST}/sub-30")).json()
    assert (again["externalSubscriberId"], again["ctx"]) == ("sub-30", {"externalSubscriberId": "sub-30"})
    assert "error" not in again


async def test_a_deleted_id_comes_back_as_somebody_new_without_messages(api: Api) -> None:
    old = (await api.get(f"{LIST}/sub-01"))["data"]["_id"]
    await api.client.delete(f"{LIST}/sub-01")
    assert (await api.post(LIST, {"subscriberId": "sub-01"}))["data"]["_id"] != old
    assert (await api.get("/v1/subscribers/sub-01/notifications/feed"))["data"] == []


@pytest.mark.parametrize("locale", ["en", "en_US", "en-US", "xx_YY"])
async def test_locales_need_only_look_like_locales(api: Api, locale: str) -> None:
    assert (await api.post(LIST, {"subscriberId": "l", "locale": locale}))["data"]["locale"] == locale


async def test_time_zones_ignore_case_and_offsets_fail(api: Api) -> None:
    await api.post(LIST, {"subscriberId": "t", "timezone": "europe/berlin"})
    answer = await api.client.post(LIST, json={"subscriberId": "t", "timezone": "+02:00"})
    assert answer.status_code == 422


async def test_going_offline_sets_the_last_visit_and_going_online_leaves_it(api: Api) -> None:
    path = "/v1/subscribers/sub-09/online-status"
    assert "lastOnlineAt" not in (await api.patch(path, {"isOnline": True}))["data"]
    left = (await api.patch(path, {"isOnline": False}))["data"]["lastOnlineAt"]
    assert (await api.patch(path, {"isOnline": True}))["data"]["lastOnlineAt"] == left


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        ("GET", "/v2/subscribers/x", None, 404, "Subscriber: x was not found"),
        ("PATCH", "/v2/subscribers/x", {}, 404, "Subscriber x was not found"),
        ("GET", "/v1/subscribers/x", None, 404, "Subscriber 'x' was not found"),
        ("DELETE", "/v1/subscribers/x/credentials/slack", None, 404, "Subscriber 'x' was not found"),
        ("PATCH", "/v1/subscribers/x/online-status", {"isOnline": True}, 404, "Subscriber not found"),
        (
            "POST",
            "/v1/subscribers/x/messages/mark-all",
            {"markAs": "read"},
            404,
            "Subscriber x does not exist",
        ),
        ("GET", "/v2/subscribers/x/preferences", None, 404, "Subscriber with id: x not found"),
        ("PATCH", "/v2/subscribers/x/preferences", {}, 404, "Subscriber with id: x is not found"),
        (
            "GET",
            "/v1/subscribers/x/notifications/feed",
            None,
            400,
            "Subscriber not found for this environment",
        ),
        (
            "GET",
            "/v1/subscribers/x/notifications/unseen",
            None,
            400,
            "Subscriber x is not exist in environment",
        ),
    ],
)
async def test_every_route_has_its_own_words_for_a_missing_subscriber(
    api: Api, method: str, path: str, body: object, status: int, message: str
) -> None:
    answer = await api.client.request(method, path, json=body)
    assert answer.status_code == status
    assert answer.json()["message"].startswith(message)
