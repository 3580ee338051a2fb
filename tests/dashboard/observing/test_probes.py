"""Who may read the figures: with the token anybody, without one only this machine itself."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from nicegui import Client
from pydantic import SecretStr

from api_client import ClientOptions, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.auth import Role, Sessions
from dashboard.pages.probes import Probes
from dashboard.settings import Settings
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context

TOKEN = "token-for-the-figures-0123456789abc"


def probes(
    database: Database, clock: SetClock, folder: Path, *, key: str = "a-key-of-the-tests", **settings: Any
) -> FastAPI:
    api = create_embedded_api(api_key="a-key-of-the-tests", subscribers=1)
    options = ClientOptions(key, "http://embedded.invalid")
    client = SubscriberClient(options, transport=httpx.ASGITransport(app=api))
    ctx = make_context(client, database, clock, folder=folder)
    object.__setattr__(ctx, "settings", Settings(data_dir=folder, **settings))
    made = Probes(ctx)
    app = FastAPI()
    app.add_api_route("/metrics", made.figures, response_model=None)
    app.add_api_route("/readyz", made.ready, response_model=None)
    return app


async def status(app: FastAPI, address: str = "127.0.0.1", **headers: str) -> int:
    transport = httpx.ASGITransport(app=app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://dashboard.test") as client:
        return (await client.get("/metrics", headers=headers)).status_code


@pytest.mark.parametrize(
    ("address", "headers", "expected"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.3", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
    ],
)
async def test_without_a_token_only_this_machine_reads_them(
    address: str, headers: dict[str, str], expected: int, database: Database, clock: SetClock, tmp_path: Path
) -> None:
    assert await status(probes(database, clock, tmp_path), address, **headers) == expected


async def test_with_a_token_it_is_the_token_that_counts(
    database: Database, clock: SetClock, tmp_path: Path
) -> None:
    app = probes(database, clock, tmp_path, metrics_token=SecretStr(TOKEN))
    assert await status(app, "10.0.0.3", Authorization=f"Bearer {TOKEN}") == 200
    assert await status(app, "127.0.0.1") == 403
    assert await status(app, "127.0.0.1", Authorization=f"Bearer {TOKEN}x") == 403


async def test_a_replica_without_its_database_is_not_ready(
    database: Database, clock: SetClock, tmp_path: Path
) -> None:
    app = probes(database, clock, tmp_path)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://dashboard.test") as client:
        assert (await client.get("/readyz")).status_code == 200
        clock.forward(minutes=1)
        await database.write(lambda c: c.exec_driver_sql("DROP TABLE operators"))
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "no answer")


async def test_a_replica_stays_ready_without_the_api_to_say_what_is_wrong(
    database: Database, clock: SetClock, tmp_path: Path
) -> None:
    app = probes(database, clock, tmp_path, key="not-the-key-of-the-api")
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://dashboard.test") as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["api"]) == (200, "key refused")


async def test_somebody_with_two_browsers_is_one_operator(
    database: Database, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = Sessions(database, clock)
    open_now: dict[str, Any] = {}
    for number, name in enumerate(("ada", "ada", "ben")):
        session = await sessions.find(await sessions.create(name, Role.VIEWER))
        request = SimpleNamespace(scope={"state": {"session": session}})
        open_now[str(number)] = SimpleNamespace(has_socket_connection=True, request=request)
    monkeypatch.setattr(Client, "instances", open_now)
    transport = httpx.ASGITransport(app=probes(database, clock, tmp_path), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://dashboard.test") as client:
        told = (await client.get("/metrics")).text
    assert "dashboard_pages_connected 3.0" in told
    assert "dashboard_operators_connected 2.0" in told
