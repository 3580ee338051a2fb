"""The rows of the list: a page from the API, or the hits of a scan."""

from collections import deque
from collections.abc import Callable, Sequence

from dashboard import wording
from dashboard.components import html, states
from dashboard.components.panel import Panel
from dashboard.components.people_table import Chosen, Looked, PeopleTable, PersonRow, TableLook
from dashboard.components.shell import Stage
from dashboard.components.sightings import Sightings
from dashboard.pages.subscribers import counting, loading, view
from dashboard.pages.subscribers.loading import STEPS_BACK, ListView
from dashboard.pages.subscribers.scan_view import ScanView
from dashboard.pages.subscribers.state import ListState
from dashboard.wording import Total


class ListRows:
    """Draws itself where it is made, and shows the state it is given. `on_rows` is called when rows change.

    `on_gone` gets the state that is shown instead when the person at whom a page began is gone.
    """

    def __init__(  # noqa: PLR0913 - a table, all that can be done in it named
        self,
        stage: Stage,
        *,
        look: Callable[[], TableLook],
        on_go: Callable[[ListState], None],
        on_rows: Callable[[], None],
        on_gone: Callable[[ListState], None],
        on_choose: Callable[[Chosen], None],
        on_look: Callable[[Looked], None],
    ) -> None:
        self.stage, self.look, self.on_go = stage, look, on_go
        self.on_rows, self.on_gone, self.on_choose, self.on_look = on_rows, on_gone, on_choose, on_look
        self.state = ListState()
        self.page: ListView | None = None
        self._table: PeopleTable | None = None
        self._trail: deque[ListState] = deque(maxlen=STEPS_BACK)
        with html.div().classes("page"):
            with html.div().classes("card") as self.card:
                self.panel: Panel[ListView] = Panel(
                    self._load,
                    self._show,
                    title="The subscribers could not be loaded",
                    skeleton=lambda: states.loading(8, label="Loading subscribers", has_head=True),
                    on_busy=self._set_busy,
                )
            self.offer = view.ScanOffer(lambda: on_go(self.state.looking_anywhere()))
            self.scan = ScanView(
                stage, look=look, on_rows=on_rows, on_sort=self._sort, on_choose=on_choose, on_look=on_look
            )

    @property
    def people(self) -> Sequence[PersonRow]:
        """Who is on the screen."""
        return self.scan.rows if self.state.needs_scan else self.page.rows if self.page else ()

    @property
    def total(self) -> Total:
        """How many the list shows in all, as far as is known."""
        return self.scan.total if self.state.needs_scan else self.page.total if self.page else Total(None)

    @property
    def table(self) -> PeopleTable | None:
        """The table, where rows stand."""
        table = self.scan.table if self.state.needs_scan else self._table
        return table if table and not table.is_deleted else None

    @property
    def is_awaited(self) -> bool:
        """Whether newer rows are on their way."""
        return self.panel.is_loading

    def show(self, state: ListState) -> None:
        """Ask the API for the page, or scan everyone where the API cannot tell who is shown."""
        if state.whom != self.state.whom:
            self._trail.clear()
        self.state = state
        self.card.set_visibility(not state.needs_scan)
        if state.needs_scan:
            self.page, self._table = None, None
            self.panel.leave()
            self.offer.show(on=False)
            self.scan.start(state)
            self.on_rows()
        else:
            self.scan.close()
            self.panel.reload()

    def walked_from(self, state: ListState) -> None:
        """Remember a page, to step back to where the next one's cursor is gone."""
        self._trail.append(state)

    def redraw(self, state: ListState) -> bool:
        """The same people in another look; false where nobody stands there."""
        if not self.people:
            return False
        self.state = state
        if state.needs_scan:
            self.scan.show_rows()
        elif self.page:
            self._draw(self.page)
        return True

    def recount(self) -> None:
        """Forget the unseen counts of who is shown."""
        self.stage.ctx.unseen.forget([row.id for row in self.people])

    async def _load(self) -> ListView:
        ctx = self.stage.ctx
        return await loading.load(ctx.reader, self.state, ctx.clock.now(), trail=tuple(self._trail))

    def _show(self, page: ListView) -> None:
        """A page has come."""
        self.page = page
        self.stage.glimpses.clear()
        self.stage.glimpses.update({row.id: row for row in page.rows})
        if page.is_gone:
            self.state = page.state
            self.on_gone(page.state)
        self._draw(page)

    def _draw(self, page: ListView) -> None:
        """Its rows, or the face that says why there are none."""
        if page.rows:
            self._show_rows(page)
        else:
            self._draw_nothing()
        self.offer.show(on=not self.state.query.is_empty)
        self.on_rows()

    def _show_rows(self, page: ListView) -> None:
        """Put the rows into the table that is there, or into a new one: that takes the browser far longer."""
        counts = self.stage.ctx.unseen
        table = self.table or self._draw_table()
        caption = f"Subscribers, {wording.total(page.total)}"
        table.show(page.rows, self.look(), caption, counting.known_figures(counts, page.rows))
        self.pager.show(page, self.state)
        if "unseen" in self.state.look.columns:
            self.panel.beside(counting.fill_figures(counts, page.rows, table))

    def _draw_table(self) -> PeopleTable:
        with self.panel.body.clear():
            table = PeopleTable(on_sort=self._sort, on_choose=self.on_choose, on_look=self.on_look)
            self.pager = view.Pager(self.on_go)
        self._table = table
        return table

    def _draw_nothing(self) -> None:
        self._table = None
        with self.panel.body.clear():
            if self.state.is_everyone:
                states.empty(
                    "No subscribers yet",
                    "People appear here when they are created or get their first notification.",
                )
            else:
                tried = view.what_was_tried(self.state)
                states.no_results("Nobody matches", tried, clear=(view.clear_words(self.state), self._clear))
                Sightings(self.stage).look(self.state.query.text)

    def _sort(self, key: str) -> None:
        self.on_go(self.state.sorted_by(key))

    def _clear(self) -> None:
        self.on_go(self.state.without_search())

    def _set_busy(self, busy: bool) -> None:
        if self.table:
            self.table.set_busy(busy)
