"""The own OpenAPI document: it promises what the official one does, and the recordings keep its word."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from api_client.embedded.openapi import document
from tests.contract.recorded import Exchange, exchanges
from tests.local.documents import operation_differences

OFFICIAL = Path(__file__).parents[3] / "shared/contract/openapi-2025-02.json"
_NULL = "the recorded server keeps null and answers it"
_AS_SENT = "a bulk call stores channels as they are sent"
_WORD = "the recorded server stores any word"
_NEVER = "it never stands in the recorded answers"
DIFFERENT = {
    **{
        f"SubscriberResponseDto.{name}: null": _NULL
        for name in ("firstName", "lastName", "phone", "avatar", "locale", "timezone", "lastOnlineAt")
    },
    **{f"PreferenceChannels.{name}: null": _NULL for name in ("email", "sms", "in_app", "chat", "push")},
    "NotificationFeedItemDto._feedId: null": _NULL,
    "ChannelSettingsDto._integrationId: required": _AS_SENT,
    "ChannelSettingsDto.credentials: required": _AS_SENT,
    "ChannelSettingsDto.providerId: words": _AS_SENT,
    "ButtonTypeEnum: words": _WORD,
    "MessageActionStatusEnum: words": _WORD,
    "MessageActionResult.payload: type": "the recorded server stores any JSON",
    "MessageCTA.data: required": "a message of a newer workflow has none",
    "MessageResponseDto.subscriber: missing": _NEVER,
    "MessageResponseDto.template: missing": _NEVER,
    "NotificationFeedItemDto.deleted: missing": _NEVER,
    "NotificationFeedItemDto.deleted: required": _NEVER,
    "ValidationErrorDto.errors: required": "a reused idempotency key is a 422 without it",
    "query hmacHash: required": "it is only wanted where the integration asks for it",
}
"""Where the recordings, which outrank the official document, say something else. This list only shrinks."""


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    if not OFFICIAL.exists():
        pytest.skip("the official document is not beside this checkout")
    return json.loads(OFFICIAL.read_text(encoding="utf-8"))


def test_the_document_promises_what_the_official_one_promises(official: dict[str, Any]) -> None:
    own = document()
    found: set[str] = set()
    for path, methods in official["paths"].items():
        for method in methods:
            found |= set(operation_differences(official, own, path, method))
    assert found == set(DIFFERENT)


def test_every_official_operation_has_its_name_and_its_answers(official: dict[str, Any]) -> None:
    own = document()["paths"]
    for path, methods in official["paths"].items():
        for method, wanted in methods.items():
            given = own[path][method]
            assert given["operationId"] == wanted["operationId"]
            redirected = {"200"} if "302" in given["responses"] else set[str]()
            assert set(wanted["responses"]) - redirected <= set(given["responses"])


def _schema(exchange: Exchange, paths: dict[str, Any]) -> dict[str, Any] | None:
    """What our document says of the answer to an exchange, if it is one of the operations and JSON."""
    method, asked = exchange.request["method"].lower(), exchange.request["path"].strip("/").split("/")
    for template in sorted(paths, key=lambda one: one.count("{")):
        parts = template.strip("/").split("/")
        fits = len(parts) == len(asked) and all(
            part[0] == "{" or part == word for part, word in zip(parts, asked, strict=True)
        )
        if fits and method in paths[template]:
            answers = paths[template][method]["responses"].get(str(exchange.response["status"]), {})
            return answers.get("content", {}).get("application/json", {}).get("schema")
    return None


def test_every_recorded_answer_is_as_the_document_says() -> None:
    own = document()
    checked = 0
    for exchange in exchanges():
        schema = _schema(exchange, own["paths"])
        if schema is None or "__text__" in (exchange.response["body"] or {}):
            continue
        checked += 1
        whole = {"components": own["components"], **schema}
        errors = jsonschema.Draft202012Validator(whole).iter_errors(exchange.response["body"])
        # What is inside credentials was not checked when it was stored, so numbers come back as such.
        told = [(str(exchange), one.message) for one in errors if ".credentials." not in one.json_path]
        assert not told
    assert checked > 850
