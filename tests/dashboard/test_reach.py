"""Whether a person can be reached: one case for each reason, and one for each pair that competes."""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.reach import Facts, Reach, reach, stored
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


def of_channel(known: Facts, channel: str) -> Reach:
    return next(one for one in reach(known) if one.kind == channel)


def pairs() -> Iterator[tuple[str, str, Facts, Reach, Reach]]:
    """Each case of what is stored with each case of what is wanted on the channel, in one person."""
    for (first, channel, had, *_), (second, of, wanted, *_) in itertools.product(STORED, WANTED):
        if channel == of:
            person = had.person.model_copy(update={"timezone": wanted.person.timezone})
            both = replace(wanted, person=person, integrations=had.integrations)
            name = f"{channel}: {first}, {second}"
            yield name, channel, both, of_channel(had, channel), of_channel(wanted, channel)


def test_of_two_reasons_that_compete_both_are_told_and_the_worse_decides() -> None:
    worst = ("reachable", "unclear", "unreachable")
    order = ("blocks", "missing", "doubts", "notes")
    count = 0
    for name, channel, both, alone, other in pairs():
        found = of_channel(both, channel)
        assert worst.index(found.verdict) == max(map(worst.index, (alone.verdict, other.verdict))), name
        assert {one.id for one in found.reasons} == {one.id for one in (*alone.reasons, *other.reasons)}, name
        weights = [order.index(one.weight) for one in found.reasons]
        assert weights == sorted(weights), name
        count += 1
    assert count > 200


def said_in_source() -> set[str]:
    """The end of every id that a reason is given in the source."""
    found: set[str] = set()
    for path in Path(stored.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason":
                found |= {str(one.value) for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)}
    return {text.rpartition(".")[2] for text in found}


def test_every_reason_has_a_case() -> None:
    tested = {reason.rpartition(".")[2] for *_, reasons in CASES for reason in reasons}
    assert {name for name in said_in_source() if not any(one.startswith(name) for one in tested)} == set()


def test_whatever_speaks_against_a_channel_names_where_it_is_mended() -> None:
    against = {
        reason.id: reason.fix or reason.is_unknown
        for _, _, known, *_ in CASES
        for found in reach(known)
        for reason in found.reasons
        if reason.weight != "notes"
    }
    assert [name for name, way in against.items() if not way] == []


def test_a_fix_opens_the_form_of_its_entry() -> None:
    broken = facts(channels=(entry("fcm", tokens=()), entry("slack")))
    fixes = [reason.fix for found in reach(broken) for reason in found.reasons]
    assert [one.target for one in fixes if one] == ["fcm:fcm-main", "slack:slack-main"]


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
