"""Until when a message can be snoozed: offered moments, and one typed on the person's clock. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

SOONEST = timedelta(minutes=1)
"""Servers ask for so much, and the call takes a moment, too."""
LATEST = timedelta(days=366)
_MARGIN = timedelta(seconds=5)


class BadMoment(ValueError):
    """A message cannot be snoozed until then; the text says why."""


@dataclass(frozen=True)
class Offer:
    """A moment that one click chooses."""

    name: str
    until: datetime


def offers(now: datetime, zone: tzinfo | None) -> tuple[Offer, ...]:
    """In an hour, and at nine on the person's next morning; without a zone that is UTC's."""
    there = zone or UTC
    morning = datetime.combine(now.astimezone(there).date() + timedelta(days=1), time(9), there)
    return Offer("In an hour", now + timedelta(hours=1)), Offer("Tomorrow at 9:00", morning)


def typed(text: str, now: datetime, zone: tzinfo | None) -> datetime:
    """`2026-11-26T09:00` on the person's clock, in UTC: an hour that a clock skips is the one after it.

    Raises BadMoment.
    """
    there = zone or UTC
    try:
        wall = datetime.fromisoformat(text.strip())
    except ValueError as flaw:
        raise BadMoment("Choose a day and a time.") from flaw
    if wall.tzinfo is not None:
        raise BadMoment("Choose a day and a time without a zone: it is the person's.")
    if wall - now.astimezone(there).replace(tzinfo=None) > LATEST:
        raise BadMoment("Choose a moment within a year.")
    if wall <= now.astimezone(there).replace(tzinfo=None) - timedelta(days=1):
        raise BadMoment("That moment has passed.")
    until = wall.replace(tzinfo=there).astimezone(UTC)
    if not can_wait(until, now):
        raise BadMoment("Choose a moment that is more than a minute ahead.")
    return until


def can_wait(until: datetime, now: datetime) -> bool:
    """Whether it is far enough ahead for a server to take it."""
    return until.astimezone(UTC) - now >= SOONEST + _MARGIN


def said(moment: datetime, zone: tzinfo | None) -> str:
    """`Thu 26 Nov 2026, 09:00 (Europe/Berlin)`."""
    return f"{on_their_clock(moment, zone)} ({zone or 'UTC'})"


def on_their_clock(moment: datetime, zone: tzinfo | None) -> str:
    """The same where the zone is named beside it."""
    local = moment.astimezone(zone or UTC)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
