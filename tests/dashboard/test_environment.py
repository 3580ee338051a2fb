"""The band names the environment one works on, and production is the loud one."""

import httpx
import pytest

from api_client import SubscriberClient
from dashboard.environment import LOUD, EnvironmentSign, environment_of
from dashboard.settings import Settings
from tests.api_client.doubles import client_over

KEY = "key-of-a-test-environment"


def settings(**values: object) -> Settings:
    return Settings(**values)  # type: ignore[arg-type]


def client(answer: httpx.Response) -> SubscriberClient:
    return client_over(httpx.MockTransport(lambda _: answer), api_key=KEY)


def test_without_a_key_the_band_says_that_the_data_is_for_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NOVU_SECRET_KEY", raising=False)
    shown = environment_of(settings())
    assert shown.name == "Embedded API"
    assert "NOVU_SECRET_KEY" in shown.note


def test_production_is_loud_whoever_names_it() -> None:
    assert environment_of(settings(api_key=KEY), "Production").colour == LOUD
    assert environment_of(settings(api_key=KEY, environment="Our prod EU")).colour == LOUD
    assert environment_of(settings(api_key=KEY), "Development").colour != LOUD


async def test_the_name_that_the_api_gives_is_shown() -> None:
    sign = EnvironmentSign(settings(api_key=KEY))
    async with client(httpx.Response(200, json={"data": {"_id": "a" * 24, "name": "Production"}})) as api:
        await sign.ask(api)
    assert sign.current.name == "Production"


async def test_an_api_that_tells_no_name_changes_nothing() -> None:
    sign = EnvironmentSign(settings(api_key=KEY))
    before = sign.current
    async with client(httpx.Response(403, json={"message": "no"})) as api:
        await sign.ask(api)
    assert sign.current == before


async def test_while_the_api_cannot_be_asked_the_environment_counts_as_production() -> None:
    sign = EnvironmentSign(settings(api_key=KEY))
    async with client(httpx.Response(503)) as api:
        await sign.ask(api)
    assert not sign.is_known
    async with client(httpx.Response(200, json={"data": {"_id": "a" * 24, "name": "Development"}})) as api:
        await sign.ask(api)
    assert sign.is_known
    assert not sign.current.is_production
