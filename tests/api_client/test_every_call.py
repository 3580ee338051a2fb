"""Every call with an id: a hostile one arrives as it is, an impossible one is refused and nothing sent."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from urllib.parse import unquote

import httpx
import pytest

from api_client import (
    BadArgument,
    BadPayload,
    ChannelCredentials,
    MarkAs,
    NewSubscriber,
    OutcomeUnknown,
    PreferencePatch,
    SubscriberClient,
    SubscriberPatch,
)
from tests.api_client.doubles import Script, client_over

Call = Callable[[SubscriberClient, str], Awaitable[object]]
SOON = datetime(2026, 11, 26, tzinfo=UTC)
CREDENTIALS = ChannelCredentials(webhook_url="https://hooks.example.com/a")
PATCH = PreferencePatch(channels={"email": True})
CALLS: dict[str, Call] = {
    "subscribers.get": lambda c, one: c.subscribers.get(one),
    "subscribers.patch": lambda c, one: c.subscribers.patch(one, SubscriberPatch()),
    "subscribers.delete": lambda c, one: c.subscribers.delete(one),
    "subscribers.set_online": lambda c, one: c.subscribers.set_online(one, is_online=True),
    "credentials.replace": lambda c, one: c.credentials.replace(one, "slack", CREDENTIALS),
    "credentials.append": lambda c, one: c.credentials.append(one, "slack", CREDENTIALS),
    "credentials.delete": lambda c, one: c.credentials.delete(one, "slack"),
    "credentials.delete, provider": lambda c, one: c.credentials.delete("ada", one),
    "credentials.oauth_start": lambda c, one: c.credentials.oauth_start(one, environment_id="6b"),
    "credentials.oauth_finish": lambda c, one: c.credentials.oauth_finish(one, code="c", environment_id="6b"),
    "feed.page": lambda c, one: c.feed.page(one),
    "feed.items": lambda c, one: anext(c.feed.items(one, max_items=1)),
    "feed.unseen_count": lambda c, one: c.feed.unseen_count(one),
    "messages.mark": lambda c, one: c.messages.mark(one, "6b", MarkAs.READ),
    "messages.mark_all": lambda c, one: c.messages.mark_all(one, MarkAs.READ),
    "messages.complete_action": lambda c, one: c.messages.complete_action(one, "6b", "primary", "done"),
    "messages.complete_action, message": lambda c, one: c.messages.complete_action(
        "a", one, "primary", "done"
    ),
    "preferences.get": lambda c, one: c.preferences.get(one),
    "preferences.patch": lambda c, one: c.preferences.patch(one, PATCH),
    "preferences.patch_bulk": lambda c, one: c.preferences.patch_bulk(one, {"welcome": {"email": True}}),
    "topics.of": lambda c, one: c.topics.of(one),
    "topics.join": lambda c, one: c.topics.join(one, ["ada"]),
    "topics.leave": lambda c, one: c.topics.leave(one, ["ada"]),
    "notifications.list": lambda c, one: c.notifications.list(one),
    "notifications.count": lambda c, one: c.notifications.count(one, [{}]),
    "notifications.change": lambda c, one: c.notifications.change(one, "6b", "read"),
    "notifications.change, message": lambda c, one: c.notifications.change("ada", one, "read"),
    "notifications.snooze": lambda c, one: c.notifications.snooze(one, "6b", SOON),
    "notifications.set_action": lambda c, one: c.notifications.set_action(one, "6b", "primary", "complete"),
    "notifications.delete": lambda c, one: c.notifications.delete(one, "6b"),
    "notifications.change_all": lambda c, one: c.notifications.change_all(one, "read"),
    "notifications.mark_seen": lambda c, one: c.notifications.mark_seen(one),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("hostile", ["a/b?c#d%e f..", "../../v1/x", "Ада 👩‍🚀", "x" * 300])
async def test_a_hostile_id_is_one_segment_of_the_path(name: str, hostile: str) -> None:
    script = Script(httpx.Response(200, content=b"<html>"))  # what comes back is not the point
    with contextlib.suppress(BadPayload, OutcomeUnknown):
        await CALLS[name](client_over(script), hostile)
    segments = script.sent[0].url.raw_path.decode().partition("?")[0].split("/")
    assert hostile in [unquote(segment) for segment in segments]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("impossible", ["", " ", "..", "\udc80"])
async def test_an_impossible_id_is_refused_and_nothing_is_sent(name: str, impossible: str) -> None:
    with pytest.raises(BadArgument):
        await CALLS[name](client_over(Script()), impossible)


@pytest.mark.parametrize("subscriber_id", ["", "   "])
def test_nobody_without_an_id_is_created(subscriber_id: str) -> None:
    with pytest.raises(ValueError, match="subscriber_id"):
        NewSubscriber(subscriber_id=subscriber_id)


def test_device_tokens_given_as_one_text_are_told_apart_from_a_list() -> None:
    with pytest.raises(ValueError, match="list of texts") as caught:
        ChannelCredentials(device_tokens="abc-secret")  # type: ignore[arg-type]  # the point
    assert "abc-secret" not in str(caught.value)
