"""novu-py 3.19 drives every operation that it has for subscribers, and accepts every answer."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import novu_py
import pytest
from novu_py.basesdk import BaseSDK

from tests.local.service import Api

WHO: dict[str, Any] = {"subscriber_id": "sub-01"}
TOKENS = {"provider_id": "fcm", "credentials": {"device_tokens": ["t1"]}}
SOON = datetime(2026, 11, 25, tzinfo=UTC) + timedelta(days=1)
DAY = {"is_enabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
Arguments = Callable[[str, str], dict[str, Any]]

# Each call with its arguments; `seen` is a plain message of sub-01, `asked` one with buttons.
OPERATIONS: dict[str, Arguments] = {
    "search": lambda *_: {"request": {"limit": 3, "name": "a", "order_direction": "ASC"}},
    "create": lambda *_: {
        "create_subscriber_request_dto": {"subscriber_id": "sdk", "data": {"a": [1, None]}}
    },
    "create_bulk": lambda *_: {"bulk_subscriber_create_dto": {"subscribers": [{"subscriber_id": "sdk-2"}]}},
    "retrieve": lambda *_: WHO,
    "patch": lambda *_: {**WHO, "patch_subscriber_request_dto": {"first_name": None, "locale": "de_DE"}},
    "delete": lambda *_: {"subscriber_id": "sub-30"},
    "credentials.update": lambda *_: {**WHO, "update_subscriber_channel_request_dto": TOKENS},
    "credentials.append": lambda *_: {**WHO, "update_subscriber_channel_request_dto": TOKENS},
    "credentials.delete": lambda *_: {**WHO, "provider_id": "fcm"},
    "properties.update_online_flag": lambda *_: {
        **WHO,
        "update_subscriber_online_flag_request_dto": {"is_online": False},
    },
    "messages.mark_all_as": lambda seen, _: {
        **WHO,
        "message_mark_as_request_dto": {"message_id": [seen], "mark_as": "read"},
    },
    "messages.mark_all": lambda *_: {**WHO, "mark_all_message_as_request_dto": {"mark_as": "unread"}},
    "messages.update_as_seen": lambda _, asked: {
        "request": {
            **WHO,
            "message_id": asked,
            "type": "primary",
            "mark_message_action_as_seen_dto": {"status": "done", "payload": {"by": "sdk"}},
        }
    },
    "notifications.feed": lambda *_: {"request": {**WHO, "limit": 100}},
    "notifications.unseen_count": lambda *_: WHO,
    "notifications.list": lambda *_: {"request": {**WHO, "limit": 100}},
    "notifications.count": lambda *_: {**WHO, "filters": json.dumps([{"read": False}, {"tags": ["t1"]}])},
    "notifications.mark_as_read": lambda seen, _: {**WHO, "notification_id": seen},
    "notifications.mark_as_unread": lambda seen, _: {**WHO, "notification_id": seen},
    "notifications.archive": lambda seen, _: {**WHO, "notification_id": seen},
    "notifications.unarchive": lambda seen, _: {**WHO, "notification_id": seen},
    "notifications.snooze": lambda seen, _: {
        "request": {
            **WHO,
            "notification_id": seen,
            "snooze_subscriber_notification_dto": {"snooze_until": SOON},
        }
    },
    "notifications.unsnooze": lambda seen, _: {**WHO, "notification_id": seen},
    "notifications.complete_action": lambda _, asked: {
        "request": {**WHO, "notification_id": asked, "action_type": "primary"}
    },
    "notifications.revert_action": lambda _, asked: {
        "request": {**WHO, "notification_id": asked, "action_type": "primary"}
    },
    "notifications.mark_as_seen": lambda seen, _: {
        **WHO,
        "mark_subscriber_notifications_as_seen_dto": {"notification_ids": [seen]},
    },
    "notifications.mark_all_as_read": lambda *_: {**WHO, "update_all_subscriber_notifications_dto": {}},
    "notifications.archive_all": lambda *_: {**WHO, "update_all_subscriber_notifications_dto": {}},
    "notifications.archive_all_read": lambda *_: {**WHO, "update_all_subscriber_notifications_dto": {}},
    "notifications.delete": lambda seen, _: {**WHO, "notification_id": seen},
    "notifications.delete_all": lambda *_: {**WHO, "update_all_subscriber_notifications_dto": {}},
    "preferences.list": lambda *_: {**WHO, "criticality": "all"},
    "preferences.update": lambda *_: {
        **WHO,
        "patch_subscriber_preferences_dto": {
            "channels": {"email": False},
            "schedule": {"is_enabled": True, "weekly_schedule": {"monday": DAY}},
        },
    },
    "preferences.bulk_update": lambda *_: {
        **WHO,
        "bulk_update_subscriber_preferences_dto": {
            "preferences": [{"workflow_id": "inbox-plain", "channels": {"in_app": False}}]
        },
    },
    "topics.list": lambda *_: {"request": {**WHO, "limit": 1}},
}
# What surrounds the subscribers, on the SDK itself.
SURROUNDINGS: dict[str, dict[str, Any]] = {
    "integrations.list": {},
    "integrations.list_active": {},
    "workflows.list": {"request": {}},
    "trigger": {
        "trigger_event_request_dto": {"workflow_id": "inbox-plain", "to": "sub-02", "payload": {"name": "S"}}
    },
    "topics.subscriptions.create": {
        "topic_key": "news",
        "create_topic_subscriptions_request_dto": {"subscriber_ids": ["sub-02", "nobody"]},
    },
    "topics.subscriptions.delete": {
        "topic_key": "news",
        "delete_topic_subscriptions_request_dto": {"subscriber_ids": ["sub-02"]},
    },
}


@pytest.fixture
async def sdk(api: Api) -> AsyncIterator[novu_py.Novu]:
    unused = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(500)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api.app)) as client:
        yield novu_py.Novu(
            secret_key=api.app.state.api_key,
            server_url="http://embedded.test",
            client=unused,  # else the SDK reads the system's certificates anew each time
            async_client=client,
        )


def _call(sdk: object, name: str) -> Callable[..., Any]:
    *path, method = name.split(".")
    for step in path:
        sdk = getattr(sdk, step)
    return getattr(sdk, f"{method}_async")


def _methods(part: object, prefix: str = "") -> Iterator[str]:
    """The operations of a part of the SDK and of the parts in it."""
    for name in dir(part):
        if name.endswith("_async") and not name.startswith(("_", "do_request")):
            yield prefix + name.removesuffix("_async")
    for name, inner in vars(part).items():
        if isinstance(inner, BaseSDK) and name != "parent_ref":
            yield from _methods(inner, f"{prefix}{name}.")


async def test_every_operation_that_the_sdk_has_for_subscribers_is_driven(sdk: novu_py.Novu) -> None:
    assert set(_methods(sdk.subscribers)) == set(OPERATIONS)


@pytest.mark.filterwarnings("ignore:.*DEPRECATED.*:DeprecationWarning")  # the SDK's word on the old calls
@pytest.mark.parametrize("name", OPERATIONS)
async def test_the_official_sdk_accepts_the_answer(name: str, api: Api, sdk: novu_py.Novu) -> None:
    await api.post("/v2/topics/news/subscriptions", {"subscriberIds": ["sub-01"]})
    feed = (await api.get("/v1/subscribers/sub-01/notifications/feed", limit=100))["data"]
    seen = next(one["_id"] for one in feed if one["templateIdentifier"] == "inbox-plain")
    asked = next(one["_id"] for one in feed if one["templateIdentifier"] == "inbox-buttons")
    await _call(sdk.subscribers, name)(**OPERATIONS[name](seen, asked))


@pytest.mark.parametrize("name", SURROUNDINGS)
async def test_the_official_sdk_accepts_what_surrounds_the_subscribers(name: str, sdk: novu_py.Novu) -> None:
    await _call(sdk, name)(**SURROUNDINGS[name])
