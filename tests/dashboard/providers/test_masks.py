"""A mask tells two secrets apart and gives neither away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.providers import mask, without_secrets
from dashboard.providers.masks import DOTS


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("https://hooks.slack.com/services/T01/B02/kYQOD8s8oc9A4", "https://hooks.slack.com/…c9A4"),
        ("fGx1kq:APA91bHPRgkF7f3e", "…7f3e"),
        ("elevenchars", DOTS),
        ("", DOTS),
        ("https://chat.example.com", "https://chat.example.com/…"),
        ("https://chat.example.com/short", "https://chat.example.com/…"),
        ("https://user:hunter2@example.com/abcdefghijkl", "…ijkl"),
        ("https://[broken", "…oken"),
        ("twelve-chars\u202e\u202e", DOTS),
    ],
)
def test_it_looks_as_agreed(secret: str, shown: str) -> None:
    assert mask(secret) == shown


@given(st.text(max_size=60))
def test_at_most_four_characters_of_a_plain_secret_are_shown(secret: str) -> None:
    shown = mask(f"key:{secret}")
    assert shown == DOTS or shown == f"…{secret[-4:]}"


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=60))
def test_nothing_of_an_address_but_host_and_last_four_is_shown(rest: str) -> None:
    shown = mask(f"https://example.com/{rest}")
    assert len(shown) <= len("https://example.com/…abcd")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            '{"url":"https://hooks.slack.com/services/T0/B0/abcdefghijkl"}',
            '{"url":"https://hooks.slack.com/…ijkl"}',
        ),
        (f"Requested entity {'a1:B_c-' * 20} was not found", "Requested entity …B_c- was not found"),
        ('"ExponentPushToken[xxxxxxxxxxxxxxxxxxxxxx]" is not registered', '"…xxx]" is not registered'),
        ("Workflow 6b048786d538f9e937828c43 by txn_6b048787ebkl79boutlz failed", None),
        ("step 0a6b7c8d-1111-2222-3333-444455556666 took 3 s", None),
    ],
)
def test_what_a_provider_quotes_is_masked_and_ids_stay(said: str, shown: str | None) -> None:
    assert without_secrets(said) == (said if shown is None else shown)
