"""What the person's preferences and schedule let through. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api_client import Preferences
from dashboard import wording
from dashboard.channels import WORDS, ChannelKind
from dashboard.effective import Effect, effect
from dashboard.reach.model import Facts, Fix, Reason, Weight
from dashboard.reach.schedule import Quiet, quiet_at

_NAMED = 3
_FIX = Fix("Open preferences", "preferences")
_IN_NOVU = Fix("Open Novu's workflows", "novu", "workflows")


def by_preferences(facts: Facts, kind: ChannelKind) -> tuple[Reason, ...]:
    """For the chosen workflow, or for all that use the channel."""
    preferences = facts.preferences
    if preferences is None:
        text = "The preferences could not be read, so it is not known whether this is switched off."
        return (Reason("pref.unknown", text, "doubts", is_unknown=True),)
    if facts.workflow is not None:
        return tuple(_of_one(facts, preferences, facts.workflow, kind))
    return tuple(_of_all(facts, preferences, kind))


def by_schedule(facts: Facts, kind: ChannelKind) -> tuple[Reason, ...]:
    """Quiet hours hold everything but the in-app feed and critical workflows."""
    schedule = facts.preferences.global_.schedule if facts.preferences else None
    if kind == "in_app" or not schedule or not schedule.get("isEnabled"):
        return ()
    if facts.workflow in facts.critical:
        return (Reason("schedule.ignored", "Critical workflow: quiet hours are ignored.", "notes"),)
    zone = _zone(facts.person.timezone)
    if zone is None:
        text = "Quiet hours are set, but no usable time zone is stored, so the server's own zone counts."
        fix = Fix("Set the time zone", "profile", "timezone")
        return (Reason("schedule.no_timezone", text, "doubts", fix),)
    local = facts.now.astimezone(zone)
    try:
        quiet = quiet_at(schedule, local)
    except ValueError:
        text = "Quiet hours are set in a form that this dashboard does not know."
        return (Reason("schedule.unreadable", text, "doubts", _FIX),)
    return (_quiet(quiet, local),) if quiet else ()


def _of_one(facts: Facts, preferences: Preferences, workflow: str, kind: ChannelKind) -> Iterator[Reason]:
    entry = next((one for one in preferences.workflows if one.workflow.identifier == workflow), None)
    if entry is None:
        yield Reason(
            "workflow.unknown", f"No active workflow “{workflow}” has preferences here.", "doubts", _FIX
        )
        return
    name, is_critical = entry.workflow.name or workflow, workflow in facts.critical
    result = effect(entry, preferences.global_, kind, is_critical=is_critical)
    if result is None:
        yield Reason("workflow.no_step", f"“{name}” has no {WORDS[kind]} step.", "blocks", _IN_NOVU)
    elif is_critical:
        yield Reason("workflow.critical", "Critical workflow: preferences are ignored.", "notes")
    elif result.is_on is None:
        yield Reason("workflow.unset", result.words, "doubts", _FIX)
    elif not result.is_on:
        yield Reason(f"workflow.off_{result.rule}", result.words, "blocks", _FIX)
    elif result.rule == "own":
        yield Reason("workflow.on_own", result.words, "notes", _FIX)


def _of_all(facts: Facts, preferences: Preferences, kind: ChannelKind) -> Iterator[Reason]:
    found = dict(_effects(facts, preferences, kind))
    on = [name for name, result in found.items() if result.is_on is not False]
    off = [name for name, result in found.items() if result.is_on is False]
    critical = [name for name, result in found.items() if result.is_locked and result.is_on is not False]
    is_off_overall = preferences.global_.channels.get(kind) is False
    if not found:
        if is_off_overall:
            yield _off_overall(kind, "blocks")
        text = f"No active workflow sends {WORDS[kind]} at present, so there is nothing to receive."
        yield Reason("pref.unused", text, "doubts", _IN_NOVU)
        return
    if is_off_overall:
        yield _off_overall(kind, "doubts" if on else "blocks")
        kept = [name for name in on if name not in critical]
        if kept:
            text = f"Still on for {_listed(kept)}, by the person's own choice."
            yield Reason("pref.kept_on", text, "notes", _FIX)
    else:
        yield from _of_those_that_send(kind, found)
    if critical and off:
        text = f"Sent all the same, as critical workflows ignore preferences: {_listed(critical)}."
        yield Reason("pref.critical_anyway", text, "notes")


def _of_those_that_send(kind: ChannelKind, found: Mapping[str, Effect]) -> Iterator[Reason]:
    """The channel is not off overall: how the workflows that send on it stand."""
    off = [name for name, result in found.items() if result.is_on is False]
    if all(result.is_on is None for result in found.values()):
        text = "The server says neither on nor off for any workflow; it may be that nothing is sent."
        yield Reason("pref.unset", text, "doubts", _FIX)
    elif len(off) == len(found):
        text = f"Switched off for every workflow that sends {WORDS[kind]}."
        yield Reason("pref.off_everywhere", text, "blocks", _FIX)
    elif off:
        text = f"Off for {len(off)} of {wording.count(len(found), 'workflow')}: {_listed(off)}."
        yield Reason("pref.some_off", text, "notes", _FIX)


def _effects(facts: Facts, preferences: Preferences, kind: ChannelKind) -> Iterator[tuple[str, Effect]]:
    for entry in preferences.workflows:
        workflow = entry.workflow
        is_critical = workflow.identifier in facts.critical
        result = effect(entry, preferences.global_, kind, is_critical=is_critical)
        if result:
            yield workflow.name or workflow.identifier, result


def _off_overall(kind: ChannelKind, weight: Weight) -> Reason:
    text = f"The person has switched {WORDS[kind]} off for everything."
    return Reason("pref.off_overall", text, weight, _FIX)


def _quiet(quiet: Quiet, local: datetime) -> Reason:
    if quiet.until is None:
        text = "The person's schedule has no open hours at all."
        return Reason("schedule.never", text, "blocks", _FIX)
    day = "" if quiet.until.date() == local.date() else f"{quiet.until:%A} "
    text = f"Quiet hours until {day}{quiet.until:%H:%M} their time; it is {local:%H:%M} there."
    return Reason("schedule.quiet", text, "blocks", _FIX)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
