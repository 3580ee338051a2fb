"""Tokens can be pasted as lines, commas or a list; what cannot be sent is said before sending."""

import time

import pytest

from dashboard.providers import PROVIDERS, parse_tokens, payload, problems, warnings

FCM = PROVIDERS["fcm"]
EXPO = PROVIDERS["expo"]


def refusal(text: str) -> str:
    return problems(FCM, {"deviceTokens": text}).get("deviceTokens", "")


@pytest.mark.parametrize(
    "pasted",
    [
        "a1\nb2\nc3",
        "a1,b2,c3",
        " a1 ,\r\n\r\nb2,\n c3\n",
        '["a1", "b2", "c3"]',
        '"a1",\n"b2",\n\'c3\'',
        "a1\rb2\rc3",
    ],
)
def test_every_usual_way_of_pasting_is_understood(pasted: str) -> None:
    assert parse_tokens(pasted).tokens == ("a1", "b2", "c3")
    assert payload(FCM, {"deviceTokens": pasted}) == {"deviceTokens": ["a1", "b2", "c3"]}


def test_an_expo_token_is_no_json_list() -> None:
    assert parse_tokens("ExponentPushToken[abc]\nExpoPushToken[def]").tokens == (
        "ExponentPushToken[abc]",
        "ExpoPushToken[def]",
    )


def test_a_list_that_is_one_already_is_taken() -> None:
    assert payload(FCM, {"deviceTokens": ["a", " b ", ""]}) == {"deviceTokens": ["a", "b"]}


@pytest.mark.parametrize("pasted", ['["a"', "[a, b]", "[1, 2]", '{"a": 1}['[8:], "[" * 100_000])
def test_a_broken_list_is_named_as_such(pasted: str) -> None:
    assert "JSON list" in refusal(pasted)


def test_a_token_entered_twice_is_pointed_out_masked() -> None:
    token = "fGx1:APA91b" + "x" * 80 + "7f3e"
    said = refusal(f"{token}\nother:token\n{token}")
    assert "…7f3e" in said
    assert token not in said


def test_a_hundred_tokens_are_fine_and_one_more_is_not() -> None:
    hundred = "\n".join(f"token-{n}" for n in range(100))
    assert refusal(hundred) == ""
    assert refusal(hundred + "\none-more").startswith("101 entered")


def test_a_space_inside_a_token_is_refused() -> None:
    assert "Spaces or invisible" in refusal("two words")
    assert "Spaces or invisible" in refusal("zero\u200bwidth")


def test_more_than_the_api_takes_at_once_is_refused_here() -> None:
    assert "100 kB" in refusal("\n".join(f"{n}" + "x" * 2000 for n in range(60)))


def test_only_the_odd_ones_of_many_are_pointed_at() -> None:
    good = [f"ExponentPushToken[{n:022}]" for n in range(5)]
    said = warnings(EXPO, {"deviceTokens": [*good, "an-odd-one-of-some-length"]})["deviceTokens"]
    assert said.endswith("Look at …ngth.")


@pytest.mark.parametrize(
    "pasted", ["\n".join(f"token-{n}" for n in range(10_000)), "x" * 2_000_000, "," * 2_000_000]
)
def test_a_giant_paste_is_answered_at_once(pasted: str) -> None:
    began = time.process_time()
    assert refusal(pasted)
    warnings(FCM, {"deviceTokens": pasted})
    assert time.process_time() - began < 1.0
