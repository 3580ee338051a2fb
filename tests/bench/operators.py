"""Operators without a browser: fetch a page, shake hands as NiceGUI does, click, and await the answer."""

import asyncio
import html
import json
import re
import time
from collections.abc import Callable
from typing import Any, Self
from uuid import uuid4

import aiohttp
import socketio

Element = dict[str, Any]
PATIENCE_S = 20.0
MOST_TOLD = 1000


class OperatorPage:
    """One open page: its elements as the server told them, and the time its clicks take to be answered."""

    def __init__(self, url: str, cookies: dict[str, str], http: aiohttp.ClientSession) -> None:
        self._url, self._cookies, self._http = url, cookies, http
        self._socket = socketio.AsyncClient(
            reconnection=False,
            http_session=http,
            websocket_extra_options={"compress": 15},  # offered as browsers do; it costs a server memory
        )
        self._news = asyncio.Condition()
        self._query: dict[str, Any] = {}
        self._next_message = 0
        self.elements: dict[int, Element] = {}
        self.told: list[str] = []
        self.is_cut_off = False

    async def open(self, path: str) -> Self:
        """Load the page and connect its socket."""
        closing = {"Connection": "close"}  # a browser opens a socket on a connection of its own
        address = f"{self._url}{path}"
        async with self._http.get(address, cookies=self._cookies, headers=closing) as answer:
            text = await answer.text()
            assert answer.status == 200, answer.status
        client_id = re.search(r"'client_id': '([0-9a-f-]{36})'", text)
        tree = re.search(r"parseElements\(String\.raw`(.*?)`\)", text, re.S)
        assert client_id, "this is no NiceGUI page"
        assert tree, "this page has no elements"
        self._merge(json.loads(html.unescape(tree.group(1))))
        self._query = {"client_id": client_id.group(1), "document_id": str(uuid4()), "tab_id": str(uuid4())}
        self._socket.on("*", self._hear)
        self._socket.on("disconnect", self._end)
        query = "&".join(f"{name}={value}" for name, value in self._query.items())
        await self._socket.connect(
            f"{self._url}?{query}&next_message_id=0&implicit_handshake=true",
            headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())},
            socketio_path="/_nicegui_ws/socket.io",
            transports=["websocket"],
        )
        self._acknowledging = asyncio.get_running_loop().create_task(self._acknowledge())
        return self

    async def close(self) -> None:
        self._acknowledging.cancel()
        await self._socket.disconnect()

    def find(self, matches: Callable[[Element], bool]) -> tuple[int, Element] | None:
        """The first element for which `matches` holds, with its number."""
        return next(((number, one) for number, one in self.elements.items() if matches(one)), None)

    async def until(self, holds: Callable[[], bool], *, within_s: float = PATIENCE_S) -> None:
        """Wait until what the server told makes `holds` true. Raises TimeoutError."""
        async with asyncio.timeout(within_s), self._news:
            await self._news.wait_for(holds)

    async def emit(self, number: int, event: str, *arguments: Any) -> None:
        """Send what the browser sends when an element's event fires."""
        listener = next(one for one in self.elements[number]["events"] if one["type"] == event)
        message = {
            "id": number,
            "client_id": self._query["client_id"],
            "listener_id": listener["listener_id"],
            "args": [json.dumps(argument) for argument in arguments],
        }
        await self._socket.emit("event", message)

    async def timed(self, click: Callable[[], Any], holds: Callable[[], bool]) -> float:
        """Milliseconds from a click to the message that makes `holds` true."""
        began = time.perf_counter()
        await click()
        await self.until(holds)
        return (time.perf_counter() - began) * 1000

    async def _hear(self, event: str, *arguments: Any) -> None:
        payload = arguments[0] if arguments else None
        if isinstance(payload, dict) and "_id" in payload:
            self._next_message = int(payload["_id"]) + 1
        if event == "update" and isinstance(payload, dict):
            self._merge({key: value for key, value in payload.items() if key != "_id"})
        elif len(self.told) < MOST_TOLD:
            self.told.append(f"{event} {payload}"[:300])
        async with self._news:
            self._news.notify_all()

    async def _acknowledge(self) -> None:
        """Every three seconds, as NiceGUI's script does: the server keeps what was not acknowledged."""
        acknowledged = 0
        while not self.is_cut_off:
            await asyncio.sleep(3)
            if self._next_message > acknowledged and not self.is_cut_off:
                acknowledged = self._next_message
                message = {"client_id": self._query["client_id"], "next_message_id": acknowledged}
                await self._socket.emit("ack", message)

    def _merge(self, update: dict[str, Any]) -> None:
        for key, element in update.items():
            if element is None:
                self.elements.pop(int(key), None)
            else:
                self.elements[int(key)] = element

    async def _end(self, *_: Any) -> None:
        self.is_cut_off = True
        async with self._news:
            self._news.notify_all()
