"""Strange answers: one odd part never costs the page, and what is no answer is never taken for one."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_client import BadPayload, FeedPage, Subscriber
from api_client.models.reading import acknowledgement, bare, wrapped
from api_client.models.subscribers import SearchAnswer
from api_client.resources.rows import read_rows, row_id
from tests.api_client.doubles import Script, client_over
from tests.api_client.faults.wire import ROW, page


def _person(**changes: Any) -> Subscriber:
    return wrapped(Subscriber)(json.dumps({"data": ROW | changes}).encode())


@pytest.mark.parametrize(
    ("changes", "unreadable"),
    [
        ({"createdAt": 10**20}, {"createdAt"}),
        ({"isOnline": "perhaps", "email": ["a"]}, {"isOnline", "email"}),
        ({"data": "text"}, {"data"}),
        ({"channels": {"a": 1}}, {"channels"}),
        (
            {"channels": [5, {"credentials": {"deviceTokens": "abc"}}]},
            {"channels.0", "channels.1.credentials.deviceTokens"},
        ),
        (
            {"channels": [{"credentials": {"deviceTokens": ["a", {}, "b"]}}]},
            {"channels.0.credentials.deviceTokens.1"},
        ),
        ({"firstName": True}, {"firstName"}),
    ],
)
def test_only_the_odd_part_is_left_out_and_named(changes: dict[str, Any], unreadable: set[str]) -> None:
    person = _person(**changes)
    assert set(person.unreadable) == unreadable
    assert person.subscriber_id == "sub-01"


def test_channels_keep_everything_and_show_no_secret() -> None:
    stored = {"webhookUrl": "https://hook/secret", "deviceTokens": ["token-1"], "alertUid": "uid-1"}
    person = _person(channels=[{"providerId": "pigeon", "_integrationId": "6b", "credentials": stored}])
    (entry,) = person.channels
    assert (entry.provider_id, entry.integration_id) == ("pigeon", "6b")
    assert entry.credentials.to_body() == stored
    assert not [secret for secret in ("secret", "token-1", "uid-1") if secret in repr(person)]
    assert person.channels is person.channels  # made once


def test_a_null_where_a_list_belongs_is_only_an_absence() -> None:
    person = _person(channels=None)
    assert (person.channels, person.unreadable) == ((), ())


def test_a_number_where_a_text_belongs_is_read_as_its_digits() -> None:
    person = _person(phone=4930123, firstName=0.5)
    assert (person.phone, person.first_name, person.unreadable) == ("4930123", "0.5", ())


def test_absent_and_null_are_told_apart() -> None:
    assert "email" not in _person().model_fields_set
    assert "email" in _person(email=None).model_fields_set


@pytest.mark.parametrize("row", [None, 5, "text", []])
def test_a_row_that_is_no_row_keeps_its_place(row: Any) -> None:
    answer = bare(SearchAnswer)(json.dumps(page([ROW, row, ROW])).encode())
    assert [one.unreadable for one in answer.data] == [(), ("row",), ()]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
_KEYS = sorted(str(field.validation_alias) for field in Subscriber.model_fields.values())
_CHANNEL_KEYS = ["_integrationId", "providerId", "integrationIdentifier", "credentials"]
_CHANNEL = st.dictionaries(st.sampled_from(_CHANNEL_KEYS), _ANYTHING)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(_KEYS), _ANYTHING),
    st.none() | st.lists(_CHANNEL | _ANYTHING, max_size=3),
)
def test_whatever_a_row_holds_its_neighbours_are_read_in_full(odd: dict[str, Any], channels: Any) -> None:
    """All JSON in all fields: three rows come, the outer two whole, and what is built later holds, too."""
    row = odd if channels is None else odd | {"channels": channels}
    body = json.dumps(page([ROW, row, ROW])).encode("utf-8", "surrogatepass")
    first, middle, last = bare(SearchAnswer)(body).data
    assert first == last == _person()
    assert all(isinstance(one.provider_id, str) for one in middle.channels)


def test_the_wire_cannot_forge_what_we_note_ourselves() -> None:
    assert _person(unreadable=["everything"], subscriber_id="forged").unreadable == ()
    assert _person(subscriber_id="forged").subscriber_id == "sub-01"


@pytest.mark.parametrize(
    "body", [b"", b"null", b"{}", b"[]", b'{"data": 5}', b"<html>", b"{", b"\xff", b"[" * 9999]
)
def test_what_is_no_answer_is_not_taken_for_an_empty_one(body: bytes) -> None:
    for reader in (bare(SearchAnswer), wrapped(Subscriber), bare(FeedPage), read_rows):
        with pytest.raises(BadPayload):
            reader(body)


def test_a_web_page_is_named_as_such() -> None:
    with pytest.raises(BadPayload) as caught:
        acknowledgement(b"  <!doctype html>")
    assert "web page" in caught.value.user_text
    acknowledgement(b"")
    acknowledgement(b'{"data": {"acknowledged": true}}')


def test_the_first_bad_place_is_named_for_the_log() -> None:
    with pytest.raises(BadPayload) as caught:
        bare(SearchAnswer)(b'{"next": null}')
    assert "data" in caught.value.detail


def test_an_older_servers_page_has_no_total() -> None:
    answer = bare(SearchAnswer)(b'{"data": [], "next": null, "previous": null}')
    assert answer.total_count is None


def test_raw_rows_stay_as_they_came() -> None:
    found = read_rows(json.dumps(page([ROW, 5], "6b", totalCountCapped=True)).encode())
    assert found.items == (ROW, {"(unreadable)": ["row"]})
    assert (found.next, found.total, found.total_is_exact) == ("6b", 9, False)
    assert (row_id(ROW), row_id({"_id": 5})) == (ROW["_id"], "")


def test_email_content_in_blocks_is_kept() -> None:
    item = {"_id": "6b", "content": [{"type": "text"}], "deliveredAt": ["2026-11-23T18:35:56.677Z"]}
    found = bare(FeedPage)(json.dumps({"data": [item], "hasMore": True}).encode())
    assert found.items[0].content == [{"type": "text"}]
    assert found.has_more


def test_half_an_emoji_costs_neither_the_page_nor_its_neighbours() -> None:
    """JavaScript cuts texts between the halves of an emoji, and then writes each half as an escape."""
    cut = rb'{"_id": "a", "firstName": "Zo\ud83d", "lastName": "\\ud83d \ud83d\ude80"}'
    body = b'{"data": [' + cut + b', {"_id": "b"}]}'
    first, second = bare(SearchAnswer)(body).data
    assert (first.first_name, first.last_name, second.id) == ("Zo\ufffd", r"\ud83d 🚀", "b")
    assert read_rows(body).items[0]["firstName"] == "Zo\ufffd"


def test_a_byte_order_mark_is_no_part_of_the_answer() -> None:
    assert bare(SearchAnswer)(b'\xef\xbb\xbf{"data": [{"_id": "a"}]}').data[0].id == "a"


def test_thousands_of_odd_parts_are_no_answer() -> None:
    """Each would be left out and noted one by one: a megabyte of them took a minute."""
    with pytest.raises(BadPayload) as caught:
        bare(SearchAnswer)(b'{"data": [' + b"1," * 5_000 + b"1]}")
    assert caught.value.detail == "5001 flaws"


async def test_an_answer_of_countless_values_is_refused_before_it_is_read() -> None:
    """Two bytes on the wire cost up to a kilobyte once they are a row."""
    crowd = httpx.Response(200, content=b'{"data": [' + b"{}," * 250_001 + b"{}]}")
    with pytest.raises(BadPayload) as caught:
        await client_over(Script(crowd)).subscribers.search()
    assert "too many values" in caught.value.user_text
