"""A whole dashboard without its pages: real client, embedded API, own database, one signed-in operator."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api_client import ClientOptions, SubscriberClient
from api_client.embedded import Faults, create_embedded_api
from dashboard.actions.entries import Target
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.settings import Settings
from dashboard.storage import Database
from tests.api_client.doubles import FakeClock
from tests.dashboard.actions.arranged import arrange
from tests.dashboard.actions.importing import PickyWire, in_chunks
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context, sign_in


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def embedded(faults: Faults) -> Any:
    return create_embedded_api(faults=faults)


@pytest.fixture
def wire(embedded: Any) -> PickyWire:
    return PickyWire(httpx.ASGITransport(app=embedded))


@pytest.fixture
async def api(embedded: Any, wire: PickyWire) -> AsyncIterator[SubscriberClient]:
    options = ClientOptions(api_key=embedded.state.api_key, base_url="http://embedded.invalid")
    async with SubscriberClient(options, transport=wire, clock=FakeClock()) as client:
        yield client


@pytest.fixture
def ctx(api: SubscriberClient, database: Database, clock: SetClock, tmp_path: Path) -> AppContext:
    return make_context(api, database, clock, folder=tmp_path)


@pytest.fixture
def small(ctx: AppContext) -> AppContext:
    """Ten people a call, so that a few rows make several calls."""
    return in_chunks(ctx, 10)


@pytest.fixture
def read_only(ctx: AppContext, tmp_path: Path) -> AppContext:
    return replace(ctx, settings=Settings(data_dir=tmp_path, read_only=True))


@pytest.fixture
async def operator(ctx: AppContext) -> Visit:
    return await sign_in(ctx, Role.OPERATOR)


@pytest.fixture
async def viewer(ctx: AppContext) -> Visit:
    return await sign_in(ctx, Role.VIEWER)


@pytest.fixture
async def targets(ctx: AppContext) -> dict[str, Target]:
    """A person, and the places for credentials by the identifier of their integration."""
    return await arrange(ctx)


@pytest.fixture
def fcm(targets: dict[str, Target]) -> Target:
    return targets["fcm-main"]


@pytest.fixture
def second(targets: dict[str, Target]) -> Target:
    return targets["fcm-second"]


@pytest.fixture
def slack(targets: dict[str, Target]) -> Target:
    return targets["slack-main"]
