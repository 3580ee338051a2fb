"""The client speaks all twenty operations, and nothing that is not listed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from api_client import ChannelSettings, FeedItem, Preferences, Subscriber
from api_client.models.base import Wire
from tests.contract.operations import BESIDE, OPERATIONS, client_routes

DOCUMENT = Path(__file__).parents[3] / "shared" / "contract" / "openapi-2025-02.json"


def _plain(where: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", where)


def test_every_operation_has_a_route_and_every_route_is_listed() -> None:
    assert {_plain(route.where) for route in client_routes()} == OPERATIONS | BESIDE


def test_only_the_bulk_call_costs_a_hundred_tokens() -> None:
    assert {_plain(route.where): route.cost for route in client_routes() if route.cost != 1} == {
        "POST /v1/subscribers/bulk": 100
    }


def test_what_must_not_be_sent_twice_is_marked() -> None:
    marked = {_plain(route.where) for route in client_routes() if not route.repeatable}
    assert marked == {"POST /v1/events/trigger", "POST /v2/subscribers"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    if not DOCUMENT.exists():
        pytest.skip("the OpenAPI document is not part of this repository")
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


def test_the_list_is_that_of_the_document(document: dict[str, Any]) -> None:
    found = {
        _plain(f"{method.upper()} {path}")
        for path, methods in document["paths"].items()
        for method in methods
        if method in {"get", "post", "put", "patch", "delete"}
    }
    assert found == OPERATIONS


@pytest.mark.parametrize(
    ("model", "schema", "not_kept"),
    [
        (Subscriber, "SubscriberResponseDto", {"__v"}),
        (ChannelSettings, "ChannelSettingsDto", set[str]()),
        (FeedItem, "NotificationFeedItemDto", set[str]()),
        (Preferences, "GetSubscriberPreferencesDto", set[str]()),
    ],
)
def test_models_know_every_property_of_the_document(
    model: type[Wire], schema: str, not_kept: set[str], document: dict[str, Any]
) -> None:
    known = {str(field.validation_alias) for field in model.model_fields.values()}
    assert set(document["components"]["schemas"][schema]["properties"]) - not_kept <= known
