"""The profile form: what is refused, and that exactly the changed fields are sent."""

from typing import Any

import pytest

from api_client import Subscriber
from dashboard.profile import (
    BadJson,
    changes,
    custom_data,
    differences,
    phone_number,
    problems,
    shown,
    warnings,
)


def person(**fields: Any) -> Subscriber:
    return Subscriber.model_validate({"subscriberId": "ada", **fields})


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("email", "ada"),
        ("email", "ada@localhost"),
        ("email", "a b@example.com"),
        ("phone", "0171 5551234"),
        ("phone", "+49"),
        ("locale", "english"),
        ("timezone", "CET+1"),
        ("data", "[1]"),
    ],
)
def test_what_the_service_refuses_is_refused_first(key: str, text: str) -> None:
    assert key in problems({key: text}, [key])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("email", "ada.l@example.co.uk"),
        ("phone", "+49 151 12345678"),
        ("phone", "0049 151 12345678"),
        ("locale", "en"),
        ("locale", "en_US"),
        ("locale", "zh-Hant-TW"),
        ("timezone", "europe/berlin"),
        ("data", "{}"),
        ("email", ""),
    ],
)
def test_what_the_service_takes_is_taken(key: str, text: str) -> None:
    assert problems({key: text}, [key]) == {}


def test_a_phone_number_is_stored_without_blanks() -> None:
    assert phone_number("0049 (151) 123-456 78") == "+4915112345678"


def test_an_avatar_without_https_is_only_warned_of() -> None:
    assert "avatar" in warnings({"avatar": "javascript:alert(1)"}, ["avatar"])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{\n  "a": 1,\n}', "Line 3"),
        ('{"a": }', "Line 1, column 7"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"a": NaN}', "NaN"),
        ("[" * 5000, "deeply|Line"),
    ],
)
def test_a_fault_in_custom_data_is_found_at_its_line(text: str, place: str) -> None:
    with pytest.raises(BadJson, match=place):
        custom_data(text)


def test_nothing_typed_is_nothing_sent_whatever_is_stored() -> None:
    for stored in ({}, {"firstName": None}, {"firstName": ""}, {"data": {"b": 1, "a": [2]}}):
        someone = person(**stored)
        assert changes(someone, shown(someone)) == {}


def test_only_the_changed_field_is_sent_and_an_emptied_one_is_cleared() -> None:
    someone = person(firstName="Ada", lastName="L", phone="+4915112345678")
    typed = shown(someone) | {"first_name": "", "phone": "+49 151 12345679"}
    assert changes(someone, typed) == {"first_name": None, "phone": "+4915112345679"}


def test_custom_data_that_is_only_laid_out_anew_is_no_change() -> None:
    someone = person(data={"a": 1})
    assert changes(someone, shown(someone) | {"data": '{ "a":1 }'}) == {}


def test_only_fields_that_one_changes_oneself_can_conflict() -> None:
    opened, now = person(firstName="A", lastName="B"), person(firstName="C", lastName="D")
    found = differences(opened, now, {"first_name": "mine"}, ["first_name"])
    assert [(one.opened, one.now, one.mine) for one in found] == [("A", "C", "mine")]
