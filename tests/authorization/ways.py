"""The five ways in, each tried as a stranger would: with whatever cookie and client id the actor holds."""

import asyncio
import json
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

import httpx
from nicegui import Client, app, background_tasks, core, ui
from starlette.types import Scope

from dashboard.auth import Session
from dashboard.auth.cookies import NAME
from dashboard.context import AppContext, Visit
from dashboard.exports import ExportFile
from dashboard.refusals import Refusal
from tests.authorization.deeds import DEEDS, Deed

TAB = "a-tab"


@dataclass
class Doorstep:
    """Where one actor stands: a cookie, and an open page on which every deed has a button and an upload."""

    ctx: AppContext
    token: str | None
    session: Session | None
    page: Client
    done: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    address: str = "127.0.0.1"
    standing: Set[asyncio.Task[Any]] = field(
        default_factory=lambda: frozenset(background_tasks.running_tasks)
    )

    def begin(self, address: str) -> None:
        """The next cell."""
        self.address = address
        self.done.clear()
        self.refused.clear()

    def http(self) -> httpx.AsyncClient:
        """From an address of its own, for of one address not every knock gets a line."""
        cookies = {NAME: self.token} if self.token else {}
        transport = httpx.ASGITransport(app=app, client=(self.address, 1))
        return httpx.AsyncClient(transport=transport, base_url="http://test", cookies=cookies)

    def scope(self) -> Scope:
        """The socket's own request, as the gate left it."""
        return socket_scope(self.session, self.address)


async def opened(token: str) -> Client:
    """A page of the session behind `token`, whose browser has opened its socket."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies={NAME: token}) as http:
        assert (await http.get("/jobs")).status_code == 200
    page = list(Client.instances.values())[-1]
    answer_as(socket_scope(page.request.state.session, "127.0.0.1"))
    hello = {"client_id": page.id, "tab_id": TAB, "document_id": TAB, "next_message_id": 0}
    assert await core.sio.handlers["/"]["handshake"]("test-own", hello)
    return page


def socket_scope(session: Session | None, address: str) -> Scope:
    state = {"session": session} if session else {}
    shared = {"type": "websocket", "scheme": "ws", "path": "/socket", "headers": []}
    return {**shared, "client": (address, 1), "state": state}


def answer_as(scope: Scope) -> None:
    """What the socket server says of the socket that a message came by."""
    core.sio.get_environ = lambda sid, namespace=None: {"asgi.scope": scope}  # type: ignore[method-assign]


@dataclass(frozen=True)
class Tools:
    """What a thief reads in a page: the ids of a button and its listener, the address of an upload."""

    button_id: int
    listener_id: str
    upload_url: str


def furnish(stand: Doorstep) -> dict[str, Tools]:
    """Give the page what it takes to do every deed, with the visit of whoever opened the page."""
    owner = stand.page.request.state.session
    visit = Visit(owner.actor, owner.id, owner.role)
    made: dict[str, Tools] = {}
    with stand.page:
        for deed in DEEDS:
            handler = _handler(stand, deed, visit)
            button, box = ui.button(on_click=handler), ui.upload(on_upload=handler)
            listener = next(iter(button._event_listeners.values()))
            made[deed.name] = Tools(button.id, listener.id, str(box.props["url"]))
    return made


def _handler(stand: Doorstep, deed: Deed, visit: Visit) -> Any:
    async def handle() -> None:
        try:
            await deed.do(stand.ctx, visit)
        except Refusal as refusal:
            stand.refused.append(type(refusal).__name__)
        else:
            stand.done.append(deed.name)

    return handle


async def page_get(stand: Doorstep, deed: Deed, _: object) -> bool:
    """Whether the page for it comes, and shows what it is for."""
    async with stand.http() as http:
        answer = await http.get(deed.page)
    if answer.status_code != 200:
        assert answer.status_code == 303
        return False
    await settled(stand.standing)
    await deed_is_shown(stand, deed)
    return not stand.refused


async def deed_is_shown(stand: Doorstep, deed: Deed) -> None:
    """A page that its reader may not see says so where its content would be."""
    newest = list(Client.instances.values())[-1]
    texts = [
        str(element.props.get("innerHTML", "")) + str(getattr(element, "text", ""))
        for element in newest.elements.values()
    ]
    if any("Your role does not include" in text for text in texts):
        stand.refused.append("told on the page")


async def socket_event(stand: Doorstep, deed: Deed, tools: dict[str, Tools]) -> bool:
    """A click on its button, replayed over the actor's own socket with the page's client and listener ids."""
    known = tools[deed.name]
    message = {
        "client_id": stand.page.id,
        "id": known.button_id,
        "listener_id": known.listener_id,
        "args": [json.dumps({})],
    }
    answer_as(stand.scope())
    heard = core.sio.handlers["/"]["event"]("a-socket", message)
    await settled(stand.standing)
    return heard is not False and stand.done == [deed.name]


async def upload(stand: Doorstep, deed: Deed, tools: dict[str, Tools]) -> bool:
    """A file sent to the address of its upload."""
    async with stand.http() as http:
        answer = await http.post(
            tools[deed.name].upload_url, files={"file": ("people.csv", b"subscriberId\nu")}
        )
    await settled(stand.standing)
    assert answer.status_code in (200, 401, 403)
    return answer.status_code == 200 and stand.done == [deed.name]


async def download(stand: Doorstep, deed: Deed, _: object) -> bool:
    """A file that the page's owner made with it."""
    path = stand.ctx.exports.folder / f"{deed.name.replace(' ', '-')}.csv"
    path.write_text("secret")
    file = ExportFile(path, path.name, "text/csv")
    owner = stand.page.request.state.session.id
    async with stand.http() as http:
        answer = await http.get(f"/exports/{stand.ctx.exports.add(file, session_id=owner)}")
    assert ("secret" in answer.text) == (answer.status_code == 200)
    return answer.status_code == 200


async def embedded_api(stand: Doorstep, deed: Deed, _: object) -> bool:
    """The API's own address, with the dashboard's cookie in place of the key."""
    method, path = deed.api
    async with stand.http() as http:
        answer = await http.request(method, path)
    assert answer.status_code in (303, 401, 404)
    return answer.status_code < 300


async def settled(standing: Set[asyncio.Task[Any]]) -> None:
    """Everything that was begun meanwhile has ended; `standing` are the tasks that never end."""
    while running := [task for task in background_tasks.running_tasks - standing if _ends(task)]:
        await asyncio.wait(running, timeout=60)
        assert all(task.done() for task in running), running


def _ends(task: asyncio.Task[Any]) -> bool:
    """A page's outbox and its timers live as long as the page."""
    is_for_ever = "Timer._run_in_loop" in repr(task.get_coro()) or task.get_name().startswith("outbox loop")
    return not task.done() and not is_for_ever


WAYS = {
    "page GET": page_get,
    "event over the socket": socket_event,
    "upload": upload,
    "download": download,
    "API": embedded_api,
}
