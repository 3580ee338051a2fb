"""What was answered survives a kill -9, and what nobody should send stops nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.local.ports import Server, served

LIST = "/v2/subscribers"
pytestmark = pytest.mark.slow


def _write(server: Server, writer: int, *, enough: int) -> list[str]:
    """Creates people until the server is gone; the writer that has had enough answers kills it."""
    answered: list[str] = []
    while True:
        subscriber_id = f"w{writer}-{len(answered)}"
        try:
            status, _ = server.call("POST", LIST, f'{{"subscriberId": "{subscriber_id}"}}'.encode())
        except OSError:
            return answered
        assert status == 201
        answered.append(subscriber_id)
        if len(answered) == enough and writer == 0:
            server.process.kill()


def test_nothing_that_was_answered_is_lost_by_a_kill_in_the_midst_of_writing(tmp_path: Path) -> None:
    db = tmp_path / "novu.sqlite"
    with served(db) as server, ThreadPoolExecutor(4) as pool:
        lists = list(pool.map(lambda writer: _write(server, writer, enough=25), range(4)))
    answered = [one for found in lists for one in found]
    assert len(answered) >= 25
    with served(db) as again:
        assert {again.call("GET", f"{LIST}/{one}")[0] for one in answered} == {200}


BAD = {
    "10 MB query": (431, "GET", f"{LIST}?email={'a' * 10_000_000}", None),
    "long id": (431, "GET", f"{LIST}/{'a' * 20_000}", None),
    "10 MB body": (413, "POST", LIST, b'{"subscriberId":"' + b"x" * 10_000_000 + b'"}'),
    "30 MB event": (413, "POST", "/v1/events/trigger", b'{"name":"' + b"x" * 30_000_000 + b'"}'),
    "1,000 deep": (500, "POST", LIST, b'{"subscriberId":"x","data":' + b'{"a":' * 999 + b"1" + b"}" * 1000),
    "NUL": (404, "GET", f"{LIST}/%00", None),
    "no percent sign": (400, "GET", f"{LIST}/%zz", None),
}


def test_what_nobody_should_send_is_an_error_in_shape_and_the_next_call_works(tmp_path: Path) -> None:
    with served(tmp_path / "novu.sqlite") as server:
        for name, (status, method, target, body) in BAD.items():
            got, error = server.call(method, target, body)
            assert (name, got) == (name, status)
            assert {"statusCode", "timestamp", "path", "message"} <= error.keys()
            assert len(error["path"]) <= 16_384
            assert server.call("GET", f"{LIST}?limit=1")[0] == 200
