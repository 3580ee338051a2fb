"""Which runs of workflows are wanted; lives in the URL. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta

from api_client import RunFilter

CHANNELS = {
    "": "Every channel",
    "in_app": "In-app",
    "email": "E-mail",
    "sms": "SMS",
    "push": "Push",
    "chat": "Chat",
}
MOST = 200


@dataclass(frozen=True)
class RunsWanted:
    """All given parts must hold. `workflow` is one's `_id`; `since` and `until` are whole days, UTC."""

    channel: str = ""
    workflow: str = ""
    transaction: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "RunsWanted":
        """Read a URL; what makes no sense is left out."""
        wanted = cls()
        for name in NAMES:
            wanted = wanted.narrowed(name, query.get(name, ""))
        return wanted

    def to_query(self) -> dict[str, str]:
        return {name: value for name in NAMES if (value := getattr(self, name))}

    def narrowed(self, name: str, value: str) -> "RunsWanted":
        """With one part of it changed, or taken out."""
        value = value.strip()[:MOST]
        is_sound = value in CHANNELS if name == "channel" else name not in DAYS or _day(value) is not None
        return replace(self, **{name: value if is_sound else ""})

    @property
    def is_empty(self) -> bool:
        return self == EVERY_RUN

    def asks(self) -> RunFilter:
        """The same as the API is asked it: up to the last millisecond of `until`."""
        since, until = _day(self.since), _day(self.until)
        return RunFilter(
            channel=self.channel or None,
            workflow=self.workflow or None,
            transaction=self.transaction or None,
            after=_moment(since) if since else None,
            before=_moment(until, -timedelta(milliseconds=1)) if until else None,
        )

    def as_query(self) -> dict[str, str]:
        """The same as a query to show."""
        asked = self.asks()
        known = {
            "channels": asked.channel,
            "templates": asked.workflow,
            "transactionId": asked.transaction,
            "after": asked.after,
            "before": asked.before,
        }
        return {name: value for name, value in known.items() if value}


EVERY_RUN = RunsWanted()
NAMES = tuple(one.name for one in fields(RunsWanted))
DAYS = ("since", "until")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year < date.max.year else None


def _moment(day: date, less: timedelta | None = None) -> str:
    """The beginning of a day; with `less`, the end of it."""
    moment = datetime.combine(day, time(), UTC)
    if less is not None:
        moment += timedelta(days=1) + less
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
