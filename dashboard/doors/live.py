"""Sessions end in open tabs too: their handlers stop at once, and the tabs are sent to sign in."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import Client

from dashboard import paths
from dashboard.auth.sessions import Session, Sessions
from dashboard.clock import Clock
from dashboard.doors.pages import open_pages, owner_of, session_of

Later = Callable[[Awaitable[None]], object]
EVERY_S = 1.0
GOODBYE_S = 0.5  # until a page that was sent away is taken down
_SEEN_EVERY = 30  # checks between two writes that a session was used


class LiveSessions:
    """Knows which open pages may still do something. Asked on each event, so it answers from memory.

    `later` runs what is to happen meanwhile. What time ends is over at that very moment; what ends in another
    process is noticed by `check`, which runs once a second.
    """

    def __init__(
        self, sessions: Sessions, clock: Clock, *, later: Later, goodbye_s: float = GOODBYE_S
    ) -> None:
        self._later, self._goodbye_s = later, goodbye_s
        self._sessions = sessions
        self._clock = clock
        self._over: frozenset[str] = frozenset()
        self._known: dict[str, Session] = {}
        self._used: set[str] = set()
        self._checks = 0
        self._leaving: set[str] = set()

    def hears(self, client: Client, *, counts_as_use: bool = True) -> bool:
        """Whether a message of this page still counts.

        What a person does keeps the session alive; what the page says by itself, to reconnect or to confirm
        what it was sent, does not: else a page that refreshes itself would stay signed in for good.
        """
        opened = session_of(client.request.scope)
        if opened is None or opened.id in self._over:
            return False
        session, now = self._known.get(opened.id, opened), self._clock.now()
        if now >= session.until:
            return False
        if counts_as_use:
            self._known[session.id] = replace(session, seen_at=now)
            self._used.add(session.id)
        return True

    async def is_alive(self, session_id: str) -> bool:
        """Asks the database; does not count as use."""
        return bool(await self._sessions.alive_among([session_id]))

    async def look(self) -> None:
        """Ask which sessions are over; from now on their pages are deaf."""
        owners = frozenset(owner for client in open_pages() if (owner := owner_of(client)))
        alive = await self._sessions.alive_among(owners) if owners else dict[str, Session]()
        self._known = {one.id: _newer(one, self._known.get(one.id)) for one in alive.values()}
        over = owners - alive.keys()
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
        """One whose browser is gone is deaf; if that comes back, it is sent away then."""
        if not _is_open(client) or client.id in self._leaving:
            return
        self._leaving.add(client.id)
        client.open(paths.sign_in(client.sub_pages_router.current_path, is_over=True))
        self._later(self._take_down(client))

    async def _take_down(self, client: Client) -> None:
        await asyncio.sleep(self._goodbye_s)
        self._leaving.discard(client.id)
        if _is_open(client):
            client.delete()


def _is_open(client: Client) -> bool:
    """Once its browser is gone NiceGUI takes a page down by itself, and fails where that has been done."""
    return client.has_socket_connection and not client.is_deleted


def _newer(stored: Session, known: Session | None) -> Session:
    """Use is written down only now and then; here it is known at once."""
    return known if known and known.seen_at > stored.seen_at else stored
