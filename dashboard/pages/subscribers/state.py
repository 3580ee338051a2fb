"""What the list shows, as a value that lives in the URL. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from api_client import SubscriberFilter
from dashboard.conditions import NO_CONDITIONS, Conditions
from dashboard.pages.subscribers.look import USUAL, Look
from dashboard.places import found_in
from dashboard.search import EVERYONE, FILTER_NAMES, Ask, Field, Query, parse
from dashboard.wire_rows import WireRow

Sort = Literal["created", "updated"]
MAX_TEXT = 300
KEPT = ("cols", "rows", "size", "sort", "dir")
"""The query values that are kept for the operator: how the list looks, never whom it shows."""

USUAL_QUERY = {"sort": "created", "dir": "desc", "size": str(USUAL.size), "scan": "0", "page": "1"}
"""What an address may say although it is so anyway."""

FILTER_QUERY: Mapping[Field, str] = {
    "email": "email",
    "phone": "phone",
    "name": "name",
    "id": "subscriberId",
}
"""By field its name in the URL: the same names that Novu's own list uses."""


@dataclass(frozen=True)
class ListState:
    """Search text, filters, order, look and place; at most one of the two cursors is set.

    `anywhere`: the text is looked for in every part of everyone. That, and `conditions`, the API cannot do.
    """

    text: str = ""
    filters: SubscriberFilter = EVERYONE
    conditions: Conditions = NO_CONDITIONS
    anywhere: bool = False
    sort: Sort = "created"
    descending: bool = True
    look: Look = USUAL
    after: str | None = None
    before: str | None = None
    page: int | None = 1
    """Which page this is, where it was walked to from the first one."""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ListState":
        """Read a URL; what makes no sense (`size=abc`) becomes the default, never an error."""
        filters = {
            FILTER_NAMES[field]: query[name][:MAX_TEXT]
            for field, name in FILTER_QUERY.items()
            if query.get(name, "").strip()
        }
        after = _cursor(query.get("after"))
        before = None if after else _cursor(query.get("before"))
        text = query.get("q", "")[:MAX_TEXT]
        return cls(
            text=text,
            filters=SubscriberFilter(**filters),
            conditions=Conditions.from_query(query),
            anywhere=query.get("scan") == "1" and not parse(text).is_empty,
            sort="updated" if query.get("sort") == "updated" else "created",
            descending=query.get("dir") != "asc",
            look=Look.from_query(query),
            after=after,
            before=before,
            page=_page(query.get("page")) if after or before else 1,
        )

    def to_query(self) -> dict[str, str]:
        """The URL of this state; defaults are left out, so that a plain list has a plain address."""
        values = {
            "q": self.text,
            **{FILTER_QUERY[field]: text for field, text in self.chips()},
            **self.conditions.to_query(),
            "scan": "1" if self.anywhere else "",
            "sort": "" if self.sort == "created" else self.sort,
            "dir": "" if self.descending else "asc",
            **self.look.to_query(),
            "after": self.after or "",
            "before": self.before or "",
            "page": str(self.page) if self.page and not self.is_first_page else "",
        }
        return {name: value for name, value in values.items() if value}

    def kept_query(self) -> dict[str, str]:
        """The part of the URL that is kept for the operator."""
        return {name: value for name, value in self.to_query().items() if name in KEPT}

    def view_query(self) -> dict[str, str]:
        """The part of the URL that makes a saved view: everything but the place."""
        return self.first().to_query()

    @property
    def query(self) -> Query:
        """The search text as it is understood."""
        return parse(self.text)

    def chips(self) -> tuple[tuple[Field, str], ...]:
        """The filters that are set, by field."""
        values: list[tuple[Field, str]] = [
            (field, getattr(self.filters, FILTER_NAMES[field]) or "") for field in FILTER_QUERY
        ]
        return tuple((field, text) for field, text in values if text)

    def asks(self) -> tuple[Ask, ...]:
        """What to ask for the search text within the filters; none without a text."""
        return self.query.asks(self.filters)

    @property
    def needs_scan(self) -> bool:
        """Whether only reading everyone within the filters can tell who is shown."""
        return self.anywhere or self.conditions.are_set

    def wanted(self) -> tuple[SubscriberFilter, ...]:
        """Everyone the list may show, as filters of which one must hold: for list, count, export and bulk."""
        if self.query.is_empty or self.anywhere:
            return (self.filters,)
        return tuple(ask.filter for ask in self.asks())

    def keeps(self, now: datetime) -> Callable[[WireRow], bool]:
        """Which rows that `wanted` found count: quotes, conditions and a text anywhere are judged here."""
        query, conditions, anywhere = self.query, self.conditions, self.anywhere

        def is_kept(row: WireRow) -> bool:
            is_met = bool(found_in(row, query)) if anywhere else query.is_met_by(row)
            return is_met and conditions.hold(row, now)

        return is_kept

    def is_past(self, *, descending: bool) -> Callable[[WireRow], bool]:
        """Which row is so far beyond the dates asked for that a walk by creation may end there."""
        conditions = self.conditions
        return lambda row: conditions.is_past(row, descending=descending)

    @property
    def whom(self) -> tuple[str, SubscriberFilter, Conditions, bool]:
        """What decides who is shown, apart from order and place."""
        return (self.text, self.filters, self.conditions, self.anywhere)

    def described(self) -> str:
        """The search and the filters in words."""
        filters = [f"{FILTER_QUERY[field]}: {text}" for field, text in self.chips()]
        text = [f"{self.text} (anywhere)" if self.anywhere else self.text] if self.text else []
        return ", ".join([*text, *filters, *(words for _, words in self.conditions.parts())]) or "everyone"

    @property
    def is_everyone(self) -> bool:
        return self.query.is_empty and self.filters == EVERYONE and not self.conditions.are_set

    @property
    def is_first_page(self) -> bool:
        return self.after is None and self.before is None

    @property
    def order_by(self) -> str:
        """The API's name of the sort field; ids grow with time, so created is `_id`."""
        return "updatedAt" if self.sort == "updated" else "_id"

    def searching(self, text: str) -> "ListState":
        """Another search starts on its first page."""
        return replace(self.first(), text=text[:MAX_TEXT], anywhere=False)

    def without_search(self) -> "ListState":
        """Everyone, in the same order and look."""
        return ListState(look=self.look, sort=self.sort, descending=self.descending)

    def looking_anywhere(self) -> "ListState":
        """Read everyone for the text."""
        return replace(self.first(), anywhere=not self.query.is_empty)

    def on_conditions(self, conditions: Conditions) -> "ListState":
        """Ask for what only reading everyone can tell."""
        return replace(self.first(), conditions=conditions)

    def filtered(self, field: Field, text: str) -> "ListState":
        """Set one filter; an empty text takes it away."""
        name = FILTER_NAMES[field]
        return replace(self.first(), filters=replace(self.filters, **{name: text.strip()[:MAX_TEXT] or None}))

    def sorted_by(self, key: str) -> "ListState":
        """Sort by a column; the same column again turns the direction."""
        if key not in get_args(Sort):
            return self
        turned = not self.descending if key == self.sort else True
        return replace(self.first(), sort=key, descending=turned)  # type: ignore[arg-type]  # checked above

    def looking(self, look: Look) -> "ListState":
        """Another look; with another page size the first page, else the same place."""
        base = self if look.size == self.look.size else self.first()
        return replace(base, look=look)

    def sized(self, size: int) -> "ListState":
        return self.looking(replace(self.look, size=size))

    def first(self) -> "ListState":
        return replace(self, after=None, before=None, page=1)

    def forward(self, cursor: str) -> "ListState":
        return replace(self, after=cursor, before=None, page=self.page + 1 if self.page else None)

    def back(self, cursor: str) -> "ListState":
        page = self.page - 1 if self.page and self.page > 1 else None
        return replace(self, before=cursor, after=None, page=page)


def with_kept_look(query: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """An address that says nothing about the look gets the kept one; one that does was meant as it is."""
    if any(name in query for name in KEPT):
        return dict(query)
    return {**query, **{name: value for name, value in kept.items() if name in KEPT}}


def _cursor(text: str | None) -> str | None:
    """Cursors are ids of 24 hex digits; servers answer 500 to anything else (recorded: 14_v2_list)."""
    return text if text and re.fullmatch(r"[0-9a-f]{24}", text) else None


def _page(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[1-9][0-9]{0,5}", text) else None
