"""The network goes, the server goes: what was typed is still there, the page comes back from its address."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.components.connection import RESTARTED
from tests.browser import servers
from tests.browser.accounts import PASSWORD, add_accounts
from tests.browser.conftest import NewContext, People
from tests.browser.servers import Running, free_port

GAP_S = 20
PERSON = "somebody-on-a-train"
KNOCK_EACH_SECOND = "() => { window.socket.io.reconnectionDelayMax(1000); }"
"""Usually up to five pass between two tries: with the gap too near to the thirty that a page is kept."""


class Line:
    """A TCP line between browser and server that can be cut: nothing passes, and nobody new gets through."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._sockets: list[socket.socket] = [self._listener]
        self._threads: list[threading.Thread] = []
        self._is_cut = False
        self._begin(self._accept)

    def cut(self) -> None:
        self._is_cut = True
        for one in self._sockets[1:]:
            _shut(one)

    def mend(self) -> None:
        self._is_cut = False

    def close(self) -> None:
        for one in self._sockets:
            _shut(one)
        for thread in self._threads:
            thread.join(5)
        for one in self._sockets:
            one.close()

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # shut: the test is over
            while True:
                near, _ = self._listener.accept()
                self._sockets.append(near)
                if self._is_cut:
                    _shut(near)
                    continue
                far = socket.create_connection(("127.0.0.1", self._target))
                self._sockets.append(far)
                self._begin(_carry, near, far)
                self._begin(_carry, far, near)


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    _shut(source)
    _shut(sink)


def _shut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def person(people: People) -> str:
    people({"subscriberId": PERSON, "firstName": "Grace", "lastName": "Hopper"})
    return PERSON


@pytest.fixture
def line(dashboard: Running) -> Iterator[Line]:
    made = Line(int(dashboard.url.rpartition(":")[2]))
    yield made
    made.close()


def told(page: Page) -> Locator:
    """What the band says of the connection."""
    return page.locator(".band").get_by_role("status")


def mark(page: Page) -> None:
    """To tell whether this very page is still there later."""
    page.evaluate("() => { window.isTheSamePage = true; }")


def is_same(page: Page) -> bool:
    return bool(page.evaluate("() => window.isTheSamePage === true"))


def test_a_gap_of_twenty_seconds_loses_nothing_that_was_typed(
    new_context: NewContext, signed_in: dict[str, Any], line: Line, person: str, api_calls: httpx.Client
) -> None:
    page = new_context(base_url=line.url, storage_state=signed_in).new_page()
    page.goto(f"/subscribers/{person}?edit=last_name")
    page.get_by_label("Last name").fill("Typed before")
    expect(page.get_by_text("Will change: Last name.")).to_be_visible()
    mark(page)
    page.evaluate(KNOCK_EACH_SECOND)
    line.cut()
    is_over = time.monotonic() + GAP_S
    expect(told(page)).to_have_text("Connection lost. Trying again…")
    expect(page.locator("#popup")).to_be_hidden()
    page.get_by_label("First name").fill("Typed meanwhile")
    page.wait_for_timeout(max(0.0, 1000 * (is_over - time.monotonic())))
    line.mend()
    expect(told(page)).to_have_text("Connected again.")
    assert is_same(page), "it was not loaded again"
    expect(page.get_by_label("Last name")).to_have_value("Typed before")
    expect(page.get_by_label("First name")).to_have_value("Typed meanwhile")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Typed meanwhile Typed before")
    stored = api_calls.get(f"/v2/subscribers/{person}").json()["data"]
    assert (stored["firstName"], stored["lastName"]) == ("Typed meanwhile", "Typed before")


@contextmanager
def started(folder: Path, api: Running, port: int) -> Iterator[Running]:
    """A dashboard on a port that stays the same over a restart."""
    with servers.dashboard(folder, api_url=api.url, at_port=str(port)) as running:
        yield running


def test_a_restart_says_so_and_restores_the_page_from_its_address(
    new_context: NewContext, api: Running, person: str, tmp_path: Path
) -> None:
    add_accounts(tmp_path / "data", {"ada": "operator"})
    port = free_port()
    context = new_context(base_url=f"http://127.0.0.1:{port}")
    page = context.new_page()
    with started(tmp_path, api, port) as first:
        page.goto("/subscribers?name=Grace&size=25")
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("row").filter(has_text="Grace Hopper")).to_be_visible()
        form = context.new_page()
        form.on("dialog", lambda dialog: dialog.accept())
        form.goto(f"/subscribers/{person}?edit=last_name")
        form.get_by_label("Last name").fill("Half-typed")
        for one in (page, form):
            mark(one)
        first.process.kill()
        first.process.wait()
        expect(told(page)).to_have_text("Connection lost. Trying again…")
        expect(page.get_by_text(RESTARTED)).to_be_hidden()
    with started(tmp_path, api, port):
        for one in (page, form):
            one.wait_for_function("() => !window.isTheSamePage", timeout=60_000)
        expect(page).to_have_url(re.compile(r"/subscribers\?name=Grace&size=25$"))
        expect(page.get_by_role("row").filter(has_text="Grace Hopper")).to_be_visible()
        expect(page.get_by_role("status").filter(has_text=RESTARTED)).to_be_visible()
        page.get_by_role("button", name="Close", exact=True).click()
        expect(page.get_by_text(RESTARTED)).to_be_hidden()
        page.reload()
        expect(page.get_by_role("row").filter(has_text="Grace Hopper")).to_be_visible()
        expect(page.get_by_text(RESTARTED)).to_be_hidden()
        expect(form.get_by_role("status").filter(has_text=RESTARTED)).to_be_visible()
        expect(form.get_by_label("Last name")).to_have_value("Half-typed")
        form.get_by_role("button", name="Save changes").click()
        expect(form.get_by_role("heading", level=1)).to_have_text("Grace Half-typed")
