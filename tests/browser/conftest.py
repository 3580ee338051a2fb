"""One browser, one API and one dashboard for all journeys; each test gets a page that must stay clean."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser import chromium, servers
from tests.browser.servers import Running

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# A busy machine is slow, not wrong: what is awaited may take this long.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium.find()
    assert path, "no Chromium: run `make test`, which gets one"
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def api(folder: Path) -> Iterator[Running]:
    with servers.embedded_api(folder) as running:
        yield running


@pytest.fixture(scope="session")
def api_calls(api: Running) -> Iterator[httpx.Client]:
    """The API itself, to compare with what the pages show."""
    with httpx.Client(
        base_url=api.url, headers={"Authorization": f"ApiKey {servers.KEY}"}, trust_env=False
    ) as client:
        yield client


@pytest.fixture(scope="session")
def dashboard(folder: Path, api: Running) -> Iterator[Running]:
    with servers.dashboard(folder, api_url=api.url) as running:
        yield running


@pytest.fixture(scope="session")
def signed_in(browser: Browser, dashboard: Running) -> dict[str, Any]:
    """The cookies of an operator who used the one-time link."""
    context = browser.new_context()
    context.new_page().goto(servers.sign_in_link(dashboard))
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def context(browser: Browser, dashboard: Running, signed_in: dict[str, Any]) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=dashboard.url,
        storage_state=signed_in,  # type: ignore[arg-type]
        viewport={"width": 1440, "height": 900},
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; what it writes to the console as an error fails the test."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
    yield page
    assert not errors, f"the browser's console holds errors: {errors}"


@pytest.fixture
def fail(api_calls: httpx.Client) -> Iterator[Any]:
    """Make the next calls of a route fail: `fail("GET /v2/subscribers", status=503, times=9)`."""

    def set_fault(route: str, *, times: int = 1, **fault: Any) -> None:
        api_calls.post("/__faults", json={"route": route, "times": times, **fault}).raise_for_status()

    yield set_fault
    api_calls.post("/__faults", json={"times": 0}).raise_for_status()


def _is_error(message: ConsoleMessage) -> bool:
    return message.type == "error"
