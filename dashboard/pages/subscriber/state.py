"""Where on a person's page one is: open tab, the feed's filter, what is edited. In the URL. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dashboard.pages.subscriber.feed_filter import EVERYTHING, FeedFilter
from dashboard.pages.subscriber.run_filter import EVERY_RUN, RunsWanted

Tab = Literal["profile", "feed", "preferences", "credentials", "activity"]
TABS: dict[str, str] = {
    "profile": "Profile",
    "feed": "In-app feed",
    "preferences": "Preferences",
    "credentials": "Credentials",
    "activity": "Activity",
}
USUAL_QUERY = {"tab": "profile", "page": "1"}
"""What an address may say although it is so anyway."""
MAX_PAGE = 100_000
MAX_NAME = 200


@dataclass(frozen=True)
class PersonState:
    """`page` of the feed counts from 0; `edit` names the field of the profile that is open for editing.

    `fix` is what another panel sent the operator to mend on the tab; `about` the workflow that the reach
    panel is asked about; `find` and `only_off` narrow the matrix of preferences, `runs` the activity.
    """

    tab: Tab = "profile"
    page: int = 0
    filter: FeedFilter = EVERYTHING
    edit: str = ""
    fix: str = ""
    about: str = ""
    find: str = ""
    only_off: bool = False
    runs: RunsWanted = EVERY_RUN

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PersonState":
        """Read a URL; what makes no sense becomes the default, never an error."""
        page = query.get("page", "")
        number = int(page) - 1 if page.isascii() and page.isdigit() and len(page) < 7 else 0
        return cls(
            tab=_tab(query.get("tab", "")),
            page=min(max(number, 0), MAX_PAGE),
            filter=FeedFilter.from_query(query),
            edit=query.get("edit", "")[:MAX_NAME],
            fix=query.get("fix", "")[:MAX_NAME],
            about=query.get("about", "")[:MAX_NAME],
            find=query.get("find", "")[:MAX_NAME],
            only_off=query.get("off") == "1",
            runs=RunsWanted.from_query(query),
        )

    def to_query(self) -> dict[str, str]:
        """The URL of this state; pages are counted from 1 there, as people count."""
        query = {} if self.tab == "profile" else {"tab": self.tab}
        if self.tab == "feed":
            query |= self.filter.to_query() | ({"page": str(self.page + 1)} if self.page else {})
        if self.tab == "profile":
            query |= {name: value for name in ("edit", "about") if (value := getattr(self, name))}
        if self.tab == "preferences":
            query |= ({"find": self.find} if self.find else {}) | ({"off": "1"} if self.only_off else {})
        if self.tab == "activity":
            query |= self.runs.to_query()
        return query | ({"fix": self.fix} if self.fix and self.tab == "credentials" else {})

    def on_tab(self, name: str) -> "PersonState":
        return replace(self, tab=_tab(name), page=0, fix="")

    def on_page(self, page: int) -> "PersonState":
        return replace(self, page=page)

    def editing(self, field: str) -> "PersonState":
        """The profile's form open at a field, or closed."""
        return replace(self, edit=field)

    def fixing(self, name: str) -> "PersonState":
        """A form of the credentials open, or none."""
        return replace(self, fix=name)

    def asking(self, workflow: str) -> "PersonState":
        return replace(self, about=workflow)

    def narrowed(self, find: str, *, only_off: bool) -> "PersonState":
        """The matrix of preferences narrowed to some workflows."""
        return replace(self, find=find[:MAX_NAME], only_off=only_off)

    def asking_for_runs(self, wanted: RunsWanted) -> "PersonState":
        """The runs of workflows narrowed to some."""
        return replace(self, runs=wanted)

    def filtered(self, wanted: FeedFilter) -> "PersonState":
        """Another filter begins at its first page."""
        return replace(self, filter=wanted, page=0)


def _tab(name: str) -> Tab:
    return next((one for one in get_args(Tab) if one == name), "profile")
