"""The profile form: what is refused, and that exactly the changed fields are sent."""

from typing import Any

import pytest

from api_client import Subscriber
from dashboard.profile import (
    BadJson,
    changes,
    custom_data,
    differences,
    drifted,
    phone_number,
    problems,
    shown,
    warnings,
)
from tests.contract.recorded import exchanges


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
        ("data", '{"a": {"n": 1}, "b": {"n": 1}, "s": "NaN, {\\"n\\": 1, \\"n\\": 2}"}'),
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
        ('{\n  "a": 1,\n  b}', "Line 3"),
        ('{"a": }', "Line 1, column 7"),
        ('{"a": 1,\n "a": 2}', "Line 2, column 2: the name “a” appears twice"),
        ('{"a": {"b": 1},\n  "c": [{"b": 1, "b": 2}]}', "Line 2, column 18: the name “b”"),
        ('{"a":\n  NaN}', "Line 2, column 3: NaN"),
        ("\n  [1]", "Line 2, column 3: custom data is an object"),
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


def test_a_draft_over_a_person_who_changed_meanwhile_conflicts_where_both_changed() -> None:
    began = shown(person(firstName="A", lastName="B"))
    now = person(firstName="Theirs", lastName="B")
    raw = {"first_name": "Mine", "last_name": "Mine"}
    found = drifted(began, now, raw, raw)
    assert [(one.opened, one.now, one.mine) for one in found] == [("A", "Theirs", "Mine")]
    assert drifted({}, now, raw, raw) == ()


def recorded() -> list[tuple[str, str, bool]]:
    """Field, value and whether a real Novu took it, from everything it was sent."""
    found: dict[tuple[str, str], bool] = {}
    for exchange in exchanges():
        body = exchange.request["body"]
        if exchange.file not in {"15_v2_create", "17_v2_patch"} or not isinstance(body, dict):
            continue
        said = str(exchange.response["body"])
        for key in ("email", "locale", "timezone"):
            value = body.get(key)
            if isinstance(value, str) and value and value == value.strip():  # the form sends no blanks around
                found[key, value] = f"{key} must be" not in said
    return [(key, value, taken) for (key, value), taken in found.items()]


@pytest.mark.parametrize(("key", "text", "taken"), recorded())
def test_the_form_takes_what_a_real_server_took_and_refuses_what_it_refused(
    key: str, text: str, taken: bool
) -> None:
    assert (problems({key: text}, [key]) == {}) is taken


def test_the_recordings_hold_enough_of_both() -> None:
    verdicts = [(key, taken) for key, _, taken in recorded()]
    assert all(
        verdicts.count((key, taken)) >= 2
        for key in ("email", "locale", "timezone")
        for taken in (True, False)
    )
