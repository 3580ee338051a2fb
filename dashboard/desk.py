"""What an operator finds again: the look of the list, recent and pinned people, saved views, shortcuts."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, delete, insert, or_, select

from dashboard.storage import Database
from dashboard.storage.tables import KEPT, VIEWS

MOST_RECENT = 12
MOST_PINNED = 12
MOST_VIEWS = 100
MOST_COLUMNS = 400
LONGEST_QUERY = 4000
"""Characters of a saved view's address."""


@dataclass(frozen=True)
class View:
    """A list under a name: `query` is its address without the path. `is_own`: this operator may delete it."""

    id: str
    name: str
    query: str
    is_shared: bool
    is_own: bool


class Desk:
    """Kept per operator. What names people belongs to one environment, told apart by its `fingerprint`."""

    def __init__(self, database: Database, *, fingerprint: str) -> None:
        self._database = database
        self._environment = fingerprint

    async def look(self, actor: str) -> Mapping[str, str]:
        """Columns, order, density and page size as the list's query values; empty at first."""
        found = await self._kept(actor, "look")
        if not isinstance(found, dict):
            return {}
        return {str(name): str(value) for name, value in cast("dict[Any, Any]", found).items()}

    async def keep_look(self, actor: str, query: Mapping[str, str]) -> None:
        await self._keep(actor, "look", dict(query))

    async def import_columns(self, actor: str) -> Mapping[str, str]:
        """Where columns of imported files went the last time, by their heading."""
        found = await self._kept(actor, "import columns")
        if not isinstance(found, dict):
            return {}
        return {str(name): str(key) for name, key in cast("dict[Any, Any]", found).items()}

    async def keep_import_columns(self, actor: str, columns: Mapping[str, str]) -> None:
        """Remember some more; the oldest beyond some hundred are forgotten."""
        before = await self.import_columns(actor)
        kept = {**{name: key for name, key in before.items() if name not in columns}, **columns}
        await self._keep(actor, "import columns", dict(list(kept.items())[-MOST_COLUMNS:]))

    async def has_shortcuts(self, actor: str) -> bool:
        """Whether single keys do something; on unless switched off."""
        return await self._kept(actor, "shortcuts") is not False

    async def keep_shortcuts(self, actor: str, *, on: bool) -> None:
        await self._keep(actor, "shortcuts", on)

    async def recent(self, actor: str) -> tuple[str, ...]:
        """Ids of the people opened last, the latest first."""
        return await self._people(actor, "recent")

    async def opened(self, actor: str, subscriber_id: str) -> None:
        """Put a person on top of the recent ones."""
        await self._put_first(actor, "recent", [subscriber_id], most=MOST_RECENT)

    async def pinned(self, actor: str) -> tuple[str, ...]:
        """Ids of the people that the operator pinned, the latest first."""
        return await self._people(actor, "pinned")

    async def pin(self, actor: str, subscriber_ids: Sequence[str]) -> None:
        """Keep these people at hand; beyond `MOST_PINNED` the oldest pins go."""
        await self._put_first(actor, "pinned", subscriber_ids, most=MOST_PINNED)

    async def unpin(self, actor: str, subscriber_id: str) -> None:
        rest = [one for one in await self.pinned(actor) if one != subscriber_id]
        await self._keep(actor, self._here("pinned"), rest)

    async def views(self, actor: str) -> tuple[View, ...]:
        """The operator's own views and the shared ones, by name."""
        wanted = (
            select(VIEWS)
            .where(VIEWS.c.environment == self._environment)
            .where(or_(VIEWS.c.actor == actor, VIEWS.c.is_shared))
            .order_by(VIEWS.c.name, VIEWS.c.id)
            .limit(MOST_VIEWS)
        )
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return tuple(View(row.id, row.name, row.query, row.is_shared, row.actor == actor) for row in rows)

    async def save_view(self, actor: str, name: str, query: str, *, is_shared: bool) -> None:
        """Save under a name; the operator's own view of that name is replaced."""
        same = (VIEWS.c.environment == self._environment) & (VIEWS.c.actor == actor) & (VIEWS.c.name == name)
        row = {
            "id": secrets.token_hex(8),
            "environment": self._environment,
            "actor": actor,
            "name": name,
            "query": query,
            "is_shared": is_shared,
        }

        def replace(connection: Connection) -> None:
            connection.execute(delete(VIEWS).where(same))
            connection.execute(insert(VIEWS).values(row))

        await self._database.write(replace)

    async def delete_view(self, actor: str, view_id: str) -> None:
        """Delete one of the operator's own views; another's stays."""
        own = delete(VIEWS).where(VIEWS.c.id == view_id, VIEWS.c.actor == actor)
        await self._database.write(lambda connection: connection.execute(own))

    async def _people(self, actor: str, list_name: str) -> tuple[str, ...]:
        found = await self._kept(actor, self._here(list_name))
        return tuple(str(one) for one in cast("list[Any]", found)) if isinstance(found, list) else ()

    async def _put_first(self, actor: str, list_name: str, ids: Sequence[str], *, most: int) -> None:
        all_of_them = dict.fromkeys([*ids, *await self._people(actor, list_name)])
        await self._keep(actor, self._here(list_name), list(all_of_them)[:most])

    def _here(self, list_name: str) -> str:
        return f"{list_name}:{self._environment}"

    async def _kept(self, actor: str, name: str) -> object:
        wanted = select(KEPT.c.value).where(KEPT.c.actor == actor, KEPT.c.name == name)
        return await self._database.read(lambda connection: connection.execute(wanted).scalar_one_or_none())

    async def _keep(self, actor: str, name: str, value: object) -> None:
        def replace(connection: Connection) -> None:
            connection.execute(delete(KEPT).where(KEPT.c.actor == actor, KEPT.c.name == name))
            connection.execute(insert(KEPT).values(actor=actor, name=name, value=value))

        await self._database.write(replace)
