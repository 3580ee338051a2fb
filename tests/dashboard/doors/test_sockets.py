"""A page's client id alone opens nothing: only sockets of the page's own, living session are heard."""

from collections.abc import Awaitable
from types import SimpleNamespace
from typing import Any

import pytest
from nicegui import Client
from starlette.types import Scope

from dashboard.auth import Role, Session, Sessions
from dashboard.doors.live import LiveSessions
from dashboard.doors.sockets import DEEDS, MESSAGES, SocketGuard
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock

PAGE = "6b1f0f7e-0000-4000-8000-000000000001"


class Server:
    """As much of a socket server as the guard touches: handlers by name, and what a socket came with."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.sockets: dict[str, Session | None] = {}
        names = (*MESSAGES, "connect")
        self.handlers: dict[str, dict[str, Any]] = {"/": {name: self._handler(name) for name in names}}

    def _handler(self, name: str) -> Any:
        async def connect(sid: str, environ: Any, auth: Any = None) -> None:
            self.heard.append(name)

        return connect if name == "connect" else lambda sid, message: self.heard.append(name)

    def get_environ(self, sid: str) -> dict[str, Any]:
        return {"asgi.scope": scope_of(self.sockets[sid]), "QUERY_STRING": f"client_id={PAGE}"}

    async def connect(self, sid: str) -> object:
        return await self.handlers["/"]["connect"](sid, self.get_environ(sid))

    def send(self, sid: str, name: str) -> object:
        return self.handlers["/"][name](sid, {"client_id": PAGE})


def scope_of(session: Session | None) -> Scope:
    return {"type": "websocket", "path": "/", "headers": [], "state": {"session": session} if session else {}}


@pytest.fixture
def sessions(database: Database, clock: SetClock) -> Sessions:
    return Sessions(database, clock)


async def signed_in(sessions: Sessions, name: str) -> Session:
    found = await sessions.find(await sessions.create(name, Role.ADMIN))
    assert found
    return found


@pytest.fixture
async def ada(sessions: Sessions) -> Session:
    return await signed_in(sessions, "ada")


@pytest.fixture
def page(ada: Session, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The only open page, one of ada's; `sent_to` is where it was sent."""
    shown = SimpleNamespace(
        id=PAGE,
        request=SimpleNamespace(scope=scope_of(ada)),
        is_deleted=False,
        has_socket_connection=True,
        sent_to=[],
        taken_down=[],
        sub_pages_router=SimpleNamespace(current_path="/subscribers?q=x"),
    )
    shown.delete = lambda: shown.taken_down.append(PAGE)
    shown.open = shown.sent_to.append
    monkeypatch.setattr(Client, "instances", {PAGE: shown})  # as much of a page as is asked for
    return shown


@pytest.fixture
def live(sessions: Sessions, clock: SetClock) -> LiveSessions:
    later = lambda work: work.close()  # noqa: E731 - a coroutine that nobody waits for
    return LiveSessions(sessions, clock, later=later)


@pytest.fixture
def refusals() -> list[str]:
    return []


@pytest.fixture
def server(live: LiveSessions, refusals: list[str]) -> Server:
    def refused(_: Scope, reason: str) -> Awaitable[None]:
        refusals.append(reason)
        return None  # type: ignore[return-value]  # nothing to wait for

    made = Server()
    SocketGuard(made, live, on_refused=refused, later=lambda work: work).install()
    return made


async def test_ones_own_socket_is_heard(server: Server, page: Any, ada: Session) -> None:
    server.sockets["own"] = ada
    await server.connect("own")
    for name in MESSAGES:
        server.send("own", name)
    assert server.heard == ["connect", *MESSAGES]


@pytest.mark.parametrize("who", ["stranger", "another operator"])
async def test_a_stolen_client_id_is_heard_by_nobody(
    server: Server, page: Any, sessions: Sessions, refusals: list[str], who: str
) -> None:
    server.sockets["thief"] = None if who == "stranger" else await signed_in(sessions, "eve")
    assert await server.connect("thief") is False
    for name in MESSAGES:
        assert server.send("thief", name) is False
    assert server.heard == []
    assert len(refusals) == len(MESSAGES) + 1


async def test_an_open_tab_is_deaf_and_sent_away_once_its_session_is_over(
    server: Server, page: Any, sessions: Sessions, live: LiveSessions, ada: Session
) -> None:
    server.sockets["own"] = ada
    await live.check()
    assert page.sent_to == []
    await sessions.end_all_of("ada")
    await live.check()
    await live.check()
    assert page.sent_to == ["/sign-in?next=%2Fsubscribers%3Fq%3Dx&over=1"]
    server.send("own", "event")
    assert server.heard == []


@pytest.mark.parametrize("stays", [True, False], ids=["still here", "gone by itself"])
async def test_only_a_page_whose_browser_is_still_here_is_taken_down(
    page: Any, sessions: Sessions, clock: SetClock, ada: Session, stays: bool
) -> None:
    """NiceGUI takes the others down, and would put a stack into the log where that has been done."""
    begun: list[Awaitable[None]] = []
    live = LiveSessions(sessions, clock, later=begun.append, goodbye_s=0)
    await sessions.end_all_of("ada")
    await live.check()
    page.has_socket_connection = stays
    await begun[0]
    assert page.taken_down == ([PAGE] if stays else [])


async def test_a_page_that_comes_back_after_its_session_ended_is_sent_away_then(
    page: Any, sessions: Sessions, live: LiveSessions, ada: Session
) -> None:
    page.has_socket_connection = False
    await sessions.end_all_of("ada")
    await live.check()
    assert page.sent_to == []
    page.has_socket_connection = True
    await live.check()
    assert len(page.sent_to) == 1


async def test_a_session_that_time_ends_is_over_at_that_moment(
    server: Server, page: Any, live: LiveSessions, clock: SetClock, ada: Session
) -> None:
    server.sockets["own"] = ada
    clock.forward(minutes=29)
    server.send("own", "event")
    clock.forward(minutes=29, seconds=59)
    server.send("own", "event")
    clock.forward(minutes=30)
    assert server.send("own", "event") is False
    assert server.heard == ["event", "event"]


async def test_what_a_page_says_by_itself_does_not_keep_its_session_alive(
    server: Server, page: Any, live: LiveSessions, clock: SetClock, ada: Session
) -> None:
    server.sockets["own"] = ada
    for _ in range(29):
        clock.forward(minutes=1)
        for name in sorted(set(MESSAGES) - DEEDS):
            server.send("own", name)
        await live.check()
    clock.forward(minutes=1)
    await live.check()
    assert page.sent_to


async def test_what_a_person_does_keeps_the_session_alive_for_twelve_hours_and_not_longer(
    server: Server, page: Any, sessions: Sessions, live: LiveSessions, clock: SetClock, ada: Session
) -> None:
    server.sockets["own"] = ada
    for _ in range(12 * 3 - 1):
        clock.forward(minutes=20)
        assert server.send("own", "event") is None
        for _ in range(30):
            await live.check()
    clock.forward(minutes=20)
    assert server.send("own", "event") is False
