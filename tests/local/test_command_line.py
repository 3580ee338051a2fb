"""`python -m api_client.embedded`: what is wrong is said in one sentence, before anything is made."""

import secrets
import socket
from pathlib import Path

import pytest

from api_client.embedded.__main__ import main
from tests.local.service import embedded_api


def _ends_with(arguments: list[str]) -> str | int | None:
    with pytest.raises(SystemExit) as caught:
        main(["--port", "0", *arguments])
    return caught.value.code


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = _ends_with(["--port", str(port)])
    assert told == f"Cannot listen on 127.0.0.1, port {port}: Address already in use."


@pytest.mark.parametrize("kind", ["a folder", "a text", "in no folder"])
def test_a_file_that_cannot_hold_the_data_is_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / "text").write_text("no database\n" * 9)
    path = {"a folder": tmp_path, "a text": tmp_path / "text", "in no folder": tmp_path / "x" / "y"}[kind]
    told = _ends_with(["--db", str(path)])
    assert str(told).startswith(f"Cannot keep the data in {path}: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--port", "70000"], "--port: must be a number from 0 to 65535"),
        (["--subscribers", "-1"], "--subscribers: must be a number from 0"),
        (["--key", "two words"], "--key: must be printable ASCII characters without spaces"),
    ],
)
def test_a_bad_argument_is_named(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ends_with(arguments) == 2
    assert told in capsys.readouterr().err


def test_help_tells_every_default_and_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert _ends_with(["--help"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("(default:") == 7
    assert "curl -H 'Authorization: ApiKey KEY'" in printed


async def test_a_start_that_was_broken_off_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "novu.sqlite"

    def stop(_: int) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_hex", stop)  # drawn once all people are made
        with pytest.raises(KeyboardInterrupt):
            async with embedded_api(db=db, seed="people", subscribers=5, api_key="k"):
                pass
    async with embedded_api(db=db, seed="people", subscribers=5, api_key="k") as api:
        assert (await api.get("/v2/subscribers"))["totalCount"] == 5
