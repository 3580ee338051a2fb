"""Who has a second factor: its key under seal, the codes that were used, the recovery codes as hashes."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from dashboard.auth.one_time_codes import DIGITS, new_recovery_codes, plain, step_of
from dashboard.auth.safe import Safe, Unreadable
from dashboard.auth.sessions import Sessions
from dashboard.auth.throttle import Throttle, TooManyTries
from dashboard.auth.tokens import token_id
from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import SECOND_FACTORS


class WrongCode(Refusal):
    """Not the code of these moments, or one that was used; which of them is not said."""

    def __init__(self) -> None:
        super().__init__(
            "That code is wrong or has been used already. Try the next one; if none works, let your phone "
            "set its clock automatically."
        )


class KeyLost(Refusal):
    """The key was sealed under another session secret: closed, until somebody resets it."""

    def __init__(self) -> None:
        super().__init__(
            "Codes cannot be checked: the dashboard's secret has changed since you set this up. "
            "Use a recovery code, or ask an administrator to reset your second factor."
        )


class NoSecondFactor(Refusal):
    """There is none to reset."""

    def __init__(self) -> None:
        super().__init__("This operator has no second factor.")


@dataclass(frozen=True)
class SecondFactor:
    """`mark` is another one after each set-up."""

    since: datetime
    recovery_left: int
    mark: str = field(repr=False)


class SecondFactors:
    """Turning one on or off ends that person's sessions, everywhere at once, as a new password does."""

    def __init__(self, database: Database, sessions: Sessions, clock: Clock, secret: str) -> None:
        self._database = database
        self._sessions = sessions
        self._clock = clock
        self._safe = Safe(secret, "second factor")
        self._throttle = Throttle(database, clock, of="code ")

    async def of(self, name: str) -> SecondFactor | None:
        return (await self.all()).get(name)

    async def all(self) -> Mapping[str, SecondFactor]:
        """By the names of those who have one."""
        rows = await self._database.read(lambda connection: connection.execute(select(SECOND_FACTORS)).all())
        return {
            row.operator: SecondFactor(row.since, len(row.recovery_codes), token_id(row.sealed_key))
            for row in rows
        }

    async def turn_on(self, name: str, key: str, code: str, *, instead_of: str) -> tuple[str, ...]:
        """The recovery codes, which are told nowhere again. Raises WrongCode.

        `instead_of` is the mark of the one it replaces, or empty: of two set-ups at once one counts.
        """
        now = self._clock.now()
        step = step_of(key, plain(code), now)
        if step is None:
            raise WrongCode
        codes = new_recovery_codes()
        values = {
            "operator": name,
            "sealed_key": self._safe.seal(key),
            "last_step": step,
            "recovery_codes": [token_id(plain(one)) for one in codes],
            "since": now,
        }

        def turn(connection: Connection) -> None:
            row = _row(connection, name)
            if (token_id(row.sealed_key) if row else "") != instead_of:
                raise WrongCode
            connection.execute(delete(SECOND_FACTORS).where(SECOND_FACTORS.c.operator == name))
            connection.execute(insert(SECOND_FACTORS).values(values))

        await self._database.write(turn)
        await self._sessions.end_all_of(name)
        return codes

    async def turn_off(self, name: str) -> None:
        """Raises NoSecondFactor."""
        theirs = delete(SECOND_FACTORS).where(SECOND_FACTORS.c.operator == name)
        if not await self._database.write(lambda connection: connection.execute(theirs).rowcount):
            raise NoSecondFactor
        await self._sessions.end_all_of(name)

    async def use(self, name: str, address: str, code: str) -> bool:
        """Whether it was a recovery code that fitted; whichever it was, it fits no second time.

        The try counts before it is looked at, apart from those of passwords: a right password does not take
        it back, and who only guesses passwords keeps nobody from typing a code.
        Raises TooManyTries, WrongCode or KeyLost.
        """
        wait = await self._throttle.try_now(name, address)
        if wait:
            raise TooManyTries(wait)
        typed, now = plain(code), self._clock.now()
        is_recovery = await self._database.write(lambda connection: self._take(connection, name, typed, now))
        await self._throttle.succeeded(name, address)
        return is_recovery

    def _take(self, connection: Connection, name: str, typed: str, now: datetime) -> bool:
        row = _row(connection, name)
        if row is None:
            raise WrongCode
        is_recovery = len(typed) != DIGITS
        taken = _without(row.recovery_codes, typed) if is_recovery else self._next_step(row, typed, now)
        theirs = update(SECOND_FACTORS).where(SECOND_FACTORS.c.operator == name)
        connection.execute(theirs.values(taken))
        return is_recovery

    def _next_step(self, row: Row[Any], typed: str, now: datetime) -> dict[str, int]:
        try:
            key = self._safe.open(row.sealed_key)
        except Unreadable:
            raise KeyLost from None
        step = step_of(key, typed, now)
        if step is None or step <= row.last_step:
            raise WrongCode
        return {"last_step": step}


def _without(hashes: list[str], typed: str) -> dict[str, list[str]]:
    left = [one for one in hashes if not hmac.compare_digest(one, token_id(typed))]
    if len(left) == len(hashes):
        raise WrongCode
    return {"recovery_codes": left}


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(SECOND_FACTORS).where(SECOND_FACTORS.c.operator == name)).one_or_none()
