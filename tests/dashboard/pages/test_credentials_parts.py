"""The credentials tab without a browser: cards, what a paste would do, what proves it, what came of it."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api_client import (
    ApiError,
    Delivery,
    Integration,
    NotFound,
    ServerFault,
    Subscriber,
    TriggerOutcome,
    Workflow,
)
from dashboard.pages.subscriber.credentials.card import masked_json
from dashboard.pages.subscriber.credentials.changes import adding, in_words, replacing
from dashboard.pages.subscriber.credentials.entries import Card, CredentialsView, connectable, places_of
from dashboard.pages.subscriber.credentials.outcome import accepted, arrivals, came_of_it
from dashboard.pages.subscriber.credentials.trials import name_of, suggested, usable
from dashboard.reading import Reader

LONG = "abc:" + "x" * 70


def joined(identifier: str, *, day: int = 1, active: bool = True) -> Integration:
    return Integration(
        id=f"id-{identifier}",
        identifier=identifier,
        provider_id=identifier.rpartition("-")[0],
        active=active,
        created_at=datetime(2026, 11, day, tzinfo=UTC),
    )


def entry(provider_id: str, integration: str, **stored: Any) -> dict[str, Any]:
    place = {"_integrationId": f"id-{integration}"} if integration else {}
    return {"providerId": provider_id, "credentials": stored, **place}


def view(*entries: dict[str, Any], integrations: tuple[Integration, ...] | None = ()) -> CredentialsView:
    person = Subscriber.model_validate({"subscriberId": "u", "channels": list(entries)})
    return CredentialsView(person, integrations)


def card_of(provider_id: str, **stored: Any) -> Card:
    main = f"{provider_id}-main"
    return view(entry(provider_id, main, **stored), integrations=(joined(main),)).cards[0]


FCM_TWICE = (joined("fcm-main"), joined("fcm-second", day=2), joined("fcm-old", active=False))


def test_each_entry_is_a_card_marked_by_the_state_of_its_integration() -> None:
    found = view(
        entry("fcm", "fcm-main", deviceTokens=["a"]),
        entry("fcm", "fcm-old", deviceTokens=["b"]),
        entry("fcm", "fcm-deleted", deviceTokens=["c"]),
        integrations=FCM_TWICE,
    )
    assert [(card.identifier, card.state, card.is_writable) for card in found.cards] == [
        ("fcm-main", "active", True),
        ("fcm-old", "inactive", False),
        ("", "missing", False),
        ("fcm-second", "active", True),
    ]


def test_of_several_active_ones_the_newest_is_the_default() -> None:
    found = view(entry("fcm", "fcm-main", deviceTokens=["a"]), integrations=FCM_TWICE)
    assert {card.identifier: card.is_default for card in found.cards} == {
        "fcm-main": False,
        "fcm-second": True,
    }
    assert [card.identifier for card in places_of(found, "fcm").values()] == ["fcm-second", "fcm-main"]
    assert not any(card.is_default for card in view(integrations=(joined("fcm-main"),)).cards)


def test_without_a_list_nothing_is_called_missing() -> None:
    (card,) = view(entry("fcm", "fcm-main", deviceTokens=["a"]), integrations=None).cards
    assert (card.state, card.is_writable) == ("unknown", False)


def test_a_provider_of_tomorrow_is_a_card_that_cannot_be_written() -> None:
    (card,) = view(entry("pigeon-post", "pigeon-post-main", webhookUrl="https://x"), integrations=()).cards
    assert (card.row, card.title, card.is_writable) == (None, "pigeon-post", False)
    assert view(entry("", "")).cards[0].title == "No provider named"


def test_nothing_of_a_provider_of_tomorrow_is_shown_in_clear_but_its_room() -> None:
    secrets = {"webhookUrl": f"https://x.example/{LONG}", "botToken": LONG, "keys": {"a": LONG}}
    (card,) = view(entry("pigeon-post", "", channel="C1", **secrets)).cards
    shown = json.dumps(masked_json(card), ensure_ascii=False)
    assert LONG not in shown
    assert '"botToken": "…xxxx"' in shown
    assert '"channel": "C1"' in shown


def test_only_slack_lets_people_connect_themselves() -> None:
    found = view(integrations=(joined("slack-main"), joined("discord-main"), joined("slack-x", active=False)))
    assert [one.identifier for one in connectable(found)] == ["slack-main"]


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("Add: 1 new (••••••••), 1 already stored. Then 3 of 100.", adding(["a", "b"], ["b", "c"])),
        (
            "Add: 1 new (••••••••), 2 removed (••••••••, ••••••••). Then 1 of 100.",
            replacing(["a", "b"], ["c"]),
        ),
        ("Add: nothing new, 2 already stored. Then 2 of 100.", adding(["a", "b"], ["b", "a"])),
    ],
)
def test_what_a_paste_would_do_is_told_in_masks(words: str, change: Any) -> None:
    assert in_words("Add", change) == words


def test_more_than_a_hundred_is_told_before_sending() -> None:
    change = adding([f"a{n}" for n in range(60)], [f"b{n}" for n in range(60)])
    assert change.is_too_many
    assert "Then 120 of 100, 20 tokens too many" in in_words("Add", change)


def workflow(identifier: str, *channels: str, **more: Any) -> Workflow:
    return Workflow(identifier=identifier, name=identifier, channels=channels or None, **more)


WORKFLOWS = (
    workflow("welcome", "in_app", "email"),
    workflow("shipped", "in_app", "push", "chat"),
    workflow("retired", "chat", status="INACTIVE"),
    workflow("alert", "chat"),
)


def test_a_test_goes_out_over_the_cards_channel_and_best_over_no_other() -> None:
    slack = card_of("slack", webhookUrl="https://x")
    assert [one.identifier for one in usable(WORKFLOWS, slack)] == ["shipped", "alert"]
    best = suggested(WORKFLOWS, slack)
    assert best is not None
    assert name_of(best) == "alert · alert (chat)"
    assert suggested(WORKFLOWS, card_of("fcm", deviceTokens=["a"])) is None


def test_a_workflow_that_calls_itself_a_test_comes_first() -> None:
    older = (workflow("welcome"), workflow("smoke", tags=("test",)))
    assert suggested(
        (*WORKFLOWS, workflow("try", "chat", "push", tags=("Test",))), card_of("slack")
    ) == workflow("try", "chat", "push", tags=("Test",))
    assert suggested(older, card_of("slack")) == older[1]
    assert suggested(None, card_of("slack")) is None


def sent(provider_id: str, channel: str = "push", status: str = "sent", **more: str) -> Delivery:
    return Delivery(provider_id=provider_id, channel=channel, status=status, **more)  # type: ignore[arg-type]  # all texts


def told(*deliveries: Delivery, provider_id: str = "fcm") -> list[tuple[str, str]]:
    return [(one.tone, one.text) for one in came_of_it(deliveries, card_of(provider_id))]


def test_what_a_provider_took_is_told_and_what_else_was_sent() -> None:
    assert told(sent("fcm"), sent("fcm"), sent("sendgrid", "email"), sent("expo")) == [
        ("good", "Firebase Cloud Messaging took it, 2 times."),
        ("", "It also went out by: Expo, email."),
    ]


def test_a_refusal_is_told_without_the_secret_that_it_quotes() -> None:
    ((tone, text),) = told(
        sent("fcm", status="error", error_text=f"bad token {LONG} at https://x.example/y?k=1")
    )
    assert tone == "bad"
    assert text == "Firebase Cloud Messaging did not get it: bad token …xxxx at https://x.example/…."


def test_a_missing_address_and_silence_are_told_in_words() -> None:
    missing = sent("slack", "chat", "warning", error_id="no_subscriber_chat_channel_id")
    assert told(missing, provider_id="slack") == [
        ("bad", "Slack did not get it: no webhook address is stored.")
    ]
    assert told()[0][1].startswith("Nothing went to Firebase Cloud Messaging so far.")


def reader(answer: ApiError | tuple[Delivery, ...]) -> Reader:
    async def of(*_: object, **__: object) -> tuple[Delivery, ...]:
        if isinstance(answer, ApiError):
            raise answer
        return answer

    return cast("Reader", SimpleNamespace(deliveries=SimpleNamespace(of=of)))


@pytest.mark.parametrize(
    ("answer", "is_final", "words"),
    [
        ((sent("fcm"),), True, "took it"),
        ((), False, "Nothing went"),
        (NotFound("no", status=404), True, "does not tell"),
        (ServerFault("no", status=500), False, "could not be read"),
    ],
)
async def test_what_came_is_looked_up_until_it_is_final(answer: Any, is_final: bool, words: str) -> None:
    outcome = TriggerOutcome(acknowledged=True, transaction_id="t")
    (found,) = await arrivals(reader(answer), "u", card_of("fcm"), outcome)
    assert found.is_final is is_final
    assert words in found.text


@pytest.mark.parametrize(
    ("outcome", "tone"),
    [
        (TriggerOutcome(acknowledged=True, transaction_id="t"), "good"),
        (TriggerOutcome(acknowledged=False, status="trigger_not_active"), "bad"),
        (TriggerOutcome(acknowledged=True, error=("no",)), "bad"),
    ],
)
def test_what_novu_said_to_the_trigger_is_told(outcome: TriggerOutcome, tone: str) -> None:
    assert accepted(outcome).tone == tone
    assert accepted(outcome).is_final is (tone == "bad")
