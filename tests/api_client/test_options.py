"""What a client may be told, and that it keeps its key to itself."""

import math
from typing import Any

import pytest

from api_client import (
    BATCH,
    INTERACTIVE,
    BadArgument,
    BadOption,
    CallOptions,
    ClientOptions,
    SubscriberClient,
    Timeouts,
)
from tests.api_client.doubles import KEY


@pytest.mark.parametrize(
    "address",
    [
        *("", "example", "ftp://novu.test", "http://", "https://user:pw@novu.test", "http://novu.test?x=1"),
        *("http://novu.test#a", "http://novu.test:99999", "http://no vu.test", "http://[::1", "//novu.test"),
        *("http://novu.test?", "http://novu.test/#/", "http://@novu.test", r"http://novu.test\@evil.test"),
        *("http://a..b", "http://256.1.1.1", "http://exa%mple", f"http://{'a' * 64}.test", "http://ü..b"),
    ],
)
def test_an_address_that_cannot_work_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(BadOption) as caught:
        ClientOptions(KEY, address)
    assert not address or address not in str(caught.value)


@pytest.mark.parametrize("key", ["", "   ", "ApiKey ", "two words", "nl\nnl", "ключ"])
def test_a_key_that_no_header_could_carry_is_refused(key: str) -> None:
    with pytest.raises(BadOption):
        ClientOptions(key)


def test_a_pasted_header_and_a_trailing_slash_are_forgiven() -> None:
    options = ClientOptions(f" ApiKey {KEY}\n", "https://novu.test/context/")
    assert (options.api_key, options.base_url) == (KEY, "https://novu.test/context")


def test_the_key_is_in_no_repr() -> None:
    options = ClientOptions(KEY)
    assert KEY not in repr(options) + repr(SubscriberClient(options))


def test_one_gesture_keeps_its_other_options() -> None:
    keyed = BATCH.keyed("import-7-3")
    assert (keyed.idempotency_key, keyed.deadline, keyed.is_batch) == ("import-7-3", BATCH.deadline, True)


def test_a_person_waits_fifteen_seconds_at_most_and_a_batch_a_minute_a_page() -> None:
    assert (INTERACTIVE.deadline, INTERACTIVE.attempts) == (15, 3)
    assert (BATCH.deadline, BATCH.attempts) == (60, 3)
    assert ClientOptions(KEY).max_answer_bytes == 16_000_000


@pytest.mark.parametrize("key", ["", "x" * 256, "ключ", "a\nb", " ", "k "])
def test_an_idempotency_key_that_servers_refuse_is_refused_here(key: str) -> None:
    with pytest.raises(BadArgument):
        BATCH.keyed(key)


def test_a_call_without_attempts_or_time_is_refused() -> None:
    with pytest.raises(BadOption):
        CallOptions(attempts=0)
    with pytest.raises(BadOption):
        CallOptions(deadline=0)


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("http://127.0.0.1:3000", True),
        ("http://localhost", True),
        ("http://[::1]:3000", True),
        ("https://api.novu.co", False),
        ("https://127.example.com", False),
    ],
)
def test_answers_are_packed_only_where_they_travel(address: str, is_here: bool) -> None:
    assert ClientOptions("a-key", address).is_on_this_machine is is_here


@pytest.mark.parametrize("given", [None, ""])
def test_a_variable_that_is_not_set_is_named_as_a_missing_key_or_address(given: Any) -> None:
    with pytest.raises(BadOption, match="API key is empty"):
        ClientOptions(given)
    with pytest.raises(BadOption, match="whole URL"):
        ClientOptions(KEY, given)


def test_the_version_in_an_address_is_pointed_out() -> None:
    """Every call would be a 404 that looks as if somebody did not exist."""
    with pytest.raises(BadOption, match="/v1 or /v2"):
        ClientOptions(KEY, "https://api.novu.co/v1/")


@pytest.mark.parametrize(
    "address", ["http://novu.test/context", "http://[::1]:3000", "http://bücher.example"]
)
def test_unusual_addresses_that_work_are_taken(address: str) -> None:
    assert ClientOptions(KEY, address).base_url == address


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf])
def test_a_wait_without_an_end_is_refused(seconds: float) -> None:
    for make in (lambda: Timeouts(read=seconds), lambda: CallOptions(deadline=seconds)):
        with pytest.raises(BadOption):
            make()
