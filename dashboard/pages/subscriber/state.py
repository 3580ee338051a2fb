"""Which tab of a person is open and where in the feed one is; lives in the URL. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Tab = Literal["profile", "feed", "credentials"]
TABS: dict[str, str] = {"profile": "Profile", "feed": "In-app feed", "credentials": "Credentials"}
MAX_PAGE = 100_000


@dataclass(frozen=True)
class PersonState:
    """The open tab and the page of the feed, from 0."""

    tab: Tab = "profile"
    page: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PersonState":
        """Read a URL; what makes no sense becomes the default, never an error."""
        tab, page = query.get("tab", ""), query.get("page", "")
        number = int(page) - 1 if page.isascii() and page.isdigit() and len(page) < 7 else 0
        return cls(
            tab=_tab(tab),
            page=min(max(number, 0), MAX_PAGE),
        )

    def to_query(self) -> dict[str, str]:
        """The URL of this state; pages are counted from 1 there, as people count."""
        query = {} if self.tab == "profile" else {"tab": self.tab}
        return query | ({"page": str(self.page + 1)} if self.tab == "feed" and self.page else {})

    def on_tab(self, name: str) -> "PersonState":
        return replace(self, tab=_tab(name), page=0)

    def on_page(self, page: int) -> "PersonState":
        return replace(self, page=page)


def _tab(name: str) -> Tab:
    return next((one for one in get_args(Tab) if one == name), "profile")
