"""What a write says: only what was set, null told from absent, and nothing half valid."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from api_client import (
    INTERACTIVE,
    BadArgument,
    ChannelCredentials,
    ChannelSettings,
    Invalid,
    MarkAs,
    NewSubscriber,
    NotFound,
    OutcomeUnknown,
    PreferencePatch,
    SubscriberPatch,
    bulk_chunks,
)
from tests.api_client.doubles import Script, answer, client_over
from tests.api_client.faults.wire import good


@pytest.mark.parametrize(
    ("patch", "body"),
    [
        (SubscriberPatch(), {}),
        (SubscriberPatch(email=None), {"email": None}),
        (SubscriberPatch(first_name="", data=None), {"firstName": "", "data": None}),
        (SubscriberPatch(data={"snake_case": {"a": None}}), {"data": {"snake_case": {"a": None}}}),
    ],
)
async def test_absent_null_and_empty_are_three_things(patch: SubscriberPatch, body: dict[str, Any]) -> None:
    script = Script(answer(body=good("patch")))
    await client_over(script).subscribers.patch("ada", patch)
    assert json.loads(script.sent[0].content) == body


@pytest.mark.parametrize(
    ("credentials", "body"),
    [
        (ChannelCredentials(), {}),
        (
            ChannelCredentials(webhook_url=None, device_tokens=None),
            {"webhookUrl": None, "deviceTokens": None},
        ),
        (ChannelCredentials(channel="", device_tokens=()), {"channel": "", "deviceTokens": []}),
    ],
)
async def test_credentials_and_the_rows_of_a_bulk_call_keep_the_three_apart_too(
    credentials: ChannelCredentials, body: dict[str, Any]
) -> None:
    script = Script(answer(body=good("patch")), answer(201, good("bulk")))
    client = client_over(script)
    await client.credentials.append("ada", "fcm", credentials)
    rows = [NewSubscriber(subscriber_id="a"), NewSubscriber(subscriber_id="b", email=None, last_name="")]
    await client.subscribers.create_bulk(rows)
    assert json.loads(script.sent[0].content)["credentials"] == body
    assert json.loads(script.sent[1].content)["subscribers"] == [
        {"subscriberId": "a"},
        {"subscriberId": "b", "email": None, "lastName": ""},
    ]


@pytest.mark.parametrize(("feeds", "body"), [(None, {}), ((), {"feedIdentifier": []})])
async def test_no_feeds_named_are_all_feeds_and_an_empty_list_is_none(
    feeds: tuple[str, ...] | None, body: dict[str, Any]
) -> None:
    script = Script(answer(201, {"data": 0}))
    await client_over(script).messages.mark_all("ada", MarkAs.READ, feeds=feeds)
    assert json.loads(script.sent[0].content) == {"markAs": "read", **body}


async def test_a_person_is_created_with_what_is_known_and_no_more() -> None:
    script = Script(answer(201, good("create")))
    new = NewSubscriber(subscriber_id="ada", locale="en_US", phone=None)
    await client_over(script).subscribers.create(new, fail_if_exists=True)
    assert json.loads(script.sent[0].content) == {"subscriberId": "ada", "locale": "en_US", "phone": None}
    assert script.sent[0].url.query == b"failIfExists=true"


def test_device_tokens_given_as_one_text_are_refused() -> None:
    with pytest.raises(ValidationError, match="deviceTokens") as caught:
        ChannelCredentials.model_validate({"deviceTokens": "abc-secret"})
    assert "abc-secret" not in str(caught.value)


def test_credentials_show_no_secret_and_name_them_all() -> None:
    credentials = ChannelCredentials.model_validate(
        {"webhookUrl": "https://hook", "deviceTokens": ["token-1"], "alertUid": "uid-1"}
    )
    assert set(credentials.secrets()) == {"https://hook", "token-1", "uid-1"}
    assert not [secret for secret in credentials.secrets() if secret in repr(credentials)]


async def test_a_gesture_sends_its_own_key_and_reads_send_none() -> None:
    script = Script(answer(body=good("patch")), answer(body=good("get")), answer(body=good("create")))
    client = client_over(script)
    await client.subscribers.patch("ada", SubscriberPatch(), options=INTERACTIVE.keyed("click-1"))
    await client.subscribers.get("ada")
    await client.credentials.replace("ada", "fcm", ChannelCredentials(device_tokens=()))
    keys = [request.headers.get("idempotency-key") for request in script.sent]
    assert keys == ["click-1", None, None]


async def test_a_delete_that_was_done_by_a_lost_first_attempt_is_done() -> None:
    script = Script(answer(502), answer(404, {"message": "Subscriber was not found"}))
    await client_over(script).subscribers.delete("ada")


async def test_a_delete_of_nobody_says_so() -> None:
    with pytest.raises(NotFound):
        await client_over(Script(answer(404))).subscribers.delete("ada")


async def test_a_trigger_is_not_sent_twice_after_a_gateway_error() -> None:
    with pytest.raises(OutcomeUnknown):
        await client_over(Script(answer(504))).events.trigger("welcome", "ada", {"a": 1})


@pytest.mark.parametrize("count", [0, 501])
async def test_a_bulk_call_of_the_wrong_size_is_refused(count: int) -> None:
    rows = [NewSubscriber(subscriber_id=str(at)) for at in range(count)]
    with pytest.raises(BadArgument):
        await client_over(Script()).subscribers.create_bulk(rows)


def test_bulk_rows_are_cut_by_number_and_by_bytes_and_none_is_lost() -> None:
    small = [NewSubscriber(subscriber_id=f"s{at}") for at in range(1001)]
    large = [NewSubscriber(subscriber_id=f"l{at}", data={"x": "y" * 40_000}) for at in range(5)]
    chunks = list(bulk_chunks([*small, *large]))
    assert [len(chunk) for chunk in chunks] == [500, 500, 3, 2, 1]
    assert [row for chunk in chunks for row in chunk] == [*small, *large]


async def test_marking_nothing_is_refused_rather_than_sent() -> None:
    with pytest.raises(BadArgument):
        await client_over(Script()).messages.mark("ada", [], MarkAs.READ)


async def test_a_mark_that_does_not_exist_is_refused() -> None:
    """The server would take any word here and report messages as changed."""
    with pytest.raises(ValueError, match="done"):
        await client_over(Script()).messages.mark_all("ada", "done")  # type: ignore[arg-type]  # the point


async def test_preferences_say_only_the_channels_that_change() -> None:
    script = Script(answer(body={"data": {"global": {"enabled": True, "channels": {}}, "workflows": []}}))
    await client_over(script).preferences.patch("ada", PreferencePatch(channels={"email": False}))
    assert json.loads(script.sent[0].content) == {"channels": {"email": False}}


async def test_no_error_repeats_the_credentials_that_a_new_person_came_with() -> None:
    entry = ChannelSettings(
        provider_id="slack", credentials=ChannelCredentials(webhook_url="https://hook/77")
    )
    new = NewSubscriber(subscriber_id="ada", channels=(entry,))
    refused = answer(422, {"message": "https://hook/77 is no URL"})
    client = client_over(Script(refused, refused))
    for call in (lambda: client.subscribers.create(new), lambda: client.subscribers.create_bulk([new])):
        with pytest.raises(Invalid) as caught:
            await call()
        assert caught.value.detail.endswith("••• is no URL")


@pytest.mark.parametrize("value", ["\ud800", 2**64])
@pytest.mark.parametrize(
    "send",
    [
        lambda client, value: client.subscribers.patch("ada", SubscriberPatch(data={"a": value})),
        lambda client, value: client.events.trigger("welcome", "ada", {"a": value}),
        lambda client, value: client.feed.page("ada", payload={"a": value}),
        lambda client, value: client.notifications.count("ada", [{"a": value}]),
    ],
    ids=["patch", "trigger", "feed", "count"],
)
async def test_what_json_cannot_carry_is_refused_before_sending(send: Any, value: Any) -> None:
    with pytest.raises(BadArgument) as caught:
        await send(client_over(Script()), value)
    assert "no form in JSON" in caught.value.user_text
