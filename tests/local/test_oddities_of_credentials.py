"""Oddities of channel credentials, one test each."""

from typing import Any

import pytest

from tests.local.service import ENVIRONMENT, PERSON, Api

PATH = f"{PERSON}/credentials"


def _sent(provider: str, **credentials: Any) -> dict[str, Any]:
    return {"providerId": provider, "credentials": credentials}


def _stored(answer: dict[str, Any], provider: str) -> dict[str, Any]:
    return next(one["credentials"] for one in answer["data"]["channels"] if one["providerId"] == provider)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_tokens_left_out_are_emptied_by_either_verb(api: Api, method: str) -> None:
    await api.put(PATH, _sent("fcm", deviceTokens=["a"]))
    answer = await api.client.request(method, PATH, json=_sent("fcm", webhookUrl="https://x"))
    assert _stored(answer.json(), "fcm") == {"webhookUrl": "https://x", "deviceTokens": []}


async def test_a_chat_channel_gains_an_empty_token_list_by_its_first_update(api: Api) -> None:
    first = await api.put(PATH, _sent("slack", webhookUrl="https://1"))
    assert _stored(first, "slack") == {"webhookUrl": "https://1"}
    second = await api.put(PATH, _sent("slack", webhookUrl="https://2"))
    assert _stored(second, "slack") == {"webhookUrl": "https://2", "deviceTokens": []}


async def test_put_replaces_tokens_but_keeps_what_else_was_stored(api: Api) -> None:
    await api.put(PATH, _sent("fcm", webhookUrl="https://x", deviceTokens=["a"]))
    answer = await api.put(PATH, _sent("fcm", deviceTokens=["b", "b", "c"]))
    assert _stored(answer, "fcm") == {"webhookUrl": "https://x", "deviceTokens": ["b", "c"]}


async def test_patch_appends_in_order_but_an_empty_list_clears(api: Api) -> None:
    await api.patch(PATH, _sent("fcm", deviceTokens=["a", "b"]))
    assert _stored(await api.patch(PATH, _sent("fcm", deviceTokens=["c", "a"])), "fcm")["deviceTokens"] == [
        "a",
        "b",
        "c",
    ]
    assert _stored(await api.patch(PATH, _sent("fcm", deviceTokens=[])), "fcm")["deviceTokens"] == []


async def test_a_text_of_tokens_falls_apart_into_letters(api: Api) -> None:
    assert _stored(await api.put(PATH, _sent("fcm", deviceTokens="abc")), "fcm")["deviceTokens"] == [
        "a",
        "b",
        "c",
    ]


async def test_the_extra_fields_of_grafana_are_taken_and_dropped(api: Api) -> None:
    answer = await api.put(PATH, _sent("grafana-on-call", webhookUrl="https://g", alertUid="u", title="t"))
    assert _stored(answer, "grafana-on-call") == {"webhookUrl": "https://g"}


async def test_numbers_pass_where_texts_are_declared(api: Api) -> None:
    assert _stored(await api.put(PATH, _sent("slack", webhookUrl=5, channel=7)), "slack")["channel"] == 7


async def test_a_hundred_tokens_fit_and_one_more_is_told_with_the_count(api: Api) -> None:
    await api.put(PATH, _sent("fcm", deviceTokens=[f"t{n}" for n in range(100)]))
    answer = await api.client.patch(PATH, json=_sent("fcm", deviceTokens=["one more"]))
    assert answer.status_code == 400
    assert answer.json()["ctx"] == {"currentCount": 101, "limit": 100}


async def test_without_a_name_the_newest_active_integration_is_meant(api: Api) -> None:
    await api.put(PATH, _sent("slack", webhookUrl="https://newest"))
    named = {**_sent("slack", webhookUrl="https://main"), "integrationIdentifier": "slack-main"}
    channels = (await api.put(PATH, named))["data"]["channels"]
    assert len({one["_integrationId"] for one in channels if one["providerId"] == "slack"}) == 2


@pytest.mark.parametrize("identifier", ["nope", "discord-main", "slack-hmac"])
async def test_an_unknown_foreign_or_inactive_integration_is_400(api: Api, identifier: str) -> None:
    answer = await api.client.put(
        PATH, json={**_sent("slack", webhookUrl="https://x"), "integrationIdentifier": identifier}
    )
    assert answer.status_code == 400
    told = f"Subscribers environment ({ENVIRONMENT}) do not have active slack integration."
    assert answer.json()["message"] == told


async def test_deleting_takes_every_entry_of_the_provider_and_asks_for_nothing(api: Api) -> None:
    await api.put(PATH, _sent("slack", webhookUrl="https://1"))
    await api.put(PATH, {**_sent("slack", webhookUrl="https://2"), "integrationIdentifier": "slack-main"})
    for provider in ("slack", "slack", "no-such-provider"):
        answer = await api.client.delete(f"{PATH}/{provider}")
        assert (answer.status_code, answer.content) == (204, b"")
    assert (await api.get("/v2/subscribers/sub-01"))["data"]["channels"] == []


async def test_the_form_is_checked_before_the_subscriber(api: Api) -> None:
    answer = await api.client.put("/v1/subscribers/nobody/credentials", json={})
    assert answer.status_code == 422


async def test_oauth_needs_no_key_and_takes_an_inactive_integration(api: Api) -> None:
    query = {"environmentId": ENVIRONMENT}
    answer = await api.client.get(
        f"{PATH}/slack/oauth", params=query, headers={"authorization": "ApiKey wrong"}
    )
    assert (answer.status_code, answer.json()["message"][:4]) == (400, "Hmac")


async def test_the_documented_hash_is_refused_by_oauth(api: Api) -> None:
    query = {"environmentId": ENVIRONMENT, "integrationIdentifier": "slack-hmac"}
    documented = "4bf3161462b5894fab1fb34e4648c364781c82e526171ed2b9c4d3da60fca45c"
    path = "/v1/subscribers/sub-10/credentials/slack/oauth"
    assert (await api.client.get(path, params={**query, "hmacHash": documented})).status_code == 400
    by_stored_key = "9a8041a2bc48c95e6571328938848e12a5cce9e77302ede952bf0ea00c00052d"
    assert (await api.client.get(path, params={**query, "hmacHash": by_stored_key})).status_code == 302
