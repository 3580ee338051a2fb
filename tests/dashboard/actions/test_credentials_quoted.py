"""A server that quotes a secret in its refusal brings it onto no screen, into no log and into no audit."""

import json
import logging
from pathlib import Path
from typing import Any

import httpx
import pytest

from api_client import ClientOptions, Refused, SubscriberClient
from dashboard.actions import credentials
from dashboard.actions.entries import Target
from dashboard.auth import Role
from dashboard.feedback import describe
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context, sign_in

TOKEN = "abc:" + "x" * 70 + "7f3e"
PERSON = {"_id": "0" * 24, "subscriberId": "u", "channels": []}
ANSWERS: dict[str, tuple[int, dict[str, Any]]] = {
    "in a sentence": (400, {"statusCode": 400, "message": f"Token {TOKEN} is refused"}),
    "in a list": (400, {"statusCode": 400, "message": [f"deviceTokens holds {TOKEN}"]}),
    "at a field": (
        422,
        {
            "statusCode": 422,
            "message": "Validation failed",
            "errors": {"deviceTokens": {"messages": [f"{TOKEN} is none"], "value": TOKEN}},
        },
    ),
}


@pytest.mark.parametrize("where", ANSWERS)
async def test_it_is_not_repeated(
    where: str, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    status, body = ANSWERS[where]
    caplog.set_level(logging.DEBUG)

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": PERSON}) if request.method == "GET" else refusal

    refusal = httpx.Response(status, json=body)
    options = ClientOptions(api_key="k", base_url="http://novu.invalid")
    async with SubscriberClient(options, transport=httpx.MockTransport(answer)) as client:
        ctx = make_context(client, database, SetClock(), folder=tmp_path)
        visit = await sign_in(ctx, Role.OPERATOR)
        with pytest.raises(Refused) as refused:
            await credentials.add_tokens(
                ctx, visit, subscriber_id="u", target=Target("fcm", "fcm-main"), tokens=[TOKEN]
            )
        said = describe(refused.value)
        fields = getattr(refused.value, "fields", {})
        lines = [(line.before, line.after, line.detail) for line in await ctx.audit.page()]
    everything = [said.text, said.detail, str(refused.value), str(fields), json.dumps(lines), caplog.text]
    assert not [text for text in everything if TOKEN in text]
