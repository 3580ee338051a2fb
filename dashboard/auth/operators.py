"""The people who may sign in: name, role, password, and whether they are locked."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.auth.links import LOCAL_ACTOR
from dashboard.auth.passwords import Passwords, check_strength
from dashboard.auth.permissions import Role
from dashboard.auth.sessions import Sessions
from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import OPERATORS

LONGEST_NAME = 60


@dataclass(frozen=True)
class Operator:
    """Somebody with an account; a locked one cannot sign in. `is_federated`: signs in elsewhere."""

    name: str
    role: Role
    is_locked: bool
    created_at: datetime
    is_federated: bool = False
    password_hash: str = field(default="", repr=False)


class NameTaken(Refusal):
    """There is an operator of this name."""

    def __init__(self) -> None:
        super().__init__("There is an operator of this name already.")


class BadName(Refusal):
    """The name cannot be used."""

    def __init__(self) -> None:
        super().__init__(
            f"A name has 2 to {LONGEST_NAME} letters, digits or . _ @ + - and begins with a letter or digit."
        )


class NoSuchOperator(Refusal):
    """Nobody has this name."""

    def __init__(self) -> None:
        super().__init__("There is no operator of this name.")


class SignsInElsewhere(Refusal):
    """Whoever comes by single sign-on has no password here."""

    def __init__(self) -> None:
        super().__init__("This operator comes by single sign-on and has no password here.")


class FirstIsAdmin(Refusal):
    """The first account closes the one-time link, so it must be able to make the others."""

    def __init__(self) -> None:
        super().__init__("The first account must be an administrator: it closes the one-time link.")


class LastAdmin(Refusal):
    """Without an administrator nobody could let anyone in again."""

    def __init__(self) -> None:
        super().__init__("This is the last administrator who can sign in. Make someone else one first.")


class Operators:
    """Keeps the accounts. What takes a right away ends that person's sessions everywhere at once."""

    def __init__(self, database: Database, sessions: Sessions, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._sessions = sessions
        self._passwords = passwords
        self._clock = clock

    async def any(self) -> bool:
        """Whether there is an account: then the one-time link is closed."""
        count = select(func.count()).select_from(OPERATORS)
        return await self._database.read(lambda connection: connection.execute(count).scalar_one()) > 0

    async def all(self) -> tuple[Operator, ...]:
        wanted = select(OPERATORS).order_by(OPERATORS.c.name)
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return tuple(_operator(row) for row in rows)

    async def get(self, name: str) -> Operator | None:
        row = await self._row(name)
        return _operator(row) if row else None

    async def has(self, name: str) -> bool:
        """Whether there is an operator of this name."""
        return await self._row(name) is not None

    async def has_password(self, name: str) -> bool:
        """Whether this operator signs in here, and not elsewhere."""
        row = await self._row(name)
        return row is not None and row.identity is None

    async def add(self, name: str, role: Role, password: str) -> None:
        """Raises BadName, NameTaken or WeakPassword."""
        _check_name(name)
        await check_strength(password, name)
        await self._insert(name, role, password_hash=await self._passwords.hash(password))

    async def set_password(self, name: str, password: str) -> None:
        """A new password ends the sessions that the old one opened.

        Raises NoSuchOperator, WeakPassword, or SignsInElsewhere.
        """
        row = await self._row(name)
        if row is not None and row.identity is not None:
            raise SignsInElsewhere
        await check_strength(password, name)
        await self._change(name, password_hash=await self._passwords.hash(password))
        await self._sessions.end_all_of(name)

    async def set_role(self, name: str, role: Role) -> None:
        """Raises NoSuchOperator or LastAdmin."""
        await self._change(name, role=role.value)
        await self._sessions.end_all_of(name)

    async def lock(self, name: str) -> None:
        """Out at once, and not in again. Raises NoSuchOperator or LastAdmin."""
        await self._change(name, is_locked=True)
        await self._sessions.end_all_of(name)

    async def unlock(self, name: str) -> None:
        await self._change(name, is_locked=False)

    async def check(self, name: str, password: str) -> Operator | None:
        """The operator, if name and password are right and the account is open; takes as long for a No."""
        row = await self._row(name)
        is_right = await self._passwords.matches(password, row.password_hash or None if row else None)
        if row is None or not is_right or row.is_locked:
            return None
        operator = _operator(row)
        return await self._rehashed(operator, password) if self._is_outdated(operator) else operator

    async def is_unchanged(self, operator: Operator) -> bool:
        """Whether role, lock and password are still as they were when `operator` was read."""
        row = await self._row(operator.name)
        return row is not None and _operator(row) == operator

    async def locked_out(self, identity: str) -> None:
        """The identity provider lets this person in no more: nor do the sessions that are open."""
        same = select(OPERATORS.c.name).where(OPERATORS.c.identity == identity)
        name = await self._database.read(lambda connection: connection.execute(same).scalar_one_or_none())
        if name is not None:
            await self._sessions.end_all_of(name)

    async def arrived(self, identity: str, name: str, role: Role) -> Operator:
        """Somebody was let in by the identity provider: known again by `identity`, whatever the name.

        A role that changed there ends the sessions that the old one opened. Raises NameTaken where the name
        belongs to somebody else.
        """
        same_identity = OPERATORS.c.identity == identity
        same = select(OPERATORS).where(same_identity)
        row = await self._database.read(lambda connection: connection.execute(same).one_or_none())
        if row is None:
            await self._insert(name, role, password_hash="", identity=identity)
            row = await self._database.read(lambda connection: connection.execute(same).one())
        elif row.role != role.value:  # even the last administrator's: the provider decides
            change = update(OPERATORS).where(same_identity).values(role=role.value)
            await self._database.write(lambda connection: connection.execute(change))
            await self._sessions.end_all_of(row.name)
        return replace(_operator(row), role=role)

    def _is_outdated(self, operator: Operator) -> bool:
        return self._passwords.is_outdated(operator.password_hash)

    async def _rehashed(self, operator: Operator, password: str) -> Operator:
        """With a stronger hash of the same password, unless it has been changed meanwhile."""
        newer = await self._passwords.hash(password)
        same = (OPERATORS.c.name == operator.name, OPERATORS.c.password_hash == operator.password_hash)
        change = update(OPERATORS).where(*same).values(password_hash=newer)
        await self._database.write(lambda connection: connection.execute(change))
        return replace(operator, password_hash=newer)

    async def _insert(self, name: str, role: Role, **values: str) -> None:
        row: dict[str, Any] = {"name": name, "role": role.value, "is_locked": False, **values}
        row["created_at"] = self._clock.now()
        try:
            await self._database.write(lambda connection: connection.execute(insert(OPERATORS).values(row)))
        except IntegrityError:
            raise NameTaken from None

    async def _change(self, name: str, **values: object) -> None:
        """Raises NoSuchOperator, or LastAdmin when nobody who can let others in would be left."""

        def change(connection: Connection) -> None:
            same = OPERATORS.c.name == name
            before = connection.execute(select(OPERATORS).where(same)).one_or_none()
            if before is None:
                raise NoSuchOperator
            connection.execute(update(OPERATORS).where(same).values(values))
            was_admin = before.role == Role.ADMIN.value and not before.is_locked
            if was_admin and connection.execute(_OPEN_ADMINS).scalar_one() == 0:
                raise LastAdmin

        await self._database.write(change)

    async def _row(self, name: str) -> Row[Any] | None:
        wanted = select(OPERATORS).where(OPERATORS.c.name == name)
        return await self._database.read(lambda connection: connection.execute(wanted).one_or_none())


_OPEN_ADMINS = (
    select(func.count())
    .select_from(OPERATORS)
    .where(OPERATORS.c.role == Role.ADMIN.value, OPERATORS.c.is_locked.is_(False))
)


def _check_name(name: str) -> None:
    fits = 2 <= len(name) <= LONGEST_NAME and name[:1].isalnum() and name != LOCAL_ACTOR
    if not fits or not all(sign.isalnum() or sign in "._@+-" for sign in name):
        raise BadName


def _operator(row: Row[Any]) -> Operator:
    role = Role(row.role)
    is_federated = row.identity is not None
    return Operator(row.name, role, bool(row.is_locked), row.created_at, is_federated, row.password_hash)
