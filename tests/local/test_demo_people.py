"""The demonstration people are believable: what is told of one person fits together."""

from collections import defaultdict

from api_client.embedded import create_embedded_api
from api_client.embedded.people import PROVIDERS, people

INTEGRATIONS: dict[str, str] = defaultdict(lambda: "6" * 24)


def test_nobody_was_online_before_they_signed_up() -> None:
    seen = [person for person in people(2_000, integrations=INTEGRATIONS) if "lastOnlineAt" in person]
    assert len(seen) > 400
    assert [person for person in seen if person["lastOnlineAt"] < person["createdAt"]] == []


def test_they_are_the_same_each_time_and_the_first_is_reached_by_every_provider() -> None:
    first, again = ([*people(50, integrations=INTEGRATIONS)] for _ in range(2))
    assert first == again
    assert [channel["providerId"] for channel in first[0]["channels"]] == PROVIDERS


def test_nobody_has_a_message_from_before_they_signed_up() -> None:
    store = create_embedded_api(subscribers=400).state.store
    with store.reading() as db:
        pairs = db.execute(
            "SELECT m.created_at, s.created_at FROM messages m JOIN subscribers s ON s.id = m.subscriber"
        ).fetchall()
    store.close()
    assert len(pairs) > 400
    assert [pair for pair in pairs if pair[0] < pair[1]] == []


def test_device_tokens_can_be_told_apart_by_what_a_mask_leaves() -> None:
    tokens = [
        token
        for person in people(200, integrations=INTEGRATIONS)
        for entry in person["channels"]
        if entry["providerId"] in ("fcm", "apns", "expo")
        for token in entry["credentials"]["deviceTokens"]
    ]
    assert len({token.rstrip("]")[-4:] for token in tokens}) > 0.9 * len(tokens)
