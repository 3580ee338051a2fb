"""The list of subscribers: joins state, loading and view, one instance a visit."""

import asyncio

from nicegui import ui

from api_client import ApiError
from dashboard import paths, wording
from dashboard.auth import Permission
from dashboard.components import html, states
from dashboard.components.panel import Panel
from dashboard.components.people_table import Figure, PeopleTable
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.pages.subscribers import loading, view
from dashboard.pages.subscribers.export import ExportDialog
from dashboard.pages.subscribers.loading import ListView
from dashboard.pages.subscribers.state import ListState

COUNTS_AT_ONCE = 10
REPAINT_EVERY = 10


class SubscriberList:
    """Find people, page through them, open one, export what matches."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.state = ListState.from_query(stage.address.query)
        self.table: PeopleTable | None = None

    def open(self) -> None:
        """Draw the page at once; the rows come when they come."""
        self.stage.title("Subscribers")
        with html.div().classes("page"):
            with html.div().classes("page-head"):
                html.h1("Subscribers")
                self.status = html.span().classes("muted num").mark("total")
                self.status.props.update({"role": "status", "aria-live": "polite"})
                html.span().classes("grow")
                permission_button(
                    "Export", Permission.EXPORT, self.stage, on_click=self.export, icon="download"
                ).mark("export")
            with html.div().classes("row-x wrap"):
                self.box = view.search_box(self.state.text, self.on_text)
            with html.div().classes("card"):
                self.panel: Panel[ListView] = Panel(
                    self.load,
                    self.show,
                    title="The subscribers could not be loaded",
                    skeleton=lambda: states.loading(8, label="Loading subscribers"),
                    on_busy=self.set_busy,
                )
        self.stage.address.listen(self.on_address)
        self.panel.reload()

    async def load(self) -> ListView:
        return await loading.load(self.stage.ctx.reader, self.state, self.stage.ctx.clock.now())

    def show(self, page: ListView) -> None:
        """Draw one page of rows, or the face that says why there is none."""
        if page.is_gone:
            self.state = self.state.first()
            self.stage.address.replace(paths.subscribers(self.state.to_query()))
            ui.notify("The person that marked this place is gone; this is the first page.")
        self.status.text = wording.total(page.total) if page.rows else ""
        with self.panel.body.clear():
            if page.rows:
                self.draw_rows(page)
            else:
                self.draw_nothing()

    def draw_rows(self, page: ListView) -> None:
        self.table = PeopleTable(on_sort=lambda key: self.go(self.state.sorted_by(key)))
        self.table.show(page.rows, view.look(self.state), f"Subscribers, {wording.total(page.total)}")
        view.pager(page, self.state, on_go=self.go, can_go_first=not self.state.is_first_page)
        self.count_unseen(page)

    def draw_nothing(self) -> None:
        self.table = None
        if self.state.query.is_empty:
            states.empty(
                "No subscribers yet",
                "People appear here once they are created through the API or get their first notification.",
            )
            return
        states.no_results(
            "Nobody matches",
            f"Looked for “{self.state.query.text}” in e-mail, name and, if it looks like one, phone number, "
            "and for exactly this id. Ids match only whole and in the same case.",
            clear=("Clear the search", self.clear),
        )

    def count_unseen(self, page: ListView) -> None:
        """Fetch the unseen counts of the rows beside the page; they appear as they arrive."""
        if self.table:
            self.panel.beside(self._count(page, self.table))

    async def _count(self, page: ListView, table: PeopleTable) -> None:
        counts: list[Figure | None] = [None] * len(page.rows)
        places = asyncio.Semaphore(COUNTS_AT_ONCE)
        arrived = 0

        async def one(index: int) -> None:
            nonlocal arrived
            async with places:
                counts[index] = await self._figure(page.rows[index].id)
            arrived += 1
            if arrived % REPAINT_EVERY == 0 and not table.is_deleted:
                table.set_counts(counts)

        async with asyncio.TaskGroup() as group:
            for index in range(len(counts)):
                group.create_task(one(index))
        if not table.is_deleted:
            table.set_counts(counts)

    async def _figure(self, subscriber_id: str) -> Figure:
        try:
            return await loading.unseen(self.stage.ctx.reader, subscriber_id)
        except ApiError as exc:
            return Figure("?", f"Not counted. {describe(exc).text}", "unknown")

    def set_busy(self, busy: bool) -> None:
        if self.table and not self.table.is_deleted:
            self.table.set_busy(busy)

    def on_text(self, text: str) -> None:
        """Typing is no step: it replaces the address, and Back leaves the list."""
        if text == self.state.text:
            return
        self.state = self.state.searching(text)
        self.stage.address.replace(paths.subscribers(self.state.to_query()))
        self.panel.reload()

    def clear(self) -> None:
        self.box.value = ""

    def go(self, state: ListState) -> None:
        """A step to another state: Back returns from it."""
        self.state = state
        self.stage.address.push(paths.subscribers(state.to_query()))
        self.panel.reload()

    def on_address(self, query: dict[str, str]) -> None:
        """Back or Forward within the list."""
        self.state = ListState.from_query(query)
        self.box.value = self.state.text
        self.panel.reload()

    def export(self) -> None:
        ExportDialog(self.stage, self.state).open()


async def open_list(stage: Stage) -> None:
    """The sub page `/subscribers`."""
    SubscriberList(stage).open()
