"""Can this person be reached, on which channel, and if not, why. Pure: facts in, verdicts out."""

from collections.abc import Callable

from dashboard.channels import ChannelKind
from dashboard.reach import stored, wanted
from dashboard.reach.model import VERDICTS, Facts, Fix, Place, Reach, Reason, Verdict, Weight
from dashboard.reach.stored import Found

_BY_STORED: dict[ChannelKind, Callable[[Facts], Found]] = {
    "in_app": stored.in_app,
    "email": stored.email,
    "sms": stored.sms,
    "push": stored.push,
    "chat": stored.chat,
}
_ORDER: dict[Weight, int] = {"blocks": 0, "missing": 1, "doubts": 2, "notes": 3}


def reach(facts: Facts) -> tuple[Reach, ...]:
    """A verdict for each channel; every reason that speaks against it is named, not only the first."""
    return tuple(_judge(facts, kind) for kind in _BY_STORED)


def _judge(facts: Facts, kind: ChannelKind) -> Reach:
    found = _BY_STORED[kind](facts)
    reasons = (*found.reasons, *wanted.by_preferences(facts, kind), *wanted.by_schedule(facts, kind))
    return Reach(
        kind, tuple(sorted(reasons, key=lambda reason: _ORDER[reason.weight])), found.amount, found.stored
    )


__all__ = ["VERDICTS", "Facts", "Fix", "Place", "Reach", "Reason", "Verdict", "reach"]
