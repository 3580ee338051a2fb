"""The one-time link in the terminal: how the first person gets in while there are no operator accounts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from dashboard.auth.permissions import Role
from dashboard.auth.sessions import Sessions
from dashboard.auth.tokens import TokenMaker, new_token, token_id
from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import LINKS

LIFETIME = timedelta(minutes=10)
LOCAL_ACTOR = "local"


class LinkRefused(Refusal):
    """The link was used before, is too old, or was never given out; which of them is not said."""

    def __init__(self) -> None:
        super().__init__("This link has been used or is too old. Start the dashboard again for a new one.")


class SignInLinks:
    """Give out links that work once within ten minutes."""

    def __init__(
        self, database: Database, sessions: Sessions, clock: Clock, *, make_token: TokenMaker = new_token
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._clock = clock
        self._make_token = make_token

    async def issue(self) -> str:
        """A fresh token for the link; forgets links that are too old."""
        token, now = self._make_token(), self._clock.now()
        row = {"id": token_id(token), "expires_at": now + LIFETIME}
        await self._database.write(lambda connection: _add_and_forget_old(connection, row, now))
        return token

    async def redeem(self, token: str) -> str:
        """Turn a link's token into the token of a new session with every right, once.

        Raises LinkRefused. Of two people who redeem one link together, one gets in.
        """
        now = self._clock.now()
        use = (
            update(LINKS)
            .where(LINKS.c.id == token_id(token), LINKS.c.used_at.is_(None), LINKS.c.expires_at > now)
            .values(used_at=now)
        )
        used = await self._database.write(lambda connection: connection.execute(use).rowcount)
        if used != 1:
            raise LinkRefused
        return await self._sessions.create(LOCAL_ACTOR, Role.ADMIN)


def _add_and_forget_old(connection: Connection, row: Mapping[str, object], now: datetime) -> None:
    connection.execute(delete(LINKS).where(LINKS.c.expires_at <= now))
    connection.execute(insert(LINKS).values(dict(row)))
