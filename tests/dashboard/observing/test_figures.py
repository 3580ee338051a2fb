"""What Prometheus and a supervisor are told: calls by route and status, health, and nothing private."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from api_client import ApiError, ClientOptions, SubscriberClient
from api_client.embedded import Faults, create_embedded_api
from dashboard.observing import request_ids
from dashboard.observing.metrics import Metrics, Moment
from dashboard.observing.readiness import KEPT_FOR, Readiness
from tests.api_client.doubles import client_over
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.clocks import SetClock

EMPTY = Moment(pages=3, operators=2, jobs={"running": 1}, budget=None)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def api(faults: Faults) -> Any:
    return create_embedded_api(faults=faults, api_key="a-key-of-the-tests", subscribers=3)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def client(api: Any, metrics: Metrics) -> SubscriberClient:
    options = ClientOptions("a-key-of-the-tests", "http://embedded.invalid")
    return SubscriberClient(options, transport=httpx.ASGITransport(app=api), observer=metrics)


def told(metrics: Metrics) -> str:
    return metrics.text(EMPTY).decode()


async def test_calls_are_counted_by_route_and_status_and_never_by_person(
    client: SubscriberClient, metrics: Metrics, faults: Faults
) -> None:
    await client.subscribers.search()
    for subscriber_id in ("nobody-1", "nobody-2"):
        with pytest.raises(ApiError):
            await client.subscribers.get(subscriber_id)
    faults.next(1, route="GET /v2/subscribers", status=503)
    await client.subscribers.search()
    text = told(metrics)
    assert 'novu_api_calls_total{route="GET /v2/subscribers",status="200"} 2.0' in text
    assert 'novu_api_calls_total{route="GET /v2/subscribers",status="503"} 1.0' in text
    assert 'novu_api_calls_total{route="GET /v2/subscribers/{subscriber_id}",status="404"} 2.0' in text
    assert 'novu_api_call_seconds_count{route="GET /v2/subscribers"} 3.0' in text
    assert "nobody" not in text
    assert "a-key" not in text


async def test_what_is_counted_now_is_there_too(metrics: Metrics) -> None:
    text = told(metrics)
    assert "dashboard_pages_connected 3.0" in text
    assert "dashboard_operators_connected 2.0" in text
    assert 'dashboard_jobs{state="running"} 1.0' in text
    assert re.search(r"^process_resident_memory_bytes \d", text, re.M)


async def test_the_request_id_goes_along_to_the_api(api: Any, metrics: Metrics) -> None:
    seen: list[str | None] = []

    class Spy(WireTap):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request.headers.get(request_ids.HEADER))
            return await super().handle_async_request(request)

    options = ClientOptions("a-key-of-the-tests", "http://embedded.invalid")
    client = SubscriberClient(options, transport=Spy(httpx.ASGITransport(app=api)), observer=metrics)
    request_ids._CURRENT.set("what-ada-clicked")
    await client.subscribers.search()
    request_ids._CURRENT.set("")
    await client.subscribers.search()
    assert seen == ["what-ada-clicked", None]


def unreachable() -> SubscriberClient:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    return client_over(httpx.MockTransport(refuse))


async def works() -> None:
    return None


async def fails() -> None:
    raise OperationalError("SELECT 1", None, Exception("gone"))


async def test_ready_is_who_reaches_database_and_api(
    client: SubscriberClient, faults: Faults, clock: SetClock
) -> None:
    assert await Readiness(works, client, clock).parts() == {"database": "ok", "api": "ok"}
    assert (await Readiness(fails, client, clock).parts())["database"] == "no answer"
    assert (await Readiness(works, unreachable(), clock).parts())["api"] == "no answer"
    faults.next(1, route="GET /v1/environments/me", status=500)
    assert (await Readiness(works, client, clock).parts())["api"] == "failing"
    faults.next(1, route="GET /v1/environments/me", status=401)
    assert (await Readiness(works, client, clock).parts())["api"] == "key refused"
    faults.next(1, route="GET /v1/environments/me", status=429)
    assert (await Readiness(works, client, clock).parts())["api"] == "ok"


async def test_probes_do_not_eat_the_rate_budget(
    client: SubscriberClient, metrics: Metrics, clock: SetClock
) -> None:
    readiness = Readiness(works, client, clock)
    for _ in range(20):
        await readiness.parts()
    assert 'route="GET /v1/environments/me",status="200"} 1.0' in told(metrics)
    clock.forward(seconds=(KEPT_FOR + timedelta(seconds=1)).total_seconds())
    await readiness.parts()
    assert 'route="GET /v1/environments/me",status="200"} 2.0' in told(metrics)
