"""On a shared screen nothing personal leaves the server, and what one works with still does."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from api_client import ClientOptions, NewSubscriber, SubscriberClient, SubscriberFilter
from api_client.embedded import create_embedded_api
from dashboard.masking import MaskedReader, masked_email, masked_phone
from dashboard.reach import stored
from dashboard.reach.model import Facts

SECRETS = ("Lovelace", "ada@", "5550000042", "4711", "gravatar", "Hello Ada")


@pytest.fixture
async def api() -> AsyncIterator[SubscriberClient]:
    embedded = create_embedded_api()
    options = ClientOptions(api_key=embedded.state.api_key, base_url="http://embedded.invalid")
    async with SubscriberClient(options, transport=httpx.ASGITransport(app=embedded)) as client:
        await client.subscribers.create(
            NewSubscriber(
                subscriber_id="u",
                first_name="Ada",
                last_name="Lovelace",
                email="ada@example.com",
                phone="+15550000042",
                avatar="https://gravatar.example/a.png",
                data={"card": "4711", "deep": {"name": "Lovelace"}},
            )
        )
        await client.events.trigger("inbox-plain", "u", {"name": "Hello Ada Lovelace", "card": "4711"})
        yield client


@pytest.fixture
def reader(api: SubscriberClient) -> MaskedReader:
    return MaskedReader(api)


async def test_a_person_comes_masked_by_every_call(reader: MaskedReader) -> None:
    wanted = SubscriberFilter(email="ada@example.com")
    found = [
        await reader.subscribers.get("u"),
        *(await reader.subscribers.search(wanted)).items,
        *(await reader.subscribers.search_lean(wanted)).items,
    ]
    rows = [row async for page in reader.subscribers.search_rows(wanted, max_items=10) for row in page.rows]
    assert len(found) == 3
    assert len(rows) == 1
    for one in (*found, *rows):
        assert not any(secret in repr(one) + str(getattr(one, "data", "")) for secret in SECRETS)
    person = found[0]
    assert (person.subscriber_id, person.first_name, person.email) == ("u", "A•••", "a•••@example.com")
    assert (person.phone, person.avatar) == ("+•••42", None)


async def test_messages_tell_that_they_are_there_and_not_what_they_say(reader: MaskedReader) -> None:
    page = await reader.feed.page("u")
    assert page.items
    assert not any(secret in item.model_dump_json() for item in page.items for secret in SECRETS)
    newer = await reader.notifications.list("u")
    assert newer.items
    assert not any(secret in item.model_dump_json() for item in newer.items for secret in SECRETS)
    assert [one.count for one in await reader.notifications.count("u", [{"read": False}])] == [1]
    assert await reader.feed.unseen_count("u") == 1
    assert not any(
        secret in run.model_dump_json() for run in (await reader.runs.of("u")).items for secret in SECRETS
    )


async def test_what_is_not_personal_is_the_same(api: SubscriberClient, reader: MaskedReader) -> None:
    assert await reader.integrations.list() == await api.integrations.list()
    assert await reader.workflows.list() == await api.workflows.list()
    assert reader.base_url == api.base_url
    assert reader.budget() == api.budget()
    assert (await reader.topics.of("u")).items == (await api.topics.of("u")).items
    assert await reader.preferences.get("u") == await api.preferences.get("u")


@pytest.mark.parametrize(
    ("text", "masked"), [("ada@example.com", "a•••@example.com"), ("@x", "•••@x"), ("ada", "a•••")]
)
def test_an_address_keeps_its_first_letter_and_its_domain(text: str, masked: str) -> None:
    assert masked_email(text) == masked


def test_a_short_number_keeps_nothing() -> None:
    assert masked_phone("12345") == "•••"


async def test_a_masked_number_is_still_told_from_an_odd_one(
    api: SubscriberClient, reader: MaskedReader
) -> None:
    await api.subscribers.create(NewSubscriber(subscriber_id="odd", phone="0555 42 42"))
    for subscriber_id, doubts in (("u", False), ("odd", True)):
        person = await reader.subscribers.get(subscriber_id)
        facts = Facts(person=person, integrations=None, preferences=None, now=datetime.now(UTC))
        assert any(reason.id == "sms.phone_odd" for reason in stored.sms(facts).reasons) is doubts
