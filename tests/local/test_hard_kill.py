"""What the embedded API has answered survives a kill -9, and made-up requests find no unplanned crash."""

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from api_client.embedded import create_embedded_api

APP = create_embedded_api(seed="recorded", api_key="fuzz")
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", APP)


def _call(port: int, method: str, path: str, body: str | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"authorization": "ApiKey k", "content-type": "application/json"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _start(db: Path) -> "tuple[subprocess.Popen[bytes], int]":
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api_client.embedded", "--port", str(port), "--key", "k"]
    process = subprocess.Popen([*command, "--db", str(db), "--subscribers", "5"], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            _call(port, "GET", "/v2/subscribers")
        except OSError:
            continue
        return process, port
    process.kill()
    raise TimeoutError("the server did not start")


@pytest.mark.slow
def test_nothing_that_was_answered_is_lost_by_a_hard_kill(tmp_path: Path) -> None:
    db = tmp_path / "novu.sqlite"
    process, port = _start(db)
    for number in range(50):
        body = f'{{"subscriberId": "kept-{number}"}}'
        assert _call(port, "POST", "/v2/subscribers", body) == 201
    process.kill()
    process.wait(10)
    process, port = _start(db)
    try:
        assert {_call(port, "GET", f"/v2/subscribers/kept-{number}") for number in range(50)} == {200}
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_made_up_requests_find_no_unplanned_crash(case: schemathesis.Case) -> None:
    """A crash that is planned carries an error id; an unplanned one raises right here."""
    answer = case.call(headers={"Authorization": "ApiKey fuzz"})
    if answer.status_code >= 500:
        assert "errorId" in answer.json() or answer.status_code == 503
