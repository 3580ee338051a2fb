"""A subscriber's preferences: global choices, choices per workflow, and how they merge."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from .foreign import Record
from .home import Home

GLOBAL = ""
CHANNELS = ("in_app", "sms", "email", "push", "chat")
Choice = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Preferences:
    """The stored choices of one subscriber, by workflow id; the global ones under an empty id."""

    db: sqlite3.Connection
    subscriber: int
    home: Home

    def choices(self) -> dict[str, Choice]:
        rows = self.db.execute(
            "SELECT workflow, doc FROM preferences WHERE subscriber = ?", (self.subscriber,)
        )
        return {workflow: orjson.loads(doc) for workflow, doc in rows}

    def set_global(self, channels: Mapping[str, Any], schedule: Any, now: str) -> None:
        """Sets channels for all workflows, which drops earlier choices for single ones."""
        choices = self.choices()
        known = choices.pop(GLOBAL, {"channels": {}})
        if schedule is not None:
            known["schedule"] = schedule
        self._save(GLOBAL, {**known, "channels": {**known["channels"], **channels}, "updatedAt": now})
        for workflow, choice in choices.items():
            kept = {name: value for name, value in choice["channels"].items() if name not in channels}
            self._save(workflow, {**choice, "channels": kept})

    def set_workflow(self, workflow: str, channels: Mapping[str, Any], now: str) -> None:
        known = self.choices().get(workflow, {"channels": {}})
        self._save(workflow, {"channels": {**known["channels"], **channels}, "updatedAt": now})

    def global_view(self, workflows: list[Record]) -> Choice:
        """Only channels in which one of the workflows has an active step."""
        choice = self.choices().get(GLOBAL, {"channels": {}})
        used = {channel for workflow in workflows for channel in active_channels(workflow)}
        shown: Choice = {
            "enabled": True,
            "channels": {c: choice["channels"].get(c, True) for c in sorted(used)},
        }
        return shown | ({"schedule": choice["schedule"]} if "schedule" in choice else {})

    def merged(self, workflow: Record, channels: list[str]) -> Choice:
        """The value of each channel: the workflow's own choice, else the global one, else on."""
        choices = self.choices()
        general = choices.get(GLOBAL, {"channels": {}})["channels"]
        own = choices.get(workflow["_id"], {"channels": {}})["channels"]
        return {channel: own.get(channel, general.get(channel, True)) for channel in channels}

    def _save(self, workflow: str, choice: Choice) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO preferences VALUES (?, ?, ?)",
            (self.subscriber, workflow, orjson.dumps(choice).decode()),
        )


def active_channels(workflow: Record) -> list[str]:
    used = {step["channel"] for step in workflow["steps"] if step["active"]}
    return [channel for channel in CHANNELS if channel in used]


def overrides(channels: list[str]) -> list[dict[str, str]]:
    """The service names the subscriber as the source of each channel, whatever was chosen."""
    return [{"channel": channel, "source": "subscriber"} for channel in channels]


def resolve(home: Home, workflow_id: str) -> Record | None:
    """A workflow by internal id, identifier or slug."""
    names = ("_id", "identifier", "slug")
    return next((one for one in home.seed["workflows"] if workflow_id in [one[n] for n in names]), None)


def wrong_channels(channels: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The channels whose value is neither a truth value nor null."""
    for name, value in channels.items():
        if name in CHANNELS and value is not None and not isinstance(value, bool):
            yield name, value
