"""A browser that hangs up in the middle of an answer is nothing to raise an alarm about: one quiet line."""

import logging

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("dashboard")
GONE = 499  # what nginx writes down for it; nobody is there to read it
NO_MORE: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class HungUp:
    """Ends the answer where whoever was to give it found nobody waiting any more.

    NiceGUI's own middleware stands around ours, holds the beginning back until there is a body to compress,
    and takes no answer for a failure, with a stack in the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = is_over = False

        async def note(message: Message) -> None:
            nonlocal has_begun, is_over
            await send(message)
            has_begun = True
            is_over = message["type"] == "http.response.body" and not message.get("more_body", False)

        await self.app(scope, receive, note)
        if is_over:
            return
        log.info("the browser hung up before its answer", extra={"path": scope["path"]})
        if has_begun:
            await send(NO_MORE)
        else:
            await Response(status_code=GONE)(scope, receive, send)
