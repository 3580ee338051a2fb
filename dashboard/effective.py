"""What a preference comes to for one workflow and channel, and which rule decided it. Pure."""

from dataclasses import dataclass
from typing import Literal

from api_client import GlobalPreference, WorkflowPreference

Rule = Literal["critical", "own", "overall", "workflow", "default", "unset"]
SHORT: dict[Rule, str] = {
    "critical": "critical",
    "own": "own choice",
    "overall": "overall",
    "workflow": "workflow default",
    "default": "default",
    "unset": "not said",
}


@dataclass(frozen=True)
class Effect:
    """`is_on` is None where the server says neither yes nor no; `words` say who decided."""

    is_on: bool | None
    rule: Rule
    words: str

    @property
    def is_locked(self) -> bool:
        return self.rule == "critical"


def effect(
    entry: WorkflowPreference, overall: GlobalPreference, channel: str, *, is_critical: bool
) -> Effect | None:
    """The result for one cell; None where the workflow has no step on this channel.

    The server answers with the merged value and names `subscriber` as its source whoever set it. So the rule
    is inferred: a value unlike the overall one is the person's own, if the person ever changed this workflow
    (then the entry has a date), else the workflow's default.
    """
    if channel not in entry.channels:
        return None
    value = entry.channels[channel]
    if is_critical:
        return Effect(value, "critical", "Critical workflow: the person's preferences are ignored.")
    if value is None:
        return Effect(None, "unset", "The server says neither on nor off.")
    if value:
        return _on(overall.channels.get(channel))
    return _off(overall.channels.get(channel), is_own=entry.updated_at is not None)


def _on(overall: bool | None) -> Effect:
    if overall is False:
        return Effect(True, "own", "The person keeps it on for this workflow, though it is off overall.")
    return Effect(True, "default", "On: nobody has switched it off.")


def _off(overall: bool | None, *, is_own: bool) -> Effect:
    if overall is False:
        return Effect(False, "overall", "Off because the person switched the channel off for everything.")
    if is_own:
        return Effect(False, "own", "The person switched it off for this workflow.")
    return Effect(False, "workflow", "Off by the workflow's own default; the person has not chosen.")
