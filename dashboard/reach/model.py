"""The words of the reach panel as data: what is known, a verdict for each channel, and its reasons."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from api_client import Integration, Preferences, Subscriber
from dashboard.channels import WORDS, ChannelKind

Weight = Literal["blocks", "missing", "doubts", "notes"]
"""`missing`: nothing is stored yet, which is no fault; `blocks`: something is broken or switched off."""

Verdict = Literal["reachable", "unreachable", "unclear"]
VERDICTS: dict[Verdict, str] = {
    "reachable": "Reachable",
    "unreachable": "Not reachable",
    "unclear": "Unclear",
}
Place = Literal["profile", "preferences", "credentials", "novu"]
"""A tab of this person's page; `novu`: only Novu's own dashboard can do it."""


@dataclass(frozen=True)
class Fix:
    """Where a reason can be mended: a place, and what in it."""

    label: str
    place: Place
    target: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is; the id stays the same for ever, the words may change.

    `is_unknown`: something could not be read just now; asking again may help.
    """

    id: str
    text: str
    weight: Weight
    fix: Fix | None = None
    is_unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the verdicts are drawn from; None is what could not be read.

    `workflow`: ask about this workflow (its identifier) instead of about any. `critical` are the identifiers
    of workflows whose preferences are ignored. `now` is aware.
    """

    person: Subscriber
    integrations: tuple[Integration, ...] | None
    preferences: Preferences | None
    now: datetime
    critical: frozenset[str] = field(default_factory=frozenset[str])
    workflow: str | None = None


@dataclass(frozen=True)
class Reach:
    """One channel: its reasons, the heaviest first.

    Of the tokens or connections `stored` counts all and `amount` those that can be used.
    """

    kind: ChannelKind
    reasons: tuple[Reason, ...]
    amount: int = 0
    stored: int = 0

    @property
    def name(self) -> str:
        return WORDS[self.kind]

    @property
    def verdict(self) -> Verdict:
        weights = {reason.weight for reason in self.reasons}
        if weights & {"blocks", "missing"}:
            return "unreachable"
        return "unclear" if "doubts" in weights else "reachable"

    @property
    def tone(self) -> str:
        """The colour's name: red only for what is broken or switched off, not for what was never given."""
        weights = {reason.weight for reason in self.reasons}
        if "blocks" in weights:
            return "bad"
        if "missing" in weights:
            return "none"
        return "warn" if "doubts" in weights else "good"
