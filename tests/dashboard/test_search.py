"""What a pasted text asks of the API."""

import pytest

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
    assert parse("  user-1\n").asks()[-1].filter.subscriber_id == "user-1"
    assert parse("Ada\t  Lovelace").text == "Ada Lovelace"


def test_quotes_mean_exactly() -> None:
    assert parse('"Ada"') == parse('  "Ada" ')
    assert parse('"Ada"').exact


def test_an_empty_box_asks_for_everybody() -> None:
    assert parse("   ").is_empty
    assert parse("").asks() == ()


def test_a_whole_page_pasted_by_mistake_is_cut() -> None:
    assert len(parse("x" * 100_000).text) == 300
