"""Keys, limits, faults, state and bad input of the embedded API."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from api_client.embedded.faults import Dropped
from api_client.embedded.idempotency import Idempotency
from api_client.embedded.providers import CHAT, PUSH
from tests.local.service import Api, embedded_api

LIST = "/v2/subscribers"
OTHER_KEY = "6367190c743247b638738868750b357f"  # of the seed's second environment


async def test_a_repeated_key_replays_on_any_route_and_writes_once(api: Api) -> None:
    headers, body = {"idempotency-key": "k"}, {"subscriberId": "once"}
    first = await api.client.post(LIST, json=body, headers=headers)
    again = await api.client.post("/v1/subscribers", json=body, headers=headers)
    assert (again.content, again.headers["idempotency-replay"]) == (first.content, "true")


async def test_a_key_with_another_body_is_422_and_a_stored_error_replays_as_503(api: Api) -> None:
    headers = {"idempotency-key": "k"}
    assert (await api.client.post(LIST, json={"subscriberId": ""}, headers=headers)).status_code == 422
    assert (await api.client.post(LIST, json={"subscriberId": ""}, headers=headers)).status_code == 503
    other = await api.client.post(LIST, json={"subscriberId": "x"}, headers=headers)
    assert (other.status_code, "link" in other.headers) == (422, True)


async def test_a_key_is_forgotten_after_a_day(api: Api) -> None:
    headers = {"idempotency-key": "k"}
    await api.client.post(LIST, json={"subscriberId": "a"}, headers=headers)
    api.clock.advance(24 * 3600 + 1)
    answer = await api.client.post(LIST, json={"subscriberId": "b"}, headers=headers)
    assert (answer.status_code, "idempotency-replay" in answer.headers) == (201, False)


async def test_a_caller_who_hangs_up_once_a_key_is_taken_does_not_leave_it_in_use(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, headers, body = asyncio.get_running_loop(), {"idempotency-key": "k"}, {"subscriberId": "s"}
    call = asyncio.ensure_future(api.client.post(LIST, json=body, headers=headers))
    begin = Idempotency.begin

    def hang_up(*args: Any) -> Any:
        begun = begin(*args)
        loop.call_soon_threadsafe(call.cancel)
        return begun

    with monkeypatch.context() as patch:
        patch.setattr(Idempotency, "begin", hang_up)
        await asyncio.wait([call])
    assert call.cancelled()
    statuses = [409]
    async with asyncio.timeout(60):
        while statuses[-1] == 409:  # for as long as it is still at work
            statuses.append((await api.client.post(LIST, json=body, headers=headers)).status_code)
    assert statuses[-1] == 201


async def test_a_bulk_costs_a_hundred_and_single_calls_still_pass() -> None:
    async with embedded_api(rate_limit="free") as api:
        body = {"subscribers": [{"subscriberId": "a"}]}
        assert (await api.client.post("/v1/subscribers/bulk", json=body)).status_code == 201
        refused = await api.client.post("/v1/subscribers/bulk", json=body)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        assert (await api.client.get(LIST)).status_code == 200


async def test_a_status_on_demand_hits_that_route_that_often(api: Api) -> None:
    api.faults.next(1, route="GET /v2/subscribers/{id}", status=503)
    assert (await api.client.get(LIST)).status_code == 200
    assert (await api.client.get(f"{LIST}/sub-01")).status_code == 503
    assert (await api.client.get(f"{LIST}/sub-01")).status_code == 200


async def test_workflows_come_in_pages_where_one_is_asked_for(api: Api) -> None:
    every = (await api.get("/v2/workflows"))["data"]["workflows"]
    some = (await api.get("/v2/workflows", limit=2, offset=1))["data"]
    assert (some["workflows"], some["totalCount"]) == (every[1:3], len(every))


async def test_a_dropped_write_has_happened_and_only_its_answer_is_lost(api: Api) -> None:
    api.faults.next(1, route="POST /v2/subscribers", drop=True)
    with pytest.raises(Dropped):
        await api.client.post(LIST, json={"subscriberId": "lost"})
    assert (await api.client.get(f"{LIST}/lost")).status_code == 200


async def test_a_second_start_keeps_what_was_written_and_seeds_nothing(tmp_path: Path) -> None:
    db = tmp_path / "novu.sqlite"
    async with embedded_api(db=db, seed="people", subscribers=20, api_key="k") as api:
        await api.post(LIST, {"subscriberId": "kept"})
    async with embedded_api(db=db, seed="people", subscribers=50) as api:
        assert (await api.get(LIST))["totalCount"] == 21
        assert api.app.state.api_key == "k"


async def test_people_are_the_same_every_time() -> None:
    pages: list[object] = []
    for _ in range(2):
        async with embedded_api(seed="people", subscribers=30) as api:
            pages.append(await api.get(LIST, limit=100))
    assert pages[0] == pages[1]


BAD = {
    "too large": b'{"subscriberId":"x","data":{"a":"' + b"y" * 102_400 + b'"}}',
    "deep": b'{"subscriberId":"x","data":' + b'{"a":' * 999 + b"1" + b"}" * 1000,
    "lone surrogate": b'{"subscriberId":"\\ud800"}',
    "broken UTF-8": b'{"subscriberId":"\xff"}',
    "malformed": b"{",
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_body_is_refused_in_shape_and_the_next_call_works(api: Api, kind: str) -> None:
    headers = {"content-type": "application/json"}
    answer = await api.client.post(LIST, content=BAD[kind], headers=headers)
    assert 400 <= answer.status_code <= 500
    assert {"statusCode", "timestamp", "path", "message"} <= answer.json().keys()
    assert (await api.client.get(f"{LIST}/sub-01")).status_code == 200


async def test_a_nul_in_an_id_and_an_endless_query_do_no_harm(api: Api) -> None:
    made = await api.post(LIST, {"subscriberId": "a\u0000b"})
    assert made["data"]["subscriberId"] == "a\u0000b"
    assert (await api.client.get(f"{LIST}/sub%00")).status_code == 404
    scope_query = "?email=" + "a" * 60_000
    assert (await api.client.get(LIST + scope_query)).status_code == 431


async def test_malformed_json_is_told_before_a_missing_key(api: Api) -> None:
    headers = {"content-type": "application/json", "authorization": "ApiKey wrong"}
    assert (await api.client.post(LIST, content=b"{", headers=headers)).status_code == 400


async def test_a_trigger_leaves_a_message_with_buttons_in_its_feed(api: Api) -> None:
    body = {"name": "inbox-buttons", "to": "sub-20", "payload": {"id": 7}}
    await api.post("/v1/events/trigger", body)
    path = "/v1/subscribers/sub-20/notifications/feed"
    (message,) = (await api.get(path, feedIdentifier="activities"))["data"]
    assert message["content"] == "Approve 7?"
    assert [one["type"] for one in message["cta"]["action"]["buttons"]] == ["primary", "secondary"]


async def test_faults_over_http_are_there_only_when_asked_for(api: Api) -> None:
    fault = json.dumps({"route": "GET /v2/subscribers", "status": 500})
    assert (await api.client.post("/__faults", content=fault)).status_code == 404


async def test_faults_over_http_hit_the_next_calls_of_a_route() -> None:
    async with embedded_api(faults_over_http=True) as api:
        fault = {"route": "GET /v2/subscribers", "times": 2, "status": 503}
        await api.client.post("/__faults", json=fault)
        assert [(await api.client.get(LIST)).status_code for _ in range(3)] == [503, 503, 200]


async def test_a_truncated_answer_breaks_off_in_the_middle(api: Api) -> None:
    api.faults.next(1, route="GET /v2/subscribers", truncate=True)
    with pytest.raises(Dropped):
        await api.client.get(LIST)
    assert (await api.client.get(LIST)).status_code == 200


async def test_a_delay_comes_before_the_answer(api: Api) -> None:
    before = api.clock.now()
    api.faults.next(1, delay_s=30)
    assert (await api.client.get(LIST)).status_code == 200
    assert (api.clock.now() - before).total_seconds() == 30


@pytest.mark.parametrize(("plan", "limit"), [("free", "100"), ("pro", "400"), ("business", "1000")])
async def test_each_plan_has_its_limit(plan: str, limit: str) -> None:
    async with embedded_api(rate_limit=plan) as api:
        assert (await api.client.get(LIST)).headers["ratelimit-limit"] == limit


async def test_a_key_sees_only_its_own_environment_but_shares_the_organizations_idempotency_keys(
    api: Api,
) -> None:
    other = {"authorization": f"ApiKey {OTHER_KEY}"}
    assert (await api.client.get(LIST, headers=other)).json()["totalCount"] == 0
    assert (await api.client.get(f"{LIST}/sub-01", headers=other)).status_code == 404
    keyed, body = {"idempotency-key": "k"}, {"subscriberId": "mine"}
    first = await api.client.post(LIST, json=body, headers=keyed)
    replayed = await api.client.post(LIST, json=body, headers=keyed | other)
    assert replayed.content == first.content


@pytest.mark.parametrize("seed", ["recorded", "people"])
async def test_every_seed_has_the_surroundings_of_the_recordings(seed: str) -> None:
    async with embedded_api(seed=seed) as api:
        known = [one for one in (await api.get("/v1/integrations"))["data"] if one["active"]]
        providers = [one["providerId"] for one in known]
        assert set(CHAT + PUSH) - {"novu-slack"} <= set(providers)
        assert (providers.count("slack"), providers.count("fcm")) == (2, 2)
        workflows = {one["workflowId"]: one for one in (await api.get("/v2/workflows"))["data"]["workflows"]}
        assert {"inbox-plain", "inbox-buttons", "inbox-news"} <= workflows.keys()
        assert workflows["welcome-v2"]["stepTypeOverviews"] == ["in_app", "email"]


async def test_every_channel_of_the_demo_has_a_workflow_and_an_integration() -> None:
    async with embedded_api(seed="people") as api:
        channels = {one["channel"] for one in (await api.get("/v1/integrations"))["data"]}
        workflows = (await api.get("/v2/workflows"))["data"]["workflows"]
        assert channels == {step for one in workflows for step in one["stepTypeOverviews"]}
