"""Importing and making a client is cheap; the names it promises are there."""

import subprocess
import sys
import textwrap
from importlib.resources import files

import httpx
import pytest

import api_client
from api_client import transport
from api_client.embedded import create_embedded_api
from tests.api_client.doubles import Script, client_over

HEAVY = ("aiohttp", "httpx", "pydantic", "pandas", "fastapi", "nicegui")


def test_importing_and_making_a_client_loads_nothing_heavy() -> None:
    code = (
        "import sys, api_client; api_client.SubscriberClient(api_client.ClientOptions('k'));"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(api_client, name) is not None for name in api_client.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = api_client.Nonsense  # type: ignore[attr-defined]  # the point
    with pytest.raises(AttributeError):
        _ = client_over(Script()).nonsense  # type: ignore[attr-defined]  # the point


def test_a_prompt_completes_what_is_not_loaded_yet() -> None:
    assert {"Subscriber", "MarkAs"} <= set(dir(api_client))
    assert {"subscribers", "credentials", "aclose"} <= set(dir(client_over(Script())))


def test_type_checkers_may_read_the_annotations() -> None:
    assert (files("api_client") / "py.typed").is_file()


def test_the_quick_start_runs_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_embedded_api(subscribers=10, api_key="KEY")
    monkeypatch.setattr(transport, "_network", lambda _: httpx.ASGITransport(app))
    lines = (api_client.__doc__ or "").splitlines()
    exec(textwrap.dedent("\n".join(line for line in lines if line.startswith("    "))), {})
    app.state.store.close()
    assert "user-00005" in capsys.readouterr().out


def test_a_resource_is_made_once() -> None:
    client = client_over(Script())
    assert client.subscribers is client.subscribers
