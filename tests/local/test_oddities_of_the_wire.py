"""Oddities that every call shares: keys, paths, entity tags, limits, idempotency; OAuth's callback."""

import asyncio

import pytest

from tests.local.service import ENVIRONMENT, Api, HandClock, embedded_api

LIST = "/v2/subscribers"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("", "Missing authorization header"),
        ("ApiKey", "Unauthorized"),
        ("ApiKey wrong", "API Key not found"),
        ("apikey x", 'Invalid authentication scheme: "apikey"'),
        (
            "f0718b4ae828c4808374ca7c6f13abbb",
            'Invalid authentication scheme: "f0718b4ae828c4808374ca7c6f13abbb"',
        ),
        ("Bearer x.y.z", "Unauthorized"),
    ],
)
async def test_each_wrong_key_has_its_words_and_a_bare_key_is_echoed(
    api: Api, sent: str, message: str
) -> None:
    answer = await api.client.get(LIST, headers={"authorization": sent})
    assert (answer.status_code, answer.json()["message"]) == (401, message)


async def test_a_wrong_method_is_404_even_without_a_key(api: Api) -> None:
    answer = await api.client.put(LIST, json={}, headers={"authorization": ""})
    assert (answer.status_code, answer.json()["message"]) == (404, "Cannot PUT /v2/subscribers")


async def test_paths_ignore_case_and_a_trailing_slash_but_ids_do_not(api: Api) -> None:
    assert (await api.client.get("/V2/Subscribers/sub-01/")).status_code == 200
    assert (await api.client.get("/v2/subscribers/SUB-01")).status_code == 404


async def test_an_answer_that_is_known_already_is_304_without_a_body(api: Api) -> None:
    first = await api.client.get(f"{LIST}/sub-01")
    again = await api.client.get(f"{LIST}/sub-01", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_another_encoding_of_json_crashes_the_service(api: Api) -> None:
    headers = {"content-type": "application/json; charset=iso-8859-1"}
    answer = await api.client.post(LIST, content=b'{"subscriberId":"x"}', headers=headers)
    assert answer.status_code == 500


async def test_malformed_json_is_refused_on_a_get_too(api: Api) -> None:
    headers = {"content-type": "application/json"}
    answer = await api.client.request("GET", LIST, content=b"{", headers=headers)
    assert answer.status_code == 400


async def test_an_error_tells_the_path_with_its_query_and_its_name_twice(api: Api) -> None:
    error = (await api.client.get(f"{LIST}/x?a=1")).json()
    assert error["path"] == "/v2/subscribers/x?a=1"
    assert error["ctx"] == {"error": error["error"], "statusCode": error["statusCode"]}


async def test_a_full_bucket_holds_a_tenth_more_than_the_limit() -> None:
    async with embedded_api(rate_limit="free") as api:
        headers = (await api.client.get(LIST)).headers
        assert (headers["ratelimit-limit"], headers["ratelimit-remaining"]) == ("100", "109")
        unknown = await api.client.get(LIST, headers={"authorization": ""})
        assert not [name for name in unknown.headers if name.startswith("ratelimit")]


async def test_no_limit_is_told_where_limits_are_off(api: Api) -> None:
    assert "ratelimit-limit" not in (await api.client.get(LIST)).headers


async def test_put_and_delete_ignore_an_idempotency_key(api: Api) -> None:
    headers = {"idempotency-key": "k"}
    body = {"providerId": "fcm", "credentials": {"deviceTokens": ["t"]}}
    for _ in range(2):
        answer = await api.client.put("/v1/subscribers/sub-01/credentials", json=body, headers=headers)
        assert (answer.status_code, "idempotency-key" in answer.headers) == (200, False)
    assert (await api.client.delete(f"{LIST}/sub-02", headers=headers)).status_code == 200
    assert (await api.client.delete(f"{LIST}/sub-02", headers=headers)).status_code == 404


async def test_a_key_of_256_letters_is_refused(api: Api) -> None:
    answer = await api.client.post(LIST, json={"subscriberId": "x"}, headers={"idempotency-key": "k" * 256})
    assert (answer.status_code, "maximum allowed length of 255" in answer.json()["message"]) == (400, True)


class _Stopped(HandClock):
    """Whoever sleeps by it waits until `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.sleeping, self.go = asyncio.Event(), asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.sleeping.set()
        await self.go.wait()


async def test_a_repeat_while_the_first_still_runs_is_409_with_a_time_to_wait() -> None:
    clock = _Stopped()
    async with embedded_api(clock=clock) as api:
        api.faults.next(1, delay_s=1)
        headers, body = {"idempotency-key": "k"}, {"subscriberId": "once"}
        first = asyncio.ensure_future(api.client.post(LIST, json=body, headers=headers))
        await clock.sleeping.wait()
        again = await api.client.post(LIST, json=body, headers=headers)
        clock.go.set()
        assert (again.status_code, again.headers["retry-after"], "link" in again.headers) == (409, "1", True)
        assert (await first).status_code == 201


async def test_a_good_callback_stores_the_webhook_and_goes_where_the_integration_says(api: Api) -> None:
    path = "/v1/subscribers/sub-20/credentials/slack/oauth/callback"
    query = {"environmentId": ENVIRONMENT, "integrationIdentifier": "slack-main", "code": "good1"}
    answer = await api.client.get(path, params=query, headers={"authorization": ""})
    assert (answer.status_code, answer.headers["location"]) == (302, "https://app.example.com/done")
    (channel,) = (await api.get(f"{LIST}/sub-20"))["data"]["channels"]
    assert channel["credentials"]["webhookUrl"] == "https://hooks.slack.com/services/T/B/good1"


async def test_without_an_address_the_callback_closes_its_window_and_makes_somebody_new(
    api: Api,
) -> None:
    path = "/v1/subscribers/new-one/credentials/slack/oauth/callback"
    query = {"environmentId": ENVIRONMENT, "integrationIdentifier": "slack-second", "code": "good2"}
    answer = await api.client.get(path, params=query)
    assert (answer.status_code, answer.text) == (200, "<script>window.close();</script>")
    assert (await api.client.get(f"{LIST}/new-one")).status_code == 200


@pytest.mark.parametrize(
    ("code", "told"),
    [("nohook", "did not return a webhook url"), ("bad", "returned error invalid_code")],
)
async def test_what_slack_refuses_is_400_with_its_word(api: Api, code: str, told: str) -> None:
    path = "/v1/subscribers/sub-20/credentials/slack/oauth/callback"
    query = {"environmentId": ENVIRONMENT, "integrationIdentifier": "slack-main", "code": code}
    answer = await api.client.get(path, params=query)
    assert (answer.status_code, told in answer.json()["message"]) == (400, True)
