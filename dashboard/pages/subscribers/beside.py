"""The drawer beside the list: who is in it, the way to the neighbours, and the way out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from nicegui import ui

from dashboard import paths
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.drawer import Drawer
from dashboard.components.people_table import PersonRow
from dashboard.components.shell import Stage
from dashboard.pages.subscribers.beside_person import BesidePerson

QUERY = "beside"


def beside_query(subscriber_id: str) -> dict[str, str]:
    """How the list's address tells who is looked at beside it; nothing for nobody."""
    return {QUERY: paths.slug(subscriber_id)} if subscriber_id else {}


def named_beside(query: Mapping[str, str]) -> str:
    """Who is looked at beside the list, by its address; an empty text for nobody."""
    return paths.subscriber_id(query.get(QUERY, ""))


class Beside:
    """Draws where it is made. It knows neither table nor address: both follow from `who`."""

    def __init__(
        self,
        stage: Stage,
        *,
        rows: Callable[[], Sequence[PersonRow]],
        shortcuts: Callable[[], bool],
        on_close: Callable[[], None],
        on_step: Callable[[str], None],
    ) -> None:
        self.stage, self.rows, self.shortcuts = stage, rows, shortcuts
        self.on_close, self.on_step = on_close, on_step
        self.who = ""
        self.drawer: Drawer | None = None
        self.person: BesidePerson | None = None
        self.place = html.div().classes("beside-place")
        self.place.set_visibility(False)

    def open(self, subscriber_id: str, *, takes_focus: bool) -> None:
        """Show this person; in the drawer that is there if there is one."""
        if subscriber_id == self.who and self.drawer:
            self.drawer.focus()
            return
        self.who = subscriber_id
        if self.drawer is None:
            self._draw_drawer(takes_focus=takes_focus)
        self._draw_person()
        self.show_steps()

    def close(self) -> None:
        """Nobody is shown any more."""
        self._leave()
        self.who, self.drawer = "", None
        self.place.clear()
        self.place.set_visibility(False)

    def show_steps(self) -> None:
        """Offer the neighbours among the rows, which may have changed."""
        if self.drawer:
            self.previous.set_enabled(self._neighbour(-1) is not None)
            self.next.set_enabled(self._neighbour(1) is not None)

    def step(self, by: int) -> None:
        """The next person of the rows, or the one before."""
        if (row := self._neighbour(by)) is not None:
            self.on_step(row.id)

    def _neighbour(self, by: int) -> PersonRow | None:
        rows = self.rows()
        at = next((index for index, row in enumerate(rows) if row.id == self.who), None)
        if at is None or not 0 <= at + by < len(rows):
            return None
        return rows[at + by]

    def _draw_drawer(self, *, takes_focus: bool) -> None:
        with self.place.clear():
            self.drawer = Drawer(
                label="",
                takes_focus=takes_focus,
                shortcuts=self.shortcuts(),
                on_away=self.on_close,
                on_step=self.step,
            )
            self.drawer.mark("beside")
        with self.drawer:
            with html.div().classes("drawer-bar"):
                self.previous = self._draw_step("Previous person in the list", "up", -1)
                self.next = self._draw_step("Next person in the list", "down", 1)
                html.span().classes("grow")
                self.link = html.a("Open full page").classes("text-link").mark("beside-whole")
                button(icon="close", label="Close", look="bare", on_click=self.on_close).mark("beside-close")
            self.content = html.div()
        self.place.set_visibility(True)

    def _draw_step(self, label: str, drawing: str, by: int) -> ui.button:
        return button(icon=drawing, label=label, look="bare", on_click=partial(self.step, by))

    def _draw_person(self) -> None:
        self._leave()
        self.link.props["href"] = paths.subscriber(self.who)
        self._name(self.who)
        glimpse = next((row for row in self.rows() if row.id == self.who), None)
        with self.content.clear():
            self.person = BesidePerson(self.stage, self.who, glimpse, on_name=self._name)

    def _leave(self) -> None:
        """What is still awaited for the one before is of no use any more."""
        if self.person:
            self.person.leave()
        self.person = None

    def _name(self, name: str) -> None:
        if self.drawer:
            self.drawer.rename(f"Beside the list: {name}")
