"""Between password and code: what the browser carries meanwhile, sealed, for minutes, and no session."""

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum, unique

from dashboard.auth.operators import Operator
from dashboard.auth.safe import Safe, Unreadable
from dashboard.auth.second_factors import SecondFactor
from dashboard.auth.tokens import token_id
from dashboard.clock import Clock
from dashboard.refusals import Refusal

CODE_S = 300
SET_UP_S = 600  # an app may have to be installed first


@unique
class Then(StrEnum):
    """What somebody signs in for."""

    ENTER = "enter"
    SET_UP = "set-up"
    TURN_OFF = "turn-off"


class NotHalfway(Refusal):
    """Nothing was begun in this browser, too long ago, or the account was changed since."""

    def __init__(self, wanted: str = "") -> None:
        super().__init__("That took too long, or your account has been changed. Sign in again.")
        self.wanted = wanted


@dataclass(frozen=True)
class Halfway:
    """Whose password was right, and who is asked for a code.

    `key` is of a second factor that is being set up; `codes` are the recovery codes of one that just was.
    `mark` is of the account as it was then; another password, role or second factor makes this worthless.
    """

    name: str
    mark: str
    then: Then
    wanted: str
    key: str = field(default="", repr=False)
    codes: tuple[str, ...] = field(default=(), repr=False)


class Halfways:
    """Seals and reads them."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._safe, self._clock = Safe(secret, "halfway"), clock

    def sealed(self, half: Halfway) -> str:
        """For the browser; its time begins now."""
        return self._safe.seal(json.dumps({**asdict(half), "at": self._clock.now().timestamp()}))

    def read(self, sealed: str) -> Halfway:
        """Raises NotHalfway, which still knows the page that was wanted."""
        try:
            told = json.loads(self._safe.open(sealed))
        except Unreadable:
            raise NotHalfway from None
        began_at = told.pop("at")
        half = replace(Halfway(**told), then=Then(told["then"]), codes=tuple(told["codes"]))
        if self._clock.now().timestamp() - began_at >= (SET_UP_S if half.key or half.codes else CODE_S):
            raise NotHalfway(half.wanted)
        return half


def mark_of(operator: Operator, factor: SecondFactor | None) -> str:
    """Another one once password, role, lock or second factor is another."""
    told = (operator.role, operator.is_locked, operator.password_hash, factor.mark if factor else "")
    return token_id(repr(told))
