"""The address by which a person connects their own Slack: signed where it is asked for, and on record."""

import hashlib
import hmac
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api_client import ClientOptions, SubscriberClient
from dashboard.actions.connecting import ConnectAddress, connect_address
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.storage import Database
from tests.dashboard.actions.arranged import WHO, arrange
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context, sign_in

KEY = "the-environment's-key"
ENVIRONMENT = {"_id": "e" * 24, "name": "Test"}


def signature(who: str) -> str:
    return hmac.new(KEY.encode(), who.encode(), hashlib.sha256).hexdigest()


def asks_for_hmac(request: httpx.Request) -> httpx.Response:
    """A server as its documents describe it."""
    if request.url.path.endswith("/environments/me"):
        return httpx.Response(200, json={"data": ENVIRONMENT})
    if request.url.params.get("hmacHash") == signature("u"):
        return httpx.Response(302, headers={"location": "https://slack.com/oauth/v2/authorize?client_id=c"})
    return httpx.Response(400, json={"message": "Hmac is enabled on the integration", "statusCode": 400})


def query(made: ConnectAddress) -> dict[str, list[str]]:
    return parse_qs(urlsplit(made.url).query)


async def test_it_is_not_signed_where_nobody_asks(ctx: AppContext, operator: Visit) -> None:
    await arrange(ctx)
    made = await connect_address(
        ctx, operator, subscriber_id=WHO, provider_id="slack", integration="slack-main"
    )
    assert query(made).keys() == {"environmentId", "integrationIdentifier"}
    assert urlsplit(made.url).path.endswith("/credentials/slack/oauth")


async def test_it_is_signed_with_the_environments_key_where_the_integration_asks(
    database: Database, tmp_path: Path
) -> None:
    options = ClientOptions(api_key=KEY, base_url="http://novu.invalid")
    async with SubscriberClient(options, transport=httpx.MockTransport(asks_for_hmac)) as client:
        ctx = make_context(client, database, SetClock(), folder=tmp_path)
        visit = await sign_in(ctx, Role.OPERATOR)
        made = await connect_address(
            ctx, visit, subscriber_id="u", provider_id="slack", integration="slack-main"
        )
        assert query(made)["hmacHash"] == [signature("u")]
        assert "refuses" not in made.problem
        (last, *_) = await ctx.audit.page()
        assert (last.name, last.after) == (
            "credentials.connect_address_made",
            {"providerId": "slack", "integrationIdentifier": "slack-main", "signed": True},
        )
        assert signature("u") not in json.dumps(last.after)


@pytest.mark.parametrize("integration", ["slack-hmac", "nope"])
async def test_an_address_that_the_server_refuses_is_handed_out_with_the_reason(
    integration: str, ctx: AppContext, operator: Visit
) -> None:
    """The recorded server refuses even the right hash: it compares with the key as it is stored."""
    await arrange(ctx)
    made = await connect_address(
        ctx, operator, subscriber_id=WHO, provider_id="slack", integration=integration
    )
    assert made.problem.startswith("The server refuses this address for now. ")
