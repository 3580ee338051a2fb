"""What a pasted text asks of the API."""

import pytest

from api_client import SubscriberFilter
from dashboard.search import parse, phone_digits


def fields(text: str) -> set[str]:
    return {ask.field for ask in parse(text).asks()}


@pytest.mark.parametrize(
    "written",
    [
        "(0171) 555-12 34",
        "0171 5551234",
        "+49 171 5551234",
        "0049-171-555-1234",
        "+49.171.555.12.34",
        "1715551234",
    ],
)
def test_a_phone_number_in_any_human_format_is_found_in_the_stored_one(written: str) -> None:
    assert phone_digits(written)
    assert phone_digits(written) in "+491715551234"


@pytest.mark.parametrize("text", ["ada", "a1234", "12", "user-1234", "ada@example.com", ""])
def test_what_is_no_phone_number_is_not_searched_as_one(text: str) -> None:
    assert phone_digits(text) == ""


def test_a_name_is_looked_for_in_names_and_mail_and_as_an_id() -> None:
    assert fields("ada") == {"name", "email", "id"}


def test_an_address_is_not_looked_for_in_names() -> None:
    assert fields("ada@example.com") == {"email", "id"}


def test_digits_may_be_a_phone_number_a_part_of_a_mail_address_or_an_id() -> None:
    assert fields("0171 5551234") == {"phone", "email", "id"}


def test_pasted_blanks_around_and_inside_are_tidied() -> None:
    assert "user-1" in {ask.filter.subscriber_id for ask in parse("  user-1\n").asks()}
    assert parse("Ada\t  Lovelace").text == "Ada Lovelace"


def test_quotes_mean_exactly() -> None:
    assert parse('"Ada"') == parse('  "Ada" ')
    assert parse('"Ada"').exact


def test_an_empty_box_asks_for_everybody() -> None:
    assert parse("   ").is_empty
    assert parse("").asks() == ()


def test_a_whole_page_pasted_by_mistake_is_cut() -> None:
    assert len(parse("x" * 100_000).text) == 300


@pytest.mark.parametrize(
    ("pasted", "tried"),
    [
        ("User-7", ["User-7", "user-7", "USER-7"]),
        ("USER-7", ["USER-7", "user-7"]),
        ("Ada@x.example", ["Ada@x.example", "ada@x.example"]),
        ("Ada L", ["Ada L"]),
        ('"User-7"', ["User-7"]),
    ],
)
def test_an_id_is_also_tried_in_small_letters_and_in_capitals(pasted: str, tried: list[str]) -> None:
    assert [ask.filter.subscriber_id for ask in parse(pasted).asks() if ask.field == "id"] == tried


@pytest.mark.parametrize(
    ("field", "value", "is_met"),
    [
        ("name", "ada LOVELACE", True),
        ("name", "Ada Lovelace-King", False),
        ("id", "Ada Lovelace", True),
        ("id", "ada lovelace", False),
        ("email", None, False),
    ],
)
def test_in_quotes_only_what_equals_the_text_counts(field, value, is_met) -> None:
    assert parse('"Ada Lovelace"').is_met(field, value) is is_met


def test_in_quotes_a_phone_number_equals_in_any_format() -> None:
    assert parse('"+49 171 555 12 34"').is_met("phone", "+491715551234")
    assert not parse('"+49 171 555 12 3"').is_met("phone", "+491715551234")


def test_a_row_of_an_export_counts_by_whichever_field_equals() -> None:
    exact = parse('"ada@example.com"')
    assert exact.is_met_by({"subscriberId": "1", "email": "Ada@Example.com"})
    assert not exact.is_met_by({"subscriberId": "1", "email": "ada@example.com.evil"})


@pytest.mark.parametrize(
    ("within", "asked"),
    [("@corp", {"ada@corp.example"}), ("ada@corp.example.org", {"ada@corp.example.org"}), ("bob@", set())],
)
def test_a_search_within_a_filter_of_the_same_field_asks_for_the_narrower_one(within, asked) -> None:
    asks = parse("ada@corp.example").asks(SubscriberFilter(email=within))
    assert {ask.filter.email for ask in asks if ask.field == "email"} == asked
