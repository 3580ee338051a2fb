"""Nobody gets anything without a session, nothing comes from another site, and each refusal is on record."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from dashboard.audit import AuditLog, Seal
from dashboard.auth import Role, Sessions
from dashboard.auth.cookies import NAME
from dashboard.auth.gate import SameOrigin, SessionGate
from dashboard.doors.turned_away import TurnedAway
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock

HOST = "http://dashboard.test"


async def inside(request: Request) -> Response:
    return PlainTextResponse("inside")


@pytest.fixture
def sessions(database: Database, clock: SetClock) -> Sessions:
    return Sessions(database, clock)


@pytest.fixture
def audit(database: Database, clock: SetClock) -> AuditLog:
    return AuditLog(database, clock, environment=lambda: "Test", seal=Seal("secret"))


@pytest.fixture
def app(sessions: Sessions, audit: AuditLog, clock: SetClock) -> ASGIApp:
    inner = Starlette(routes=[Route("/{path:path}", inside, methods=["GET", "POST"])])
    away = TurnedAway(audit, sessions, clock, most_a_minute=5)
    return SameOrigin(SessionGate(inner, sessions=sessions, on_refused=away), on_refused=away)


def client(app: ASGIApp, **cookies: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOST, cookies=cookies)


@pytest.mark.parametrize(
    "path", ["/", "/subscribers/u?tab=feed", "/exports/x", "/_nicegui/client/a/upload/1"]
)
@pytest.mark.parametrize("way", ["anonymous", "invented", "ended", "idle", "old"])
async def test_without_a_live_session_there_is_nothing(
    app: ASGIApp, sessions: Sessions, audit: AuditLog, clock: SetClock, way: str, path: str
) -> None:
    token = await sessions.create("ada", Role.ADMIN)
    if way == "ended":
        await sessions.end_all_of("ada")
    clock.forward(hours={"idle": 0.6, "old": 13}.get(way, 0))
    cookies = {} if way == "anonymous" else {NAME: "invented" if way == "invented" else token}
    answer = await client(app, **cookies).get(path)
    assert answer.status_code == (401 if path.startswith("/_nicegui") else 303)
    assert "inside" not in answer.text
    (line,) = await audit.page()
    assert (line.name, line.outcome.value, line.detail) == ("door.refused", "refused", "no live session")
    assert line.actor == ("" if way in {"anonymous", "invented"} else "ada")


async def test_a_live_session_opens_everything(app: ASGIApp, sessions: Sessions, audit: AuditLog) -> None:
    signed_in = client(app, **{NAME: await sessions.create("ada", Role.VIEWER)})
    assert (await signed_in.get("/subscribers")).text == "inside"
    assert (await signed_in.post("/_nicegui/client/a/upload/1")).text == "inside"
    assert await audit.page() == ()


@pytest.mark.parametrize("origin", ["https://evil.example", "http://dashboard.test.evil.example", "null"])
async def test_a_form_from_another_site_is_refused(
    app: ASGIApp, sessions: Sessions, audit: AuditLog, origin: str
) -> None:
    signed_in = client(app, **{NAME: await sessions.create("ada", Role.ADMIN)})
    answer = await signed_in.post("/sign-out", headers={"Origin": origin})
    assert answer.status_code == 403
    assert [line.detail for line in await audit.page()] == ["from another site"]
    assert (await signed_in.post("/sign-out", headers={"Origin": HOST})).text == "inside"


@pytest.mark.parametrize(
    ("here", "page", "status"),
    [
        ("https", "https", 200),
        ("http", "http", 200),
        ("https", "http", 403),
        ("http", "https", 200),
    ],
    ids=["https", "http", "whoever sits in the line wrote the page", "behind a proxy that is not believed"],
)
async def test_on_https_a_page_of_plain_http_is_another_site(
    app: ASGIApp, sessions: Sessions, here: str, page: str, status: int
) -> None:
    name = f"__Host-{NAME}" if here == "https" else NAME
    cookie = f"{name}={await sessions.create('ada', Role.ADMIN)}"
    async with client(app) as signed_in:
        answer = await signed_in.post(
            f"{here}://dashboard.test/sign-out",
            headers={"Origin": f"{page}://dashboard.test", "Cookie": cookie},
        )
    assert answer.status_code == status


async def test_a_socket_without_a_session_is_closed_before_it_opens(app: ASGIApp) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": "/_nicegui_ws/socket.io/",
        "scheme": "ws",
        "headers": [],
        "client": None,
    }
    await app(scope, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]


async def test_knocking_does_not_fill_the_log(app: ASGIApp, audit: AuditLog, clock: SetClock) -> None:
    stranger = client(app)
    for _ in range(9):
        assert (await stranger.get("/subscribers")).status_code == 303
    assert len(await audit.page()) == 5
    clock.forward(minutes=2)
    await stranger.get("/subscribers")
    assert len(await audit.page()) == 6


async def test_on_https_only_the_cookie_of_this_very_host_counts(app: ASGIApp, sessions: Sessions) -> None:
    token = await sessions.create("ada", Role.ADMIN)
    transport = httpx.ASGITransport(app=app)
    for name, status in ((NAME, 303), (f"__Host-{NAME}", 200)):
        async with httpx.AsyncClient(transport=transport, base_url="https://dashboard.test") as visitor:
            answer = await visitor.get("/subscribers", headers={"Cookie": f"{name}={token}"})
        assert answer.status_code == status


async def test_a_socket_that_polls_does_not_keep_its_session_alive(
    app: ASGIApp, sessions: Sessions, clock: SetClock
) -> None:
    signed_in = client(app, **{NAME: await sessions.create("ada", Role.VIEWER)})
    for _ in range(3):
        clock.forward(minutes=9)
        assert (await signed_in.get("/_nicegui_ws/socket.io/?transport=polling")).status_code == 200
    clock.forward(minutes=3)
    assert (await signed_in.get("/subscribers")).status_code == 303
