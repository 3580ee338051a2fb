"""Each provider's row is whole and asks an operator in words; a new row is tested by being there."""

import json

import pytest

from dashboard.providers import PROVIDERS, Kind, Provider, masked, payload, problems, provider, warnings
from tests.dashboard.providers.samples import GOOD

PUBLISHED = {
    *("slack", "discord", "msteams", "mattermost", "ryver", "zulip", "grafana-on-call", "getstream"),
    *("rocket-chat", "whatsapp-business", "fcm", "apns", "expo", "one-signal", "pushpad", "push-webhook"),
    "pusher-beams",
}
NEWER = {"chat-webhook", "novu-slack", "appio", "webex-messaging", "line", "telegram"}
WIRE_NAMES = {
    *("webhookUrl", "channel", "deviceTokens", "alertUid", "title", "imageUrl", "state", "externalUrl"),
}

each = pytest.mark.parametrize("row", PROVIDERS.values(), ids=PROVIDERS.keys())
with_fields = pytest.mark.parametrize(
    "row", [row for row in PROVIDERS.values() if row.fields], ids=lambda row: row.id
)


def test_every_provider_of_the_api_has_a_row() -> None:
    assert PROVIDERS.keys() == PUBLISHED | NEWER


def test_a_provider_of_tomorrow_has_no_row_and_breaks_nothing() -> None:
    assert provider("pigeon-post") is None


@each
def test_only_names_that_the_api_knows_are_sent(row: Provider) -> None:
    assert {field.key for field in row.fields} <= WIRE_NAMES


@each
def test_every_field_says_what_to_enter(row: Provider) -> None:
    assert row.fields or row.note
    for field in row.fields:
        assert field.label
        assert field.help.endswith(".")
        assert field.example
        assert not field.label.endswith((".", ":"))


@each
def test_a_good_form_is_sent_exactly_as_filled_in(row: Provider) -> None:
    filled = GOOD[row.id]
    assert problems(row, filled) == {}
    assert warnings(row, filled) == {}
    sent = {key: [value] if key == "deviceTokens" else value for key, value in filled.items()}
    assert json.dumps(payload(row, filled)) == json.dumps(sent)


@with_fields
def test_an_empty_form_is_refused_with_the_field_named(row: Provider) -> None:
    required = {field.key for field in row.fields if field.required} or {row.fields[0].key}
    refused = problems(row, dict.fromkeys(("webhookUrl", "channel", "deviceTokens"), "  \n"))
    assert refused.keys() == required
    assert problems(row, {}) == refused
    assert payload(row, {}) == {}


@with_fields
def test_a_blank_field_with_a_stored_value_is_left_alone(row: Provider) -> None:
    stored = payload(row, GOOD[row.id])
    assert problems(row, {}, kept=stored) == {}
    for field in row.fields:
        if field.kind is Kind.TOKENS:
            assert problems(row, {field.key: "two words"}, kept=stored).keys() == {field.key}


@with_fields
def test_no_secret_reaches_the_browser_whole(row: Provider) -> None:
    stored = payload(row, GOOD[row.id])
    shown = masked(row, stored)
    assert shown.keys() == stored.keys()
    for field in row.fields:
        if field.key in stored:
            assert (list(shown[field.key]) == list(stored[field.key])) is not field.secret


@with_fields
def test_whatever_is_stored_can_be_shown(row: Provider) -> None:
    for odd in (5, "abc", None, [1, None, "t"], {"a": 1}, True, "", [], "https://[", "\x00\n"):
        masked(row, {field.key: odd for field in row.fields})


@with_fields
@pytest.mark.parametrize(
    "bad", ["not a url", "ftp://example.com/x", "https://", "javascript:alert(1)", "https://[x"]
)
def test_what_is_no_address_is_refused(row: Provider, bad: str) -> None:
    addresses = {field.key for field in row.fields if field.kind in {Kind.URL, Kind.HTTPS_URL}}
    assert addresses <= problems(row, GOOD[row.id] | dict.fromkeys(addresses, bad)).keys()


@pytest.mark.parametrize(
    ("provider_id", "is_refused"), [("slack", True), ("discord", True), ("mattermost", False)]
)
def test_plain_http_is_only_for_servers_of_ones_own(provider_id: str, is_refused: bool) -> None:
    row = PROVIDERS[provider_id]
    refused = problems(row, {"webhookUrl": "http://chat.internal/hooks/abc"})
    assert ("webhookUrl" in refused) is is_refused


def test_rocket_chat_needs_a_room() -> None:
    row = PROVIDERS["rocket-chat"]
    assert problems(row, {"webhookUrl": "https://chat.example.com"}) == {"channel": "Room id is required."}


def test_grafanas_extra_fields_say_that_they_are_not_kept() -> None:
    extras = [field for field in PROVIDERS["grafana-on-call"].fields if not field.stored]
    assert len(extras) == 5
    assert all("not keep it" in field.help for field in extras)


@pytest.mark.parametrize(
    ("provider_id", "odd"),
    [
        ("slack", {"webhookUrl": "https://example.com/services/T01"}),
        ("discord", {"webhookUrl": "https://discord.com/channels/1/2"}),
        ("msteams", {"webhookUrl": "https://example.com/hook"}),
        ("rocket-chat", {"webhookUrl": "https://chat.example.com/hooks/abc", "channel": "GENERAL"}),
        ("fcm", {"deviceTokens": "token_1"}),
        ("apns", {"deviceTokens": "token_1"}),
        ("expo", {"deviceTokens": "Dy4R0HK8GkSD8NDlqMzM9w"}),
        ("one-signal", {"deviceTokens": "ada"}),
        ("pusher-beams", {"deviceTokens": "ExponentPushToken[abc]"}),
        ("pushpad", {"deviceTokens": "a" * 64}),
        ("appio", {"deviceTokens": "RSSMRA85T10A562S,VRDGPP13R10B293P"}),
    ],
)
def test_what_merely_looks_odd_is_warned_about_and_can_be_sent(provider_id: str, odd: dict[str, str]) -> None:
    row = PROVIDERS[provider_id]
    assert problems(row, odd) == {}
    assert len(warnings(row, odd)) == 1
