"""What the dashboard needs around the twenty operations does what it says, against the embedded API."""

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest

from api_client import BadArgument, ClientOptions, NotFound, SubscriberClient
from api_client.embedded import create_embedded_api

WHO = "sub-01"
LATER = datetime.fromisoformat("2031-01-01T00:00:00+00:00")


@pytest.fixture
async def client() -> AsyncIterator[SubscriberClient]:
    app = create_embedded_api(seed="recorded")
    options = ClientOptions(app.state.api_key, "http://novu.test")
    async with SubscriberClient(options, transport=httpx.ASGITransport(app)) as client:
        yield client
    app.state.store.close()


async def _ids(client: SubscriberClient, **where: bool) -> list[str]:
    found = await client.notifications.list(WHO, limit=100, where=where)
    return [one.id for one in found.items]


async def test_one_message_goes_through_all_its_states(client: SubscriberClient) -> None:
    calls, (one, *_) = client.notifications, await _ids(client)
    assert (await calls.change(WHO, one, "read")).is_read
    assert not (await calls.change(WHO, one, "unread")).is_read
    assert (await calls.change(WHO, one, "archive")).is_archived
    assert not (await calls.change(WHO, one, "unarchive")).is_archived
    assert (await calls.snooze(WHO, one, LATER)).snoozed_until == LATER
    assert not (await calls.change(WHO, one, "unsnooze")).is_snoozed
    await calls.delete(WHO, one)
    assert one not in await _ids(client)
    with pytest.raises(NotFound):
        await calls.delete(WHO, one)


async def test_a_button_is_pressed_and_taken_back(client: SubscriberClient) -> None:
    found = await client.notifications.list(WHO, limit=100)
    one = next(one for one in found.items if one.primary_action and not one.primary_action.is_completed)
    done = await client.notifications.set_action(WHO, one.id, "primary", "complete")
    undone = await client.notifications.set_action(WHO, one.id, "primary", "revert")
    assert [state.primary_action and state.primary_action.is_completed for state in (done, undone)] == [
        True,
        False,
    ]


async def test_many_messages_are_counted_and_changed_at_once(client: SubscriberClient) -> None:
    calls = client.notifications

    async def counts() -> list[int]:
        return [one.count for one in await calls.count(WHO, [{"read": False}, {"seen": False}])]

    unread, unseen = await counts()
    assert unread > 0
    assert unseen > 0
    await calls.mark_seen(WHO, (await _ids(client, seen=False))[:1])
    assert await counts() == [unread, unseen - 1]
    await calls.mark_seen(WHO)
    await calls.change_all(WHO, "read")
    assert await counts() == [0, 0]
    await calls.change_all(WHO, "archive")
    assert await _ids(client, archived=False) == []
    await calls.change_all(WHO, "delete")
    assert await _ids(client) == []


async def test_a_time_without_a_zone_is_refused(client: SubscriberClient) -> None:
    with pytest.raises(BadArgument):
        await client.notifications.snooze(WHO, "6b", LATER.replace(tzinfo=None))


async def test_what_stands_around_the_subscribers_is_read(client: SubscriberClient) -> None:
    environment = await client.environments.me()
    assert environment.name == "Development"
    integrations = await client.integrations.list()
    assert {"slack", "fcm"} <= {one.provider_id for one in integrations}
    assert all(one.id and one.identifier and one.created_at for one in integrations)
    assert "welcome-v2" in {one.identifier for one in await client.workflows.list()}
    topics = await client.topics.of(WHO)
    assert (topics.items, topics.total, topics.total_is_exact) == ((), 0, True)


async def test_a_trigger_makes_a_message(client: SubscriberClient) -> None:
    before = await client.feed.page(WHO, limit=1)
    outcome = await client.events.trigger("welcome-v2", WHO, {"firstName": "Ada"})
    assert (outcome.acknowledged, outcome.status) == (True, "processed")
    after = await client.feed.page(WHO, limit=1)
    assert after.items[0].id != before.items[0].id
    assert after.items[0].transaction_id == outcome.transaction_id


async def test_preferences_of_many_workflows_change_in_one_call(client: SubscriberClient) -> None:
    changed = await client.preferences.patch_bulk(WHO, {"welcome-v2": {"in_app": False}})
    assert [(one.workflow and one.workflow.identifier, one.channels["in_app"]) for one in changed] == [
        ("welcome-v2", False)
    ]
    stored = await client.preferences.get(WHO)
    (welcome,) = [one for one in stored.workflows if one.workflow.identifier == "welcome-v2"]
    assert welcome.channels["in_app"] is False


async def test_a_topic_is_joined_left_and_those_who_are_unknown_are_told(client: SubscriberClient) -> None:
    joined = await client.topics.join("news:eu", [WHO, "nobody"])
    assert [one.topic.key for one in joined.data if one.topic] == ["news:eu"]
    assert [(one.subscriber_id, one.code) for one in joined.errors] == [("nobody", "SUBSCRIBER_NOT_FOUND")]
    assert [one.key for one in (await client.topics.list()).items] == ["news:eu"]
    assert len((await client.topics.of(WHO, key="news:eu")).items) == 1
    assert (await client.topics.leave("news:eu", [WHO])).errors == ()
    assert (await client.topics.of(WHO)).items == ()
