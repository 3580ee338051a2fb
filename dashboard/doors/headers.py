"""Headers that every answer carries: nothing is guessed, framed, kept or told to other sites."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
ON_HTTPS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


class SafeHeaders:
    """Adds them; what an answer says itself about caching stays, and without a word it is not kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = ALWAYS | (ON_HTTPS if scope["scheme"] == "https" else {})

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                headers.update(wanted)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, add)
