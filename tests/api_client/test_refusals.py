"""Bad answers of every era become the right error, with words for a person and no secret for anyone."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from api_client import errors
from api_client.complaints import clean
from api_client.refusals import from_answer, request_id, seconds

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECRET = "hook-secret-77"


def _error(status: int, body: Any = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
    return from_answer(status, named, content, where="GET /x", now=NOW, secrets=(SECRET,))


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (  # 2024 and February 2025: a list
            {"message": ["email must be an email", "email is bad", "phone must be a string"]},
            {"email": ("email must be an email", "email is bad"), "phone": ("phone must be a string",)},
        ),
        (  # since April 2025: all under "general"
            {"message": "Validation Error", "errors": {"general": {"messages": ["limit must be positive"]}}},
            {"limit": ("limit must be positive",)},
        ),
        (  # commands: by field
            {
                "message": "Validation failed for X: limit: no",
                "errors": {"limit": {"messages": ["no"], "value": 0}},
            },
            {"limit": ("no",)},
        ),
        ({"message": "being reused for a different body"}, {}),  # no `errors` at all
        ({"message": None, "errors": [1]}, {}),
        ({"errors": {"a": None, "b": {"messages": "text"}}}, {"a": (), "b": ()}),
    ],
)
@pytest.mark.parametrize("status", [400, 422])
def test_field_messages_of_every_era_are_found(status: int, body: Any, fields: dict[str, Any]) -> None:
    error = _error(status, body)
    assert type(error) is errors.Invalid
    assert error.fields == fields


@pytest.mark.parametrize(
    "message",
    [
        "SubscriberId: ada not found",
        "Subscriber not found for this environment with the id: ada. Make sure to create …",
        "Subscriber ada is not exist in environment 6b, please provide a valid subscriber identifier",
        "Subscriber with the id: ada was not found for this environment. Make sure …",
        "Message with the id: 6b was not found for this environment. Make sure …",
    ],
)
def test_a_400_that_says_not_found_is_not_found(message: str) -> None:
    assert type(_error(400, {"message": message})) is errors.NotFound


def test_a_conflict_with_retry_after_is_the_same_gesture_still_running() -> None:
    assert type(_error(409)) is errors.Conflict
    assert type(_error(409, retry_after="1")) is errors.StillRunning


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'"text"', b"\xff", b'{"message": 5}', b"[" * 5000])
@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 418, 422, 429, 500, 599])
def test_no_body_is_too_strange(status: int, body: bytes) -> None:
    error = _error(status, body)
    assert isinstance(error, errors.Refused)
    assert error.user_text.endswith(".")


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("12", 12.0),
        ("Wed, 25 Nov 2026 12:00:30 GMT", 30.0),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1.5", None),
        ("9" * 400, 10.0**8),
        ("²", None),
    ],
)
def test_retry_after_is_read_or_ignored(header: str, wait: float | None) -> None:
    assert seconds(header, NOW) == wait


def test_secrets_and_control_signs_never_reach_a_log_line() -> None:
    error = _error(
        422, {"message": f"bad {SECRET}\r\nFAKE LINE \u202e", "errors": {"a": {"messages": [SECRET]}}}
    )
    told = f"{error} {error.detail} {error.user_text} {error.fields}"
    assert SECRET not in told
    assert "\n" not in told
    assert "\u202e" not in told


def test_a_401_that_echoes_the_key_is_not_repeated() -> None:
    """The server quotes whatever stood where the scheme should: a bare key, for one."""
    error = _error(401, {"message": 'Invalid authentication scheme: "half-a-key"'})
    assert "half-a-key" not in str(error)


def test_what_the_servers_operators_ask_for_is_kept() -> None:
    error = _error(500, {"errorId": "e-77"}, x_request_id="req-1")
    assert (error.error_id, error.request_id) == ("e-77", "req-1")
    assert request_id({}) is None


def test_a_long_message_is_cut() -> None:
    assert len(clean("x" * 10_000)) == 300


@pytest.mark.parametrize(
    ("seconds", "told"),
    [("0", "1 s"), ("12", "12 s"), ("600", "600 s"), ("601", "11 min"), ("86400", "24 h")],
)
def test_the_wait_is_told_in_whole_units(seconds: str, told: str) -> None:
    assert _error(429, retry_after=seconds).user_text.endswith(f"Try again in {told}.")


def test_complaints_nested_a_thousand_deep_are_left_out() -> None:
    nested = b"[" * 1000 + b"]" * 1000
    error = _error(422, b'{"message": ["bad", %b], "errors": {"a": {"messages": [%b]}}}' % (nested, nested))
    assert (error.fields, error.detail) == ({"a": ()}, "GET /x answered 422: bad")


def test_of_what_a_server_adds_only_plain_and_clean_values_are_kept() -> None:
    ctx = {"limit": 100, "workflowId": f"w {SECRET}", SECRET: None, "deep": {"a": SECRET}, "list": [SECRET]}
    error = _error(422, {"ctx": ctx, "errors": {SECRET: {"messages": []}}})
    assert error.ctx == {"limit": 100, "workflowId": "w •••", "•••": None}
    assert error.fields == {"•••": ()}


def test_a_redirect_names_only_the_host() -> None:
    error = _error(307, location="https://evil.example/path?token=1")
    assert isinstance(error, errors.Redirected)
    assert error.target_host == "evil.example"
    assert "token" not in str(error)
