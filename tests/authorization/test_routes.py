"""Every route that is registered is either one of the few open ones or answers nobody without a session."""

from collections.abc import AsyncIterator

import httpx
import nicegui
import pytest
from nicegui import Client, app, ui
from nicegui.testing import User
from starlette.routing import Mount, Route

from dashboard import paths
from dashboard.auth import Role, gate
from dashboard.auth.cookies import NAME
from tests import harness
from tests.authorization.ways import opened

OPEN = {
    paths.SIGN_IN, paths.SECOND_STEP, paths.SIGN_ON, paths.SIGNED_ON, paths.OPEN, paths.HEALTH, paths.READY,
    paths.METRICS, "/assets/{path:path}", "/favicon.ico",
}  # fmt: skip
BELOW = tuple(
    ("GET", f"{path}/x")
    for path in (paths.SIGN_IN, paths.SECOND_STEP, paths.OPEN, paths.HEALTH, "/favicon.ico")
)
PAGES = (("GET", "/"), ("GET", "/subscribers"), ("GET", "/_nicegui/auto/static/x"))
LIBRARIES = ("static", "libraries", "components", "resources", "dynamic_resources", "esm")


@pytest.fixture
async def http(user: User) -> AsyncIterator[httpx.AsyncClient]:
    ctx = harness.current().ctx
    page = await opened(await ctx.sessions.create("root", Role.ADMIN))
    with page:
        ui.upload()  # registers a route of its own
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        yield client
    await ctx.api.aclose()


def is_open(path: str) -> bool:
    part = path.split("/")[3] if path.startswith("/_nicegui/") and path.count("/") > 2 else ""
    return path in OPEN or (part in LIBRARIES and not path.startswith("/_nicegui/client"))


async def test_without_a_session_no_route_and_no_upload_is_reached(http: httpx.AsyncClient) -> None:
    closed = [
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route) and not is_open(route.path)
        for method in route.methods or ()
    ]
    assert any("/upload/" in path for _, path in closed)
    assert any(path == "/exports/{export_id}" for _, path in closed)
    for method, path in [*closed, *PAGES, *BELOW]:
        answer = await http.request(method, path)
        assert answer.status_code in (303, 401), (method, path)
        assert answer.headers.get("location", "/sign-in").startswith("/sign-in")


async def test_the_socket_is_not_reached_either(http: httpx.AsyncClient) -> None:
    assert any(isinstance(route, Mount) and route.path == "/_nicegui_ws" for route in app.routes)
    socket = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    assert (await http.get(socket)).status_code == 401
    ctx = harness.current().ctx
    cookie = {"Cookie": f"{NAME}={await ctx.sessions.create('root', Role.ADMIN)}"}
    assert (await http.get(socket, headers={**cookie, "Origin": "https://evil.example"})).status_code == 403
    assert (await http.get(socket, headers={**cookie, "Origin": "http://test"})).status_code == 200


async def test_signing_in_gives_a_new_session_and_not_the_one_a_stranger_set(http: httpx.AsyncClient) -> None:
    ctx = harness.current().ctx
    link = await ctx.links.issue()
    planted = "planted-by-a-stranger"
    answer = await http.get(f"{paths.OPEN}?token={link}", headers={"Cookie": f"{NAME}={planted}"})
    cookie = answer.headers["set-cookie"]
    assert planted not in cookie
    assert all(flag in cookie.lower() for flag in ("httponly", "samesite=lax", "path=/"))
    token = answer.cookies[NAME]
    assert await ctx.sessions.find(token)
    held = {"Cookie": f"{NAME}={token}"}
    assert (await http.get(f"{paths.OPEN}?token={await ctx.links.issue()}", headers=held)).status_code == 303
    assert await ctx.sessions.find(token) is None, "the one it held before is over"
    secure = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://test")
    async with secure:
        answer = await secure.get(f"{paths.OPEN}?token={await ctx.links.issue()}")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"__Host-{NAME}=")
    assert "secure" in cookie.lower()
    assert "domain" not in cookie.lower()


NOTHING = ("/assets/nothing", *(f"/_nicegui/{nicegui.__version__}/{part}/nothing" for part in LIBRARIES))


async def test_no_stranger_makes_the_server_build_a_page(http: httpx.AsyncClient) -> None:
    before = set(Client.instances)
    for path in (*gate.OPEN, *gate.SIGN_ON, *NOTHING):
        answer = await http.get(path)
        assert answer.status_code < 500, path
        assert set(Client.instances) == before, path
