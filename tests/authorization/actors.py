"""The nine actors of the matrix: what they hold, and what is left of it when they come."""

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dashboard.auth import Role
from dashboard.context import AppContext

PASSWORD = "a sentence that nobody guesses"
Spoil = Callable[[AppContext, str], Awaitable[None]]


async def _nothing(ctx: AppContext, name: str) -> None:
    """Nothing happens meanwhile."""


async def _locked(ctx: AppContext, name: str) -> None:
    await ctx.operators.lock(name)


async def _lowered(ctx: AppContext, name: str) -> None:
    await ctx.operators.set_role(name, Role.VIEWER)


def _aged(column: str, minutes: int) -> Spoil:
    async def age(ctx: AppContext, name: str) -> None:
        with sqlite3.connect(ctx.settings.data_dir / "dashboard.sqlite") as own:
            moved = f"UPDATE sessions SET {column} = datetime({column}, '-{minutes} minutes') WHERE actor = ?"
            own.execute(moved, (name,))
        own.close()
        assert ctx.sessions.on_ended
        await ctx.sessions.on_ended()  # the look at all sessions that comes every second

    return age


@dataclass(frozen=True)
class Actor:
    """`role` is what the account had at sign-in; `is_live` whether the session still counts afterwards.

    `with_anothers_page`: comes with the client id of a page that somebody else opened.
    """

    name: str
    role: Role | None
    spoil: Spoil = _nothing
    is_live: bool = True
    with_anothers_page: bool = False

    @property
    def account(self) -> str:
        return self.name.replace(" ", "-").replace("'", "")

    @property
    def rights(self) -> Role | None:
        """What may be done in one's own pages by now."""
        return self.role if self.is_live else None


ACTORS = (
    Actor("anonymous", None, is_live=False),
    Actor("viewer", Role.VIEWER),
    Actor("operator", Role.OPERATOR),
    Actor("admin", Role.ADMIN),
    Actor("locked with a live session", Role.ADMIN, _locked, is_live=False),
    Actor("role lowered mid-session", Role.ADMIN, _lowered, is_live=False),
    Actor("expired by idleness", Role.ADMIN, _aged("seen_at", 31), is_live=False),
    Actor("expired by age", Role.ADMIN, _aged("began_at", 12 * 60 + 1), is_live=False),
    Actor("holder of another's client id", Role.ADMIN, with_anothers_page=True),
)
