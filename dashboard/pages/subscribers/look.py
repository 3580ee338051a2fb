"""How the list looks, apart from whom it shows: columns in their order, density, page size. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.components.people_table import TableColumn

SIZES = (25, 50, 100)
DEFAULT_SIZE = 50
FIRST = "person"
"""Always shown, always in front: it holds the link."""

COLUMNS = {
    column.key: column
    for column in (
        TableColumn(FIRST, "Person"),
        TableColumn("email", "E-mail", classes="wide-1"),
        TableColumn("phone", "Phone", classes="wide-2"),
        TableColumn("channels", "Reachable by", classes="wide-1"),
        TableColumn("unseen", "Unseen", classes="numeric"),
        TableColumn("online", "Online", classes="wide-2"),
        TableColumn("created", "Created", sortable=True, time=True, classes="wide-2"),
        TableColumn("updated", "Updated", sortable=True, time=True, classes="wide-2"),
        TableColumn("locale", "Language"),
        TableColumn("timezone", "Time zone"),
    )
}
DEFAULT_COLUMNS = ("email", "phone", "channels", "unseen", "online", "created", "updated")
NO_COLUMNS = "none"


@dataclass(frozen=True)
class Look:
    """Columns besides the person, dense rows or not, and how many people a page has."""

    columns: tuple[str, ...] = DEFAULT_COLUMNS
    is_compact: bool = False
    size: int = DEFAULT_SIZE

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Look":
        """Read a URL; columns that do not exist are left out, a size that is not offered is the usual one."""
        size, named = query.get("size", ""), query.get("cols", "")
        return cls(
            columns=_known(named) if named else DEFAULT_COLUMNS,
            is_compact=query.get("rows") == "compact",
            size=int(size) if size in {str(one) for one in SIZES} else DEFAULT_SIZE,
        )

    def to_query(self) -> dict[str, str]:
        """What differs from the usual look."""
        columns = ",".join(self.columns) or NO_COLUMNS
        values = {
            "cols": "" if self.columns == DEFAULT_COLUMNS else columns,
            "rows": "compact" if self.is_compact else "",
            "size": "" if self.size == DEFAULT_SIZE else str(self.size),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def table_columns(self) -> tuple[TableColumn, ...]:
        """The columns to draw. Chosen ones are all shown, however narrow the window is."""
        shown = (COLUMNS[FIRST], *(COLUMNS[key] for key in self.columns))
        if self.columns == DEFAULT_COLUMNS:
            return shown
        return tuple(
            replace(one, classes="numeric" if "numeric" in one.classes else "chosen-column") for one in shown
        )

    def with_column(self, key: str, *, on: bool) -> "Look":
        """Show a column as the last one, or take it away."""
        rest = tuple(one for one in self.columns if one != key)
        return replace(self, columns=(*rest, key) if on and key in COLUMNS else rest)

    def in_order(self, keys: tuple[str, ...]) -> "Look":
        """The same columns in the order of `keys`."""
        return replace(self, columns=tuple(key for key in keys if key in self.columns))


USUAL = Look()


def _known(named: str) -> tuple[str, ...]:
    keys = dict.fromkeys(named.split(","))
    return tuple(key for key in keys if key in COLUMNS and key != FIRST)
