"""The whole dashboard in this process: own folder, small embedded API, faults at hand."""

import gc
import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from fastapi import FastAPI
from nicegui import Client, app, ui

from api_client.embedded import Faults
from dashboard.app import build_context, install
from dashboard.auth import passwords
from dashboard.context import AppContext
from dashboard.settings import Settings
from dashboard.unseen import UnseenCounts
from tests.api_client.doubles import FakeClock, client_over
from tests.dashboard.blank import put_database
from tests.seeded import api_with_people

PEOPLE = 120


@dataclass(frozen=True)
class Installed:
    """What a page test may reach into besides the page: the parts, and the API's faults."""

    ctx: AppContext
    faults: Faults
    api: FastAPI
    network: "Network"
    time: FakeClock
    """The client's: it passes only when a call waits."""


class Network(httpx.AsyncBaseTransport):
    """The way to the embedded API; a call whose path ends as one of `late` gets no answer in time.

    `answers` stand in for the API, by the end of the path; `others` for other servers, by their host.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.late: set[str] = set()
        self.answers: dict[str, Callable[[httpx.Request], httpx.Response]] = {}
        self.others: dict[str, httpx.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if other := self.others.get(request.url.host):
            return await other.handle_async_request(request)
        if any(request.url.path.endswith(end) for end in self.late):
            raise httpx.ReadTimeout("", request=request)
        for end, answer in self.answers.items():
            if request.url.path.endswith(end):
                return answer(request)
        return await self._inner.handle_async_request(request)


_installed: list[Installed] = []


def current() -> Installed:
    """What the main file of this test has installed."""
    return _installed[-1]


def install_for_test() -> None:
    """Install everything over a fresh embedded API and start NiceGUI's simulation."""
    gc.freeze()  # NiceGUI collects before and after a test: what is there now need not be looked at again
    folder = Path(tempfile.mkdtemp(prefix="dashboard-test-"))
    api = api_with_people(folder / "api.sqlite", PEOPLE, api_key="key-of-the-page-tests")
    settings = Settings(data_dir=folder, api_key="key-of-the-page-tests", api_url="http://novu.test")  # type: ignore[arg-type]
    passwords.MEMORY_KIB = 8  # no page test needs a costly hash; what one costs is tested with the doors
    network = Network(httpx.ASGITransport(app=api, raise_app_exceptions=False))
    put_database(folder / "dashboard.sqlite")
    ctx = build_context(settings, transport=network)
    time = FakeClock()
    client = client_over(network, time, api_key="key-of-the-page-tests")  # repeats without waiting
    ctx = replace(ctx, api=client, unseen=UnseenCounts(client, ctx.clock))
    _installed[:] = [Installed(ctx, api.state.faults, api, network, time)]
    weakref.finalize(_installed[0], shutil.rmtree, folder, ignore_errors=True)
    app.on_shutdown(_stop_outboxes)
    ui.run(install(ctx), reload=False, show=False, tailwind=False, language="en-US")


def _stop_outboxes() -> None:
    """Python 3.11 can lose the cancellation of one that waits, and NiceGUI would give it two seconds."""
    for client in Client.instances.values():
        client.outbox.stop()
