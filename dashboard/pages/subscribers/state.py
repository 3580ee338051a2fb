"""What the list shows, as a value that lives in the URL. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dashboard.search import Query, parse

Sort = Literal["created", "updated"]
SIZES = (25, 50, 100)
DEFAULT_SIZE = 50


@dataclass(frozen=True)
class ListState:
    """Search text, order, page size and place; at most one of the two cursors is set."""

    text: str = ""
    sort: Sort = "created"
    descending: bool = True
    size: int = DEFAULT_SIZE
    after: str | None = None
    before: str | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ListState":
        """Read a URL; what makes no sense (`size=abc`) becomes the default, never an error."""
        size = query.get("size", "")
        sort = query.get("sort", "")
        after = _cursor(query.get("after"))
        return cls(
            text=query.get("q", "")[:300],
            sort="updated" if sort == "updated" else "created",
            descending=query.get("dir") != "asc",
            size=int(size) if size.isascii() and size.isdigit() and int(size) in SIZES else DEFAULT_SIZE,
            after=after,
            before=None if after else _cursor(query.get("before")),
        )

    def to_query(self) -> dict[str, str]:
        """The URL of this state; defaults are left out, so that a plain list has a plain address."""
        values = {
            "q": self.text,
            "sort": "" if self.sort == "created" else self.sort,
            "dir": "" if self.descending else "asc",
            "size": "" if self.size == DEFAULT_SIZE else str(self.size),
            "after": self.after or "",
            "before": self.before or "",
        }
        return {name: value for name, value in values.items() if value}

    @property
    def query(self) -> Query:
        """The search text as it is understood."""
        return parse(self.text)

    @property
    def is_first_page(self) -> bool:
        return self.after is None and self.before is None

    @property
    def order_by(self) -> str:
        """The API's name of the sort field; ids grow with time, so created is `_id`."""
        return "updatedAt" if self.sort == "updated" else "_id"

    def searching(self, text: str) -> "ListState":
        """Another search starts on its first page."""
        return replace(self, text=text, after=None, before=None)

    def sorted_by(self, key: str) -> "ListState":
        """Sort by a column; the same column again turns the direction."""
        if key not in get_args(Sort):
            return self
        turned = not self.descending if key == self.sort else True
        return replace(self, sort=key, descending=turned, after=None, before=None)  # type: ignore[arg-type]  # checked above

    def sized(self, size: int) -> "ListState":
        return replace(self, size=size, after=None, before=None)

    def first(self) -> "ListState":
        return replace(self, after=None, before=None)

    def forward(self, cursor: str) -> "ListState":
        return replace(self, after=cursor, before=None)

    def back(self, cursor: str) -> "ListState":
        return replace(self, before=cursor, after=None)


def _cursor(text: str | None) -> str | None:
    """Cursors are ids of 24 hex digits; servers answer 500 to anything else (recorded: 14_v2_list)."""
    return text if text and re.fullmatch(r"[0-9a-f]{24}", text) else None
