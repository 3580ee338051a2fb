"""Who is selected: single people across pages and searches, or everyone who matches. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dashboard import wording
from dashboard.components.people_table import PersonRow


@dataclass(frozen=True)
class Picked:
    """Someone selected, with what a preview of a change shows."""

    id: str
    name: str
    locale: str = ""
    timezone: str = ""


NOBODY: Mapping[str, Picked] = MappingProxyType({})


@dataclass(frozen=True)
class Selection:
    """`is_everyone`: all who match the list's filters, seen or not; `people` then counts for nothing."""

    people: Mapping[str, Picked] = field(default_factory=lambda: NOBODY)
    is_everyone: bool = False

    def with_rows(self, rows: Iterable[PersonRow], *, on: bool) -> "Selection":
        """Add rows or take them out; one by one ends "everyone"."""
        changed = {**self.people}
        for row in rows:
            if on:
                changed[row.id] = Picked(row.id, row.name, row.locale, row.timezone)
            else:
                changed.pop(row.id, None)
        return Selection(changed)

    def of_everyone(self) -> "Selection":
        return replace(self, is_everyone=True)

    def of_another_search(self) -> "Selection":
        """Single people stay selected; "everyone who matches" meant the search before."""
        return Selection(NOBODY if self.is_everyone else self.people)

    def on_page(self, rows: Iterable[PersonRow]) -> frozenset[str]:
        """Ids of the rows to tick."""
        ids = (row.id for row in rows)
        return frozenset(ids) if self.is_everyone else frozenset(one for one in ids if one in self.people)

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.is_everyone

    def words(self, rows: Iterable[PersonRow], total: wording.Total) -> str:
        """`12 selected, 3 of them not on this page`."""
        if self.is_everyone:
            return f"Everyone who matches is selected: {wording.total(total)}"
        elsewhere = len(self.people) - len(self.on_page(rows))
        rest = f", {elsewhere:,} of them not on this page" if elsewhere else ""
        return f"{len(self.people):,} selected{rest}"
