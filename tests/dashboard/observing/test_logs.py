"""The log says what happened, under which request, and never a secret."""

import json
import logging
import sys

import pytest
from pydantic import SecretStr

from dashboard.observing.logs import JsonLines, Lines
from dashboard.observing.redaction import GONE, Redaction, secrets_of
from dashboard.observing.request_ids import RequestIds, current
from dashboard.settings import Settings

SETTINGS = Settings(
    api_key=SecretStr("the-key-of-the-environment"),
    session_secret=SecretStr("the-secret-of-all-replicas-0123456"),
    database_url_given=SecretStr("postgresql://ops:p%40ss-word@db/ops"),
    redis_url=SecretStr("redis://:cache-word@cache/0"),
    metrics_token=SecretStr("token-for-the-figures-0123456789abc"),
    other_environments=SecretStr("production=the-key-of-production,eu=the-key-of-eu@https://eu.api.novu.co"),
)
REDACTION = Redaction(secrets_of(SETTINGS))
SECRETS = (
    "the-key-of-the-environment", "the-secret-of-all-replicas-0123456", "p%40ss-word", "p@ss-word",
    "cache-word", "token-for-the-figures-0123456789abc", "the-key-of-production", "the-key-of-eu",
)  # fmt: skip


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("dashboard", logging.ERROR, "file.py", 1, message, args, None)
    vars(made).update(extra)
    return made


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_that_was_set_is_not_written(secret: str) -> None:
    assert secret not in JsonLines(REDACTION).format(record("it failed with %s", f"x{secret}y"))
    assert secret not in Lines(REDACTION).format(record("it failed with %s", f"x{secret}y"))


@pytest.mark.parametrize(
    "text",
    [
        "GET /_nicegui_ws/socket.io/?client_id=60b70e98-8536-42a4-89a0-d28cdf5e31d5&tab_id=1f0e",
        "GET /open?token=Labe75vopU3",
        "{'Authorization': 'ApiKey Labe75vopU3'}",
        "Authorization: Bearer Labe75vopU3",
        '{"password": "Labe75vopU3"}',
        "https://hooks.slack.com/services/T00000000/B00000000/Labe75vopU3",
        "https://discord.com/api/webhooks/1234567890/Labe75vopU3",
        "cBz1kqLabe75vopU3:APA91bHPRgkF7f3eQwErTyUiOpAsDfGh",
    ],
)
def test_what_looks_like_a_secret_is_not_written(text: str) -> None:
    told = REDACTION.clean(text)
    assert GONE in told
    assert "Labe75vopU3" not in told
    assert "60b70e98" not in told


@pytest.mark.parametrize(
    "text",
    [
        "GET /v1/subscribers/{subscriber_id}/notifications/unseen -> 200 in 7 ms, attempt 1",
        'File "site-packages/sqlalchemy/engine/base.py", line 1964, in _exec_single_context',
        "Port 8080 is taken, perhaps by another dashboard.",
    ],
)
def test_what_helps_is_still_there(text: str) -> None:
    assert REDACTION.clean(text) == text


def test_the_traceback_of_an_error_is_there_without_the_secret_in_its_message() -> None:
    try:
        raise ValueError("cannot use the-key-of-the-environment")
    except ValueError:
        failed = record("it failed")
        failed.exc_info = sys.exc_info()
    line = json.loads(JsonLines(REDACTION).format(failed))
    assert "ValueError: cannot use •••" in line["error"]
    assert "the-key" not in str(line)


def test_a_line_stays_one_line_whatever_is_logged() -> None:
    hostile = 'ada\n{"level": "info", "message": "forged"}\x1b[2J\u2028'
    told = JsonLines(REDACTION).format(record("signed in: %s", hostile))
    assert len(told.splitlines()) == 1
    assert json.loads(told)["message"] == f"signed in: {hostile}"
    assert "\x1b" not in Lines(REDACTION).format(record("signed in: %s", hostile))


def test_the_hash_of_an_audit_line_is_kept_whole() -> None:
    told = json.loads(JsonLines(REDACTION).format(record("audit line", audit_seq=7, audit_hash="ab" * 32)))
    assert (told["audit_seq"], told["audit_hash"]) == (7, "ab" * 32)


async def test_each_request_has_an_id_in_the_log_and_in_its_answer() -> None:
    sent: list[dict[str, object]] = []
    lines: list[str] = []

    async def app(scope: object, receive: object, send: object) -> None:
        lines.append(JsonLines(REDACTION).format(record("something")))
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]

    async def send(message: object) -> None:
        sent.append(message)  # type: ignore[arg-type]

    for given in (b"a-proxys-id-1", b"x\r\nforged: 1", b""):
        scope = {"type": "http", "headers": [(b"x-request-id", given)] if given else []}
        await RequestIds(app, make=lambda: "made-here")(scope, None, send)  # type: ignore[arg-type]
    ids = [dict(message["headers"])[b"x-request-id"] for message in sent]  # type: ignore[call-overload]
    assert ids == [b"a-proxys-id-1", b"made-here", b"made-here"]
    assert [json.loads(line)["request_id"] for line in lines] == ["a-proxys-id-1", "made-here", "made-here"]
    assert current() == "made-here"
