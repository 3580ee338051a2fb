"""The table of subscribers: whitelisted, already worded values in; sort and selection events out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from nicegui import events
from nicegui.element import Element

from dashboard.online import OnlineState


@dataclass(frozen=True, slots=True)
class Chip:
    """A small word with a colour; `title` says the rest."""

    label: str
    tone: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as people read it, with the absolute one behind it."""

    text: str
    title: str
    iso: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that arrives later than its row."""

    text: str
    title: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row, all of it plain text; nothing in it is markup, and the one address, `href`, is ours."""

    key: str
    id: str
    href: str
    name: str
    initials: str
    hue: int
    email: str
    phone: str
    channels: tuple[Chip, ...]
    online: OnlineState
    created: Moment
    updated: Moment
    matched: str = ""
    locale: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column by key; `classes` say from which width on it is shown."""

    key: str
    label: str
    sortable: bool = False
    time: bool = False
    classes: str = ""


class Chosen(TypedDict):
    """What a person (un)ticked: one row, or a range with Shift."""

    ids: list[str]
    on: bool


class Looked(TypedDict):
    """Whom a person looks at beside the table; `walks`: by walking on while somebody is looked at already."""

    id: str
    walks: bool


@dataclass(frozen=True, slots=True)
class TableLook:
    """How the table is drawn, apart from its rows."""

    columns: tuple[TableColumn, ...]
    sort_key: str = "created"
    descending: bool = True
    compact: bool = False
    selectable: bool = False
    shortcuts: bool = True
    chosen: frozenset[str] = field(default_factory=frozenset[str])


class PeopleTable(Element, component="people_table.js"):
    """A page of people. Rows are replaced as a whole; counts are patched without sending rows again."""

    def __init__(
        self,
        *,
        on_sort: Callable[[str], None],
        on_choose: Callable[[Chosen], None] | None = None,
        on_look: Callable[[Looked], None] | None = None,
    ) -> None:
        super().__init__()
        self.mark("people-table")
        self.props["rows"] = ()
        self._is_busy = False
        self._beside = ""
        self.on("sort", lambda e: on_sort(str(e.args)))
        if on_choose:
            self.on("choose", lambda e: on_choose(_chosen(e)))
        if on_look:
            self.on("look", lambda e: on_look(_looked(e)))

    def show(
        self, rows: Sequence[PersonRow], look: TableLook, caption: str, counts: Sequence[Figure | None] = ()
    ) -> None:
        """Replace rows and look in one message.

        Tuples and frozen classes, which travel as JSON as they are: of lists and dictionaries NiceGUI keeps
        copies that watch each value, 200 kB a page.
        """
        self._is_busy = False
        self.props.update(
            {
                "rows": tuple(rows),
                "columns": look.columns,
                "unseenStart": tuple(counts or [None] * len(rows)),
                "chosenStart": tuple(sorted(look.chosen)),
                "selectable": look.selectable,
                "sortKey": look.sort_key,
                "descending": look.descending,
                "compact": look.compact,
                "shortcuts": look.shortcuts,
                "caption": caption,
            }
        )
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Show or hide the thin line that says that newer rows are on their way."""
        if self._is_busy != busy:
            self._is_busy = busy
            self.run_method("setBusy", busy)

    def set_chosen(self, chosen: frozenset[str], *, is_known: bool = False) -> None:
        """Patch which rows are ticked, in place.

        `is_known`: the browser has just told so itself; an echo could undo what was ticked meanwhile.
        """
        if is_known:
            with self._props.suspend_updates():
                self._props["chosenStart"] = tuple(sorted(chosen))
        else:
            self._patch("chosenStart", tuple(sorted(chosen)), "setChosen")

    def set_beside(self, subscriber_id: str) -> None:
        """Mark who is looked at beside the table; an empty text for nobody."""
        if self._beside != subscriber_id:
            self._beside = subscriber_id
            self._patch("besideStart", subscriber_id, "setBeside")

    def focus_row(self, subscriber_id: str) -> None:
        """Move the keyboard to this person's row, or to the first one."""
        self.run_method("focusRow", subscriber_id)

    def focus_first(self) -> None:
        """Move the keyboard to the first row."""
        self.run_method("focusFirst")

    def set_counts(self, counts: Sequence[Figure | None]) -> None:
        """Patch the unseen column in place; None is still being counted."""
        self._patch("unseenStart", tuple(counts), "setUnseen")

    def _patch(self, prop: str, value: tuple[object, ...] | str, method: str) -> None:
        """Tell the browser only what changed: setting a prop by itself would send all rows again."""
        with self._props.suspend_updates():
            self._props[prop] = value
        self.run_method(method, value)


def _chosen(event: events.GenericEventArguments) -> Chosen:
    return Chosen(ids=[str(one) for one in event.args["ids"]], on=bool(event.args["on"]))


def _looked(event: events.GenericEventArguments) -> Looked:
    return Looked(id=str(event.args["id"]), walks=bool(event.args["walks"]))
