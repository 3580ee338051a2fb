"""Whether a person can be reached: one case for each reason, and one for each pair that competes."""

import pytest

from dashboard.reach import Facts, reach
from tests.dashboard.reach_people import (
    CONNECTED,
    ENVIRONMENT,
    LATE,
    OFFICE,
    asleep,
    entry,
    facts,
    integration,
    prefer,
)
from tests.dashboard.reach_stored import STORED
from tests.dashboard.reach_wanted import COMPETING, WANTED

CASES = [*STORED, *WANTED, *COMPETING]


@pytest.mark.parametrize(
    ("channel", "known", "verdict", "reasons"),
    [pytest.param(*case[1:], id=f"{case[1]}: {case[0]}") for case in CASES],
)
def test_verdict_and_reasons(channel: str, known: Facts, verdict: str, reasons: tuple[str, ...]) -> None:
    found = next(one for one in reach(known) if one.kind == channel)
    assert (found.verdict, tuple(reason.id for reason in found.reasons)) == (verdict, reasons)


def test_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("channel", "known", "words"),
    [
        ("push", facts(channels=()), "No device token for Firebase Cloud Messaging."),
        (
            "push",
            facts(channels=(entry("fcm", tokens=()),)),
            "The token list of Firebase Cloud Messaging is empty.",
        ),
        (
            "email",
            facts(preferences=prefer(schedule=OFFICE), now=LATE),
            "Quiet hours until Thursday 09:00 their time; it is 23:30 there.",
        ),
        (
            "chat",
            facts(integrations=(*asleep("chat", "slack"), integration("chat", "zulip"))),
            "Integration slack-main is inactive.",
        ),
    ],
)
def test_reasons_are_said_in_plain_words(channel: str, known: Facts, words: str) -> None:
    found = next(one for one in reach(known) if one.kind == channel)
    assert found.reasons[0].text == words


def test_never_given_is_not_painted_like_broken() -> None:
    tones = {one.kind: one.tone for one in reach(facts(channels=(), integrations=asleep("email")))}
    assert (tones["push"], tones["email"], tones["sms"]) == ("none", "bad", "good")


def test_push_counts_only_tokens_that_can_be_used() -> None:
    known = facts(
        channels=(CONNECTED[0], entry("expo", tokens=("dead",))),
        integrations=(*ENVIRONMENT, integration("push", "expo", active=False)),
    )
    assert next(one for one in reach(known) if one.kind == "push").amount == 2
