"""A browser that hangs up in the middle of a page is nothing to raise an alarm about: one quiet line."""

import logging

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("dashboard")
GONE = 499  # what nginx writes down for it; nobody is there to read it


class HungUp:
    """Answers where whoever was to answer found nobody waiting any more.

    NiceGUI's own middleware stands around ours and takes no answer for a failure, with a stack in the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        await self.app(scope, receive, note)
        if not has_begun:
            log.info("the browser hung up before its answer", extra={"path": scope["path"]})
            await Response(status_code=GONE)(scope, receive, send)
