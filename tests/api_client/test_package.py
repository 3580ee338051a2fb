"""Importing and making a client is cheap; the names it promises are there."""

import subprocess
import sys

import pytest

import api_client
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


def test_a_resource_is_made_once() -> None:
    client = client_over(Script())
    assert client.subscribers is client.subscribers
