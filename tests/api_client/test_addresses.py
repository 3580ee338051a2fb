"""Ids and search texts reach the server as they are, or nothing is sent at all."""

from dataclasses import replace
from urllib.parse import unquote

import httpx
import pytest

from api_client import BadArgument, BadPayload, ClientOptions, KeyRejected, SubscriberClient, SubscriberFilter
from tests.api_client.doubles import Script, answer, client_over
from tests.api_client.faults.wire import good, page
from tests.contract.recorded import seed


@pytest.mark.parametrize(
    "subscriber_id",
    [
        *("a/b", "a?b", "a#b", "100%", "a..b", "../x", "a b", "auth0|62", "ada+tag@example.org", "x" * 300),
        *("Ада", "李", "👩‍🚀", "a\\b", "a;b=c", "%2e%2e", "new\nline", "~-._"),
    ],
)
async def test_an_id_arrives_as_it_is(subscriber_id: str) -> None:
    script = Script(answer(body=good("get")))
    await client_over(script).subscribers.get(subscriber_id)
    path = script.sent[0].url.raw_path.decode()
    assert path.count("/") == 3
    assert unquote(path.rsplit("/", 1)[1]) == subscriber_id


@pytest.mark.parametrize("subscriber_id", ["", "  ", ".", "..", "\ud800"])
async def test_an_id_that_no_address_can_carry_is_refused_before_sending(subscriber_id: str) -> None:
    with pytest.raises(BadArgument) as caught:
        await client_over(Script()).subscribers.get(subscriber_id)
    assert "subscriber id" in caught.value.user_text


async def test_a_phone_number_keeps_its_plus() -> None:
    script = Script(answer(body=page([])))
    await client_over(script).subscribers.search(SubscriberFilter(phone="+4930", name="&=a", email=""))
    query = httpx.QueryParams(script.sent[0].url.query.decode())
    assert (query["phone"], query["name"]) == ("+4930", "&=a")
    assert "email" not in query


async def test_a_broken_search_text_is_refused() -> None:
    with pytest.raises(BadArgument):
        await client_over(Script()).subscribers.search(SubscriberFilter(name="\udfff"))


@pytest.mark.parametrize("limit", [0, 101, -1])
async def test_a_page_size_that_servers_refuse_or_reinterpret_is_refused(limit: int) -> None:
    with pytest.raises(BadArgument):
        await client_over(Script()).subscribers.search(limit=limit)


async def test_both_directions_at_once_are_refused() -> None:
    with pytest.raises(BadArgument):
        await client_over(Script()).subscribers.search(after="a", before="b")


def test_oauth_addresses_are_built_and_signed() -> None:
    client = client_over(Script())
    plain = client.credentials.oauth_url("ada/1", environment_id="6b", integration="slack-main")
    signed = client.credentials.oauth_url("ada/1", environment_id="6b", signed=True)
    assert plain == (
        "http://novu.test/v1/subscribers/ada%2F1/credentials/slack/oauth"
        "?environmentId=6b&integrationIdentifier=slack-main"
    )
    assert f"hmacHash={client.sign('ada/1')}" in signed


def test_the_signature_is_that_of_the_recordings() -> None:
    """Made with the key; servers before July 2026 that encrypt keys compare with the key as they store it."""
    environment = seed()["environment"]
    options = ClientOptions(environment["apiKey"])
    at_rest = replace(options, signing_key=environment["apiKeyAtRest"])
    assert SubscriberClient(options).sign("sub-10").startswith("4bf3161462b5894f")
    assert SubscriberClient(at_rest).sign("sub-10").startswith("9a8041a2bc48c95e")
    assert environment["apiKeyAtRest"] not in repr(at_rest)


async def test_a_page_instead_of_a_redirect_is_no_place_to_connect() -> None:
    page_of_a_proxy = httpx.Response(200, content=b"<html>Sign in</html>")
    with pytest.raises(BadPayload):
        await client_over(Script(page_of_a_proxy)).credentials.oauth_start("ada", environment_id="6b")


async def test_a_refusal_that_names_a_sign_in_page_is_no_place_to_connect() -> None:
    refused = httpx.Response(401, headers={"location": "https://proxy.test/sign-in"})
    with pytest.raises(KeyRejected):
        await client_over(Script(refused)).credentials.oauth_start("ada", environment_id="6b")


async def test_oauth_redirects_are_reported_and_not_followed_and_no_key_is_sent_there() -> None:
    script = Script(
        httpx.Response(302, headers=[(b"location", "https://slack.test/authorize?x=ü€".encode())])
    )
    target = await client_over(script).credentials.oauth_start("ada", environment_id="6b")
    assert target == "https://slack.test/authorize?x=ü€"
    assert "authorization" not in script.sent[0].headers
