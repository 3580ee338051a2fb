"""What a trigger sends over other channels is written down, as far as the demo's workflows go there."""

from collections.abc import AsyncIterator

import novu_py
import pytest

from tests.local.service import Api, embedded_api


@pytest.fixture
async def demo() -> AsyncIterator[Api]:
    async with embedded_api(seed="people") as found:
        yield found


async def store(demo: Api, provider_id: str, **credentials: object) -> None:
    body = {"providerId": provider_id, "credentials": credentials}
    (await demo.client.put("/v1/subscribers/u/credentials", json=body)).raise_for_status()


async def sent(demo: Api, workflow: str) -> list[tuple[str, str, str]]:
    run = await demo.post("/v1/events/trigger", {"name": workflow, "to": {"subscriberId": "u"}})
    query = {"subscriberId": "u", "transactionId": run["data"]["transactionId"]}
    found = (await demo.get("/v1/messages", **query))["data"]
    return sorted((one["channel"], one["providerId"], one.get("errorId", one["status"])) for one in found)


async def test_each_token_and_each_address_is_one_delivery(demo: Api) -> None:
    await demo.post("/v2/subscribers", {"subscriberId": "u", "email": "u@example.com"})
    await store(demo, "fcm", deviceTokens=["a", "b"])
    await store(demo, "slack", webhookUrl="https://hooks.slack.com/x")
    await store(demo, "discord", channel="nowhere")
    assert await sent(demo, "order-shipped") == [
        ("chat", "discord", "no_subscriber_chat_channel_id"),
        ("chat", "slack", "sent"),
        ("email", "sendgrid", "sent"),
        ("push", "fcm", "sent"),
        ("push", "fcm", "sent"),
    ]
    assert await sent(demo, "push-alert") == [("push", "fcm", "sent"), ("push", "fcm", "sent")]


async def test_the_official_sdk_reads_them(demo: Api) -> None:
    await demo.post("/v2/subscribers", {"subscriberId": "u"})
    await store(demo, "slack", webhookUrl="https://hooks.slack.com/x")
    await sent(demo, "chat-alert")
    sdk = novu_py.Novu(
        secret_key=demo.app.state.api_key, server_url="http://embedded.test", async_client=demo.client
    )
    found = await sdk.messages.retrieve_async(request={"subscriber_id": "u"})
    assert [(one.provider_id, one.status.value) for one in found.result.data] == [("slack", "sent")]
