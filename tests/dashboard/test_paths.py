"""Addresses: every id survives the way into the URL and back, and nobody is led elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import paths

NASTY_IDS = [
    "plain-1",
    "auth0|x",
    "a/b",
    "..",
    ".",
    "50%",
    "a b",
    "x?y#z",
    "~",
    "~2F",
    "Ünïcode",
    "a@b.c",
    "%2e%2e",
]


@pytest.mark.parametrize("subscriber_id", NASTY_IDS)
def test_an_id_comes_back_from_its_address_as_it_was(subscriber_id: str) -> None:
    assert paths.subscriber_id(paths.slug(subscriber_id)) == subscriber_id


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_any_id_is_one_safe_segment(subscriber_id: str) -> None:
    segment = paths.slug(subscriber_id)
    assert paths.subscriber_id(segment) == subscriber_id
    assert not set(segment) & set("/?#% \\")
    assert segment not in {".", ".."}


def test_an_ordinary_id_stays_readable() -> None:
    assert paths.subscriber("user-42", {"tab": "feed"}) == "/subscribers/user-42?tab=feed"


@pytest.mark.parametrize(
    "target",
    [
     "//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example",
     "/subscribers\r\nX: y",
     "/somewhere-else", "subscribers", "", None],
)  # fmt: skip
def test_a_foreign_target_leads_home(target: str | None) -> None:
    assert paths.safe_next(target) == paths.HOME


@pytest.mark.parametrize(
    "target", ["/", "/subscribers", "/subscribers/user-1?tab=feed", "/subscribers?q=a%26b"]
)
def test_a_page_of_ours_is_kept(target: str) -> None:
    assert paths.safe_next(target) == target


@pytest.mark.parametrize("subscriber_id", ["plain", "auth0|x", "a/b", ".."])
def test_a_path_tells_whose_page_it_is(subscriber_id: str) -> None:
    assert paths.subscriber_of(paths.subscriber(subscriber_id)) == subscriber_id


@pytest.mark.parametrize("path", ["", "/", "/subscribers", "/jobs/1f", "/subscribers/a/b"])
def test_no_other_path_is_somebody_s_page(path: str) -> None:
    assert not paths.subscriber_of(path)
