"""The embedded API with hostile text for its own harmless names, and in the errors of one person."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import orjson
import uvicorn

from api_client.embedded import create_embedded_api
from tests.browser.hostile import ALL, SHORT
from tests.browser.servers import KEY

REFUSED = "refused-everywhere"
NAMES = ("Welcome V2", "inbox plain", "slack", "fcm")
"""Of workflows and integrations."""
Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]


class Hostile:
    """Calls about `refused-everywhere` fail but for the person itself; all other answers get evil names."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if REFUSED in path and not path.endswith(REFUSED):
            await _answer(send, 422, orjson.dumps(_refusal()))
            return
        await self._renamed(scope, receive, send)

    async def _renamed(self, scope: Message, receive: Any, send: Any) -> None:
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        status, body = 0, b""

        async def keep(message: Message) -> None:
            nonlocal status, body
            status = message.get("status", status)
            body += message.get("body", b"")

        await self._app(scope, receive, keep)
        for name in NAMES:
            evil = orjson.dumps({"name": f"{name} {ALL}"})[1:-1]
            body = body.replace(orjson.dumps({"name": name})[1:-1], evil)
        await _answer(send, status, body)


def _refusal() -> dict[str, Any]:
    errors = {"general": {"messages": [SHORT], "value": SHORT}, SHORT: {"messages": [SHORT]}}
    return {"statusCode": 422, "message": SHORT, "error": SHORT, "errors": errors, "path": SHORT, "ctx": {}}


async def _answer(send: Any, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    app = Hostile(create_embedded_api(subscribers=3, api_key=KEY))
    config = uvicorn.Config(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", lifespan="off")
    asyncio.run(uvicorn.Server(config).serve())
