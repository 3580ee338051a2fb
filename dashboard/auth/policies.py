"""What administrators decide for everybody: who may reveal secrets, and what viewers see of a person."""

from dataclasses import dataclass
from enum import StrEnum, unique

from sqlalchemy import Connection, delete, insert, select

from dashboard.auth.permissions import Permission, Role, allows
from dashboard.storage import Database
from dashboard.storage.tables import POLICIES


@unique
class Reveals(StrEnum):
    """Who may look at webhook addresses and device tokens in clear."""

    OPERATORS = "operators"
    ADMINS = "admins"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Policy:
    """The decisions as they stand; the defaults hold until an administrator decides otherwise."""

    reveals: Reveals = Reveals.OPERATORS
    masks_for_viewers: bool = False

    def allows(self, role: Role, permission: Permission) -> bool:
        """The table of roles, and for secrets the reveal policy on top of it."""
        if not allows(role, permission):
            return False
        if permission is not Permission.REVEAL:
            return True
        return self.reveals is Reveals.OPERATORS or (self.reveals is Reveals.ADMINS and role is Role.ADMIN)

    def masks(self, role: Role) -> bool:
        """Whether personal data is masked for this role, whatever the person wants."""
        return self.masks_for_viewers and role is Role.VIEWER


class Policies:
    """Kept in the database for all replicas. `current` is what this process heard last, for what is shown."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.current = Policy()

    async def refresh(self) -> Policy:
        """Hear what other processes decided; asked before every action."""
        rows = await self._database.read(lambda connection: connection.execute(select(POLICIES)).all())
        kept = {row.name: row.value for row in rows}
        self.current = Policy(
            reveals=Reveals(kept.get("reveals", Reveals.OPERATORS)),
            masks_for_viewers=kept.get("masks_for_viewers") == "yes",
        )
        return self.current

    async def decide(self, policy: Policy) -> None:
        """Keep it; it holds from now on."""
        values = {
            "reveals": policy.reveals.value,
            "masks_for_viewers": "yes" if policy.masks_for_viewers else "no",
        }

        def keep(connection: Connection) -> None:
            connection.execute(delete(POLICIES))
            connection.execute(insert(POLICIES), [{"name": n, "value": v} for n, v in values.items()])

        await self._database.write(keep)
        self.current = policy
