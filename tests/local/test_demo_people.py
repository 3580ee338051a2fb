"""The demonstration people are believable: what is told of one person fits together."""

from collections import defaultdict

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
