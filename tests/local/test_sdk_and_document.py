"""The official SDK accepts the answers, and the own OpenAPI covers the official document."""

import json
from pathlib import Path
from typing import Any

import httpx
import novu_py
import pytest

from api_client.embedded.openapi import document
from tests.local.service import Api

OFFICIAL = Path(__file__).parents[3] / "shared/contract/openapi-2025-02.json"


async def test_the_official_sdk_drives_the_calls_and_accepts_the_answers(api: Api) -> None:
    transport = httpx.ASGITransport(api.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://embedded.test") as client:
        sdk = novu_py.Novu(
            secret_key=api.app.state.api_key, server_url="http://embedded.test", async_client=client
        )
        found = await sdk.subscribers.search_async(request={"limit": 3})
        assert len(found.result.data) == 3
        one = await sdk.subscribers.retrieve_async(subscriber_id="sub-01")
        assert one.result.first_name == "Ada"
        made = await sdk.subscribers.create_async(create_subscriber_request_dto={"subscriber_id": "sdk"})
        assert made.result.subscriber_id == "sdk"
        patched = await sdk.subscribers.patch_async(
            subscriber_id="sdk", patch_subscriber_request_dto={"first_name": "S"}
        )
        assert patched.result.first_name == "S"
        outcome = await sdk.subscribers.create_bulk_async(
            bulk_subscriber_create_dto={"subscribers": [{"subscriber_id": "sdk-2"}]}
        )
        assert [row.subscriber_id for row in outcome.result.created] == ["sdk-2"]
        gone = await sdk.subscribers.delete_async(subscriber_id="sdk-2")
        assert gone.result.acknowledged is True


def test_every_official_operation_is_described_with_its_parameters() -> None:
    if not OFFICIAL.exists():
        pytest.skip("the official document is not beside this checkout")
    official: dict[str, Any] = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    own = document()
    for path, methods in official["paths"].items():
        for method, wanted in methods.items():
            found = own["paths"][path][method]
            assert found["operationId"] == wanted["operationId"]
            told = {(one["name"], one["in"]) for one in found["parameters"]}
            assert {(one["name"], one["in"]) for one in wanted["parameters"]} <= told
