"""Sessions end in open tabs too: their handlers stop at once, and the tabs are sent to sign in."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import Client

from dashboard import paths
from dashboard.auth.sessions import Sessions
from dashboard.doors.pages import open_pages, owner_of

Later = Callable[[Awaitable[None]], object]
EVERY_S = 1.0
GOODBYE_S = 0.5  # until a page that was sent away is taken down
_SEEN_EVERY = 30  # checks between two writes that a session was used


class LiveSessions:
    """Knows which open pages may still do something. Asked on each event, so it answers from memory.

    `later` runs what is to happen meanwhile.
    What ends elsewhere (another process, time) is noticed by `check`, which runs once a second."""

    def __init__(self, sessions: Sessions, *, later: Later) -> None:
        self._later = later
        self._sessions = sessions
        self._over: frozenset[str] = frozenset()
        self._used: set[str] = set()
        self._checks = 0
        self._leaving: set[str] = set()

    def hears(self, client: Client) -> bool:
        """Whether an event of this page still counts; one that does keeps its session alive."""
        owner = owner_of(client)
        if not owner or owner in self._over:
            return False
        self._used.add(owner)
        return True

    async def is_alive(self, session_id: str) -> bool:
        """Asks the database; does not count as use."""
        return bool(await self._sessions.alive_among([session_id]))

    async def look(self) -> None:
        """Ask which sessions are over; from now on their pages are deaf."""
        owners = frozenset(owner for client in open_pages() if (owner := owner_of(client)))
        over = owners - await self._sessions.alive_among(owners) if owners else owners
        self._over = over | (self._over & owners)  # what is over stays over, whichever look ends first

    async def check(self) -> None:
        """Look, and send the pages away whose sessions are over."""
        await self._write_use()
        pages = [(client, owner_of(client)) for client in open_pages()]
        await self.look()
        for client, owner in pages:
            if owner in self._over:
                self._send_away(client)

    async def _write_use(self) -> None:
        self._checks += 1
        if self._used and self._checks >= _SEEN_EVERY:
            used, self._used, self._checks = self._used, set(), 0
            await self._sessions.used(used)

    def _send_away(self, client: Client) -> None:
        if client.is_deleted or client.id in self._leaving:
            return
        self._leaving.add(client.id)
        client.open(paths.sign_in(client.sub_pages_router.current_path, is_over=True))
        self._later(self._take_down(client))

    async def _take_down(self, client: Client) -> None:
        await asyncio.sleep(GOODBYE_S)
        self._leaving.discard(client.id)
        if not client.is_deleted:
            client.delete()
