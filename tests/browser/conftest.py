"""One browser, one API and one dashboard for all journeys; each test gets a page that must stay clean."""

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium, evidence, servers
from tests.browser.servers import Running

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# A busy machine is slow, not wrong: what is awaited may take as long as any other call of Playwright.
expect.set_options(timeout=30_000)
USUAL: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
"""A browser of a usual size in which nothing moves, so that nothing is looked at while it is half there."""
HELD_UP_S = 60
"""For a call that is not to be answered while a test looks."""
NewContext = Callable[..., BrowserContext]
People = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell with a failure what the pages showed; they are still open then."""
    report = yield
    held = getattr(item, "funcargs", {})
    if report.failed and report.when == "call" and "browser" in held and "tmp_path_factory" in held:
        pictures = held["tmp_path_factory"].mktemp("failed")
        report.sections.append(("what the browser showed", evidence.of(held["browser"], pictures)))
    return report


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
    with closing(browser.new_context()) as context:
        context.new_page().goto(servers.sign_in_link(dashboard))
        return dict(context.storage_state())


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Open the browser of somebody else; it is closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(**settings: Any) -> BrowserContext:
        opened.append(browser.new_context(**USUAL, **settings))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def operator(browser: Browser, dashboard: Running) -> Iterator[BrowserContext]:
    """The browser of the shared dashboard's operator: what it has loaded once need not be loaded again."""
    with closing(browser.new_context(**USUAL, base_url=dashboard.url)) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture
def context(
    operator: BrowserContext, dashboard: Running, signed_in: dict[str, Any]
) -> Iterator[BrowserContext]:
    """That browser as on its first day: signed in, nothing chosen, saved or opened, and no tab open."""
    operator.clear_cookies()
    operator.add_cookies(signed_in["cookies"])
    forget_what_operators_keep(dashboard)
    yield operator
    for page in operator.pages:
        page.close()


def forget_what_operators_keep(dashboard: Running) -> None:
    """The look, views and people that an earlier test left behind."""
    with closing(sqlite3.connect(dashboard.data / "dashboard.sqlite", timeout=30)) as database, database:
        database.execute("DELETE FROM kept")
        database.execute("DELETE FROM saved_views")


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; what it writes to the console as an error fails the test."""
    page = context.new_page()
    errors = errors_of(page)
    yield page
    assert not errors, f"the browser's console holds errors: {errors}"


def errors_of(page: Page) -> list[str]:
    """What this page from now on writes to the console as an error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return errors


@pytest.fixture
def people(api_calls: httpx.Client) -> Iterator[People]:
    """Make people, one after the other; they are gone after the test, also after one that fails."""
    made: list[str] = []

    def make(*told: dict[str, Any]) -> None:
        for one in told:
            made.append(one["subscriberId"])
            api_calls.post("/v2/subscribers", json=one).raise_for_status()

    yield make
    for one in made:
        api_calls.delete(f"/v2/subscribers/{quote(one, safe='')}")


class Fail:
    """Make the next calls of a route fail: `fail("GET /v2/subscribers", status=503, times=9)`.

    What was told first is suffered first; without a fault a call passes, so that only later ones suffer.
    """

    def __init__(self, api_calls: httpx.Client) -> None:
        self._api_calls = api_calls

    def __call__(self, route: str, *, times: int = 1, **fault: Any) -> None:
        self._api_calls.post("/__faults", json={"route": route, "times": times, **fault}).raise_for_status()

    def no_more(self) -> None:
        """From now on every call passes; those that are held up already stay so."""
        self("*", times=0)


@pytest.fixture
def fail(api_calls: httpx.Client) -> Iterator[Fail]:
    fail = Fail(api_calls)
    yield fail
    fail.no_more()
