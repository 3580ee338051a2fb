"""What differs between the same id here and in another environment, and where an id was seen."""

from api_client import Subscriber
from dashboard.other_environments import LONGEST, Sighting, Unlike, sentence, unlike


def somebody(**fields: object) -> Subscriber:
    return Subscriber.model_validate({"_id": "0" * 24, "subscriberId": "user-1", "channels": [], **fields})


def tokens(provider: str, *given: str, webhook: str | None = None) -> dict[str, object]:
    return {"providerId": provider, "credentials": {"deviceTokens": list(given), "webhookUrl": webhook}}


def test_the_same_profile_with_another_id_of_the_database_does_not_differ() -> None:
    assert unlike(somebody(firstName="Ada"), somebody(firstName="Ada", _id="1" * 24)) == ()


def test_fields_that_differ_are_told_absent_null_and_empty_included() -> None:
    here = somebody(firstName="Ada", email="ada@x.example", data={"plan": "pro"})
    there = somebody(firstName="", email="ada@y.example", data={"plan": "pro"}, locale="en_US")
    assert unlike(here, there) == (
        Unlike("First name", "Ada", "empty text"),
        Unlike("E-mail", "ada@x.example", "ada@y.example"),
        Unlike("Language", "not set", "en_US"),
    )


def test_tokens_are_counted_by_provider_and_never_shown() -> None:
    here = somebody(channels=[tokens("fcm", "secret-1", "secret-2"), tokens("fcm", "secret-3")])
    there = somebody(channels=[tokens("fcm", "other-1"), tokens("newer", webhook="https://x.example/secret")])
    found = unlike(here, there)
    assert [(one.here, one.there) for one in found] == [
        ("3 tokens or webhooks", "1 token or webhook"),
        ("none", "1 token or webhook"),
    ]
    assert "secret" not in str(found)
    assert "other-1" not in str(found)


def test_masked_values_are_compared_by_what_they_really_are() -> None:
    here, there = (
        somebody(firstName="Ada", email="ada@x.example"),
        somebody(firstName="Abe", email="a@x.example"),
    )
    found = unlike(here, there, masked=True)
    assert found == (
        Unlike("First name", "A•••", "A•••"),
        Unlike("E-mail", "a•••@x.example", "a•••@x.example"),
    )


def test_a_value_without_end_is_cut() -> None:
    (one,) = unlike(somebody(), somebody(data={"much": "x" * 100_000}))
    assert len(one.there) == LONGEST + 1


def test_what_could_not_be_asked_is_not_told_as_absent() -> None:
    seen = [Sighting("production", True), Sighting("staging", None), Sighting("development", False)]
    assert sentence(seen) == "Exactly this id exists in production. staging could not be asked."
    assert sentence([Sighting("production", False)]) == ""
