"""Which part of the log is looked at: the filter and the page, in the URL. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from dashboard.audit import AuditFilter, Outcome

LONGEST = 500
EVERYTHING = "all"
NAMES = ("who", "action", "about", "outcome", "where", "since", "until")


@dataclass(frozen=True)
class AuditState:
    """`outcome` empty: how everything ended, without the lines before. `since` and `until`: whole days, UTC.

    `before` and `after` are numbers of lines: older or newer ones than that are shown.
    """

    who: str = ""
    action: str = ""
    about: str = ""
    outcome: str = ""
    where: str = ""
    since: str = ""
    until: str = ""
    before: int | None = None
    after: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "AuditState":
        """Read a URL; what makes no sense is left out, never an error."""
        given = {name: query.get(name, "")[:LONGEST] for name in NAMES}
        state = cls(before=_number(query.get("before")), after=_number(query.get("after")))
        for name, value in given.items():
            state = state.filtered(name, value, stay=True)
        return state

    def to_query(self) -> dict[str, str]:
        """The URL of this state; what is not asked for is not in it."""
        query = {name: value for name in NAMES if (value := str(getattr(self, name)))}
        pages = {"before": self.before, "after": self.after}
        return query | {name: str(value) for name, value in pages.items() if value is not None}

    def filtered(self, name: str, value: str, *, stay: bool = False) -> "AuditState":
        """Another filter begins at its newest lines."""
        is_sound = {"since": _day, "until": _day, "outcome": _outcome}.get(name, bool)
        changed = replace(self, **{name: value if value and is_sound(value) else ""})  # type: ignore[arg-type]  # all of them texts
        return changed if stay else changed.filter

    def older_than(self, seq: int) -> "AuditState":
        return replace(self, before=seq, after=None)

    def newer_than(self, seq: int) -> "AuditState":
        return replace(self, before=None, after=seq)

    @property
    def filter(self) -> "AuditState":
        """Without the page."""
        return replace(self, before=None, after=None)

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) for name in NAMES)

    def wanted(self) -> AuditFilter:
        """The same as the log is asked it."""
        since, until = _day(self.since), _day(self.until)
        return AuditFilter(
            actor=self.who or None,
            name=self.action or None,
            about=self.about or None,
            environment=self.where or None,
            outcome=Outcome(self.outcome) if self.outcome in set(Outcome) else None,
            is_over=not self.outcome,
            since=since,
            before=until + timedelta(days=1) if until else None,
        )

    def described(self) -> str:
        """The filter in words, for the record of an export."""
        return (
            ", ".join(f"{name}: {value}" for name in NAMES if (value := getattr(self, name))) or "everything"
        )


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if 1970 <= day.year < 9999 else None


def _outcome(text: str) -> bool:
    return text == EVERYTHING or text in set(Outcome)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
