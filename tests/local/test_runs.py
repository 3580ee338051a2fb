"""What workflows did for a person is told run by run, in the shape that the official SDK reads."""

import httpx
import novu_py
import pytest

from api_client import ClientOptions, Invalid, RunFilter, SubscriberClient
from tests.local.service import Api, embedded_api

SHIPPED = {"name": "order-shipped", "to": {"subscriberId": "ada", "email": "a@b.example"}}


@pytest.mark.filterwarnings("ignore:warning. .. DEPRECATED:DeprecationWarning")  # the SDK's own parameter
async def test_the_official_sdk_accepts_runs() -> None:
    async with embedded_api(seed="people") as api:
        await api.post("/v1/events/trigger", SHIPPED | {"payload": {"id": "A-17"}})
        transport = httpx.ASGITransport(api.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://embedded.test") as client:
            sdk = novu_py.Novu(
                secret_key=api.app.state.api_key, server_url="http://embedded.test", async_client=client
            )
            found = await sdk.notifications.list_async(request={"subscriber_ids": ["ada"]})
    run = found.result.data[0]
    assert run.template is not None
    assert (run.template.name, run.payload) == ("Order shipped", {"id": "A-17"})


async def test_a_step_without_an_address_is_told_as_failed_and_the_others_as_done() -> None:
    async with embedded_api(seed="people") as api, _client(api) as client:
        await api.post("/v1/events/trigger", SHIPPED)
        jobs = (await client.runs.of("ada")).items[0].jobs or ()
    status = {job.type: (job.status, job.details[0].detail) for job in jobs}
    assert status["email"] == ("completed", "Message sent")
    assert status["in_app"] == ("completed", "Message sent")
    assert status["push"] == ("failed", "Subscriber does not have an active channel")


async def test_runs_come_newest_first_and_page_by_page(api: Api) -> None:
    for number in range(12):
        body = {"name": "inbox-plain", "to": {"subscriberId": "sub-01"}, "transactionId": f"t{number}"}
        await api.post("/v1/events/trigger", body)
    await api.post("/v1/events/trigger", {"name": "inbox-plain", "to": {"subscriberId": "sub-02"}})
    async with _client(api) as client:
        first, second = [await client.runs.of("sub-01", page=page) for page in (0, 1)]
        none = await client.runs.of("nobody")
    assert [one.transaction_id for one in first.items[:2]] == ["t11", "t10"]
    assert (first.has_more, len(second.items), second.has_more, none.items) == (True, 2, False, ())


async def test_runs_are_narrowed_by_channel_workflow_transaction_and_time() -> None:
    async with embedded_api(seed="people") as api, _client(api) as client:
        await api.post("/v1/events/trigger", SHIPPED | {"transactionId": "t1"})
        plain = {"name": "inbox-plain", "to": {"subscriberId": "ada"}, "transactionId": "t2"}
        await api.post("/v1/events/trigger", plain)

        async def found(**parts: str) -> list[str | None]:
            page = await client.runs.of("ada", wanted=RunFilter(**parts))
            return [one.transaction_id for one in page.items]

        everything = await client.runs.of("ada")
        newest = everything.items[0].workflow
        assert await found() == ["t2", "t1"]
        assert await found(channel="email") == ["t1"]
        assert await found(workflow=(newest and newest.id) or "") == ["t2"]
        assert await found(transaction="t1", channel="in_app") == ["t1"]
        assert await found(after="2000-01-01T00:00:00Z", before="2999-01-01T00:00:00Z") == ["t2", "t1"]
        assert await found(before="2000-01-01T00:00:00Z") == await found(after="2999-01-01T00:00:00Z") == []
        with pytest.raises(Invalid):
            await found(after="yesterday")


def _client(api: Api) -> SubscriberClient:
    options = ClientOptions(api_key=api.app.state.api_key, base_url="http://embedded.test")
    return SubscriberClient(options, transport=httpx.ASGITransport(api.app))
