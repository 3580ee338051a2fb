"""The list of subscribers: joins state, loading and view, one instance a visit."""

from collections.abc import Sequence
from dataclasses import replace

from nicegui import ui

from dashboard import paths, wording
from dashboard.components import html, states
from dashboard.components.background import beside
from dashboard.components.keys import Keys
from dashboard.components.panel import Panel
from dashboard.components.people_table import Chosen, Looked, PeopleTable, PersonRow, TableLook
from dashboard.components.shell import Stage
from dashboard.components.shortcut_sheet import open_shortcuts
from dashboard.components.sightings import Sightings
from dashboard.pages.subscribers import counting, loading, view
from dashboard.pages.subscribers.beside import Beside, beside_query, named_beside
from dashboard.pages.subscribers.export import ExportDialog
from dashboard.pages.subscribers.filter_dialog import FilterDialog
from dashboard.pages.subscribers.head import ListHead
from dashboard.pages.subscribers.loading import ListView
from dashboard.pages.subscribers.look_dialog import LookDialog
from dashboard.pages.subscribers.scan_view import ScanView
from dashboard.pages.subscribers.selection import Selection
from dashboard.pages.subscribers.selection_bar import SelectionBar
from dashboard.pages.subscribers.state import ListState, with_kept_look
from dashboard.pages.subscribers.toolbar import Toolbar
from dashboard.pages.subscribers.views_dialog import ViewsDialog
from dashboard.wording import Total

PLACES = {"/": ".search-box input", "b": ".selection-bar:not(.hidden) button:enabled:not(.hidden)"}
"""Where single keys move the keyboard to."""


class SubscriberList:
    """Find people, page through them, open, select, change and export them."""

    def __init__(self, stage: Stage, state: ListState, *, has_shortcuts: bool) -> None:
        self.stage, self.state, self.has_shortcuts = stage, state, has_shortcuts
        self.selection = Selection()
        self.trail: list[ListState] = []
        self.page: ListView | None = None
        self.table: PeopleTable | None = None
        self.opens_single = False

    def open(self) -> None:
        """Draw the page at once; the rows come when they come."""
        self.stage.title("Subscribers")
        keys = {"?": self.show_shortcuts, "n": self.next_page, "p": self.previous_page}
        self.keys = Keys(keys, places=PLACES, enabled=self.has_shortcuts)
        with html.div().classes("page"):
            self.head = ListHead(
                self.stage,
                on_refresh=self.refresh,
                on_shortcuts=self.show_shortcuts,
                on_export=lambda: ExportDialog(self.stage, self.state, self.total).open(),
            )
            self.toolbar = Toolbar(
                self.state,
                on_go=self.go,
                on_text=self.on_text,
                on_enter=self.on_enter,
                on_down=self.to_rows,
                filters=lambda: FilterDialog(self.state, self.go).open(),
                look=lambda: LookDialog(self.state, self.change_look).open(),
                views=lambda: ViewsDialog(self.stage, self.state, tuple(self.selection.people)).open(),
            )
            with html.div().classes("list-split"):
                self.draw_rows()
                self.beside = Beside(
                    self.stage, rows=lambda: self.rows, on_close=self.look_away, on_step=self.walk_to
                )
            self.bar = SelectionBar(self.stage, on_clear=self.clear_selection, on_all=self.select_everyone)
        self.stage.address.listen(self.on_address)
        self.follow(named_beside(self.stage.address.query))
        self.reload()

    def draw_rows(self) -> None:
        """Where the rows will stand, read from a page or from everyone."""
        with html.div().classes("page"):
            with html.div().classes("card") as self.card:
                self.panel: Panel[ListView] = Panel(
                    self.load,
                    self.show,
                    title="The subscribers could not be loaded",
                    skeleton=lambda: states.loading(8, label="Loading subscribers"),
                    on_busy=self.set_busy,
                )
            self.offer = view.ScanOffer(lambda: self.go(self.state.looking_anywhere()))
            self.scan = ScanView(
                self.stage,
                on_rows=self.show_selection,
                on_sort=self.sort,
                on_choose=self.choose,
                on_look=self.look_at,
            )

    def reload(self) -> None:
        """Ask the API for the page, or read everyone where only that tells who is shown."""
        is_scan = self.state.needs_scan
        self.card.set_visibility(not is_scan)
        if is_scan:
            self.page, self.table = None, None
            self.panel.leave()
            self.offer.show(on=False)
            self.head.say("")
            self.scan.start(self.state, self.look())
        else:
            self.scan.close()
            self.panel.reload()

    def look(self) -> TableLook:
        chosen = self.selection.on_page(self.rows)
        return view.look(self.state, chosen=chosen, has_shortcuts=self.has_shortcuts)

    @property
    def rows(self) -> Sequence[PersonRow]:
        """Who is on the screen."""
        return self.scan.rows if self.state.needs_scan else self.page.rows if self.page else ()

    async def load(self) -> ListView:
        ctx = self.stage.ctx
        return await loading.load(ctx.reader, self.state, ctx.clock.now(), trail=self.trail)

    def show(self, page: ListView) -> None:
        """Draw one page of rows, or the face that says why there is none."""
        self.page = page
        self.stage.glimpses.update({row.id: row for row in page.rows})
        if page.is_gone:
            self.state = page.state
            self.stage.address.replace(self.address_of(self.state))
            ui.notify("The person that marked this place is gone; the list has stepped back.")
        self.head.say(wording.total(page.total) if page.rows else "")
        if page.rows:
            self.show_rows(page)
        else:
            self.draw_nothing()
        self.show_selection()
        self.offer.show(on=not self.state.query.is_empty)
        self.open_single_match()

    def show_rows(self, page: ListView) -> None:
        """Put the rows into the table that is there, or into a new one: that takes the browser far longer."""
        counts = self.stage.ctx.unseen
        table = self.table_there() or self.draw_table()
        caption = f"Subscribers, {wording.total(page.total)}"
        table.show(page.rows, self.look(), caption, counting.known_figures(counts, page.rows))
        self.pager.show(page, self.state)
        if "unseen" in self.state.look.columns:
            self.panel.beside(counting.fill_figures(counts, page.rows, table))

    def table_there(self) -> PeopleTable | None:
        table = self.scan.table if self.state.needs_scan else self.table
        return table if table and not table.is_deleted else None

    def draw_table(self) -> PeopleTable:
        with self.panel.body.clear():
            self.table = PeopleTable(on_sort=self.sort, on_choose=self.choose, on_look=self.look_at)
            self.pager = view.Pager(self.go)
        return self.table

    def draw_nothing(self) -> None:
        self.table = None
        with self.panel.body.clear():
            if self.state.is_everyone:
                states.empty(
                    "No subscribers yet",
                    "People appear here once they are created or get their first notification.",
                )
            else:
                tried = view.what_was_tried(self.state)
                states.no_results("Nobody matches", tried, clear=("Clear", self.clear))
                Sightings(self.stage).look(self.state.query.text)

    def sort(self, key: str) -> None:
        self.go(self.state.sorted_by(key))

    def choose(self, chosen: Chosen) -> None:
        """Rows were ticked or unticked."""
        rows = [row for row in self.rows if row.id in set(chosen["ids"])]
        was_everyone = self.selection.is_everyone
        before = self.selection.with_rows(self.rows, on=True) if was_everyone else self.selection
        self.selection = before.with_rows(rows, on=chosen["on"])
        self.show_selection(is_known=not was_everyone)

    def select_everyone(self) -> None:
        self.selection = self.selection.of_everyone()
        self.show_selection()

    def clear_selection(self) -> None:
        self.selection = Selection()
        self.show_selection()

    def show_selection(self, *, is_known: bool = False) -> None:
        table = self.table_there()
        if table:
            table.set_chosen(self.selection.on_page(self.rows), is_known=is_known)
            table.set_beside(self.beside.who)
        self.beside.show_steps()
        self.bar.show(self.selection, self.state, self.rows, self.total)

    @property
    def total(self) -> Total:
        """How many the list shows in all, as far as is known."""
        return self.scan.total if self.state.needs_scan else self.page.total if self.page else Total(None)

    def set_busy(self, busy: bool) -> None:
        table = self.table_there()
        if table:
            table.set_busy(busy)

    def on_text(self, text: str) -> None:
        """Typing is no step: it replaces the address, and Back leaves the list."""
        if text != self.state.text:
            self.stage.address.replace(self.address_of(self.state.searching(text)))
            self.move_to(self.state.searching(text))

    def on_enter(self, text: str) -> None:
        """Open the one who was found; if the search is still under way, as soon as it has come."""
        self.opens_single = True
        if text != self.state.text:
            self.on_text(text)
        elif not self.panel.is_loading:
            self.open_single_match()

    def open_single_match(self) -> None:
        wants, self.opens_single = self.opens_single, False
        if wants and self.rows:
            wanted = self.state.query.text.casefold()
            exact = [row for row in self.rows if row.id.casefold() == wanted]
            found = exact or list(self.rows)
            if len(found) == 1:
                ui.navigate.to(found[0].href)
            else:
                self.to_rows()

    def to_rows(self) -> None:
        table = self.table_there()
        if table:
            table.focus_first()

    def next_page(self) -> None:
        if self.page and self.page.next:
            self.go(self.state.forward(self.page.next))

    def previous_page(self) -> None:
        if self.page and self.page.previous:
            self.go(self.state.back(self.page.previous))

    def clear(self) -> None:
        self.go(ListState(look=self.state.look, sort=self.state.sort, descending=self.state.descending))

    def refresh(self) -> None:
        """Read the page again and count anew."""
        self.stage.ctx.unseen.forget([row.id for row in self.rows])
        self.reload()

    def go(self, state: ListState) -> None:
        """A step to another state: Back returns from it."""
        self.trail.append(self.state)
        self.stage.address.push(self.address_of(state))
        self.move_to(state)

    def change_look(self, state: ListState) -> None:
        """Columns and density change in place; only another order or page size asks the API again."""
        self.stage.address.replace(self.address_of(state))
        is_same = replace(state, look=self.state.look) == self.state
        if is_same and self.scan.rows:
            self.state = state
            self.keep_look()
            self.scan.show_rows(self.look())
        elif is_same and self.page and self.page.rows:
            self.state = state
            self.keep_look()
            self.show(self.page)
        else:
            self.move_to(state)

    def on_address(self, query: dict[str, str]) -> None:
        """Back or Forward within the list; where only the person beside it is another one, the rows stay."""
        state = ListState.from_query(query)
        if named_beside(query) == self.beside.who or state != self.state:
            self.move_to(state)
        self.follow(named_beside(query))

    def address_of(self, state: ListState) -> str:
        """The list in this state, with whom is looked at beside it."""
        return paths.subscribers({**state.to_query(), **beside_query(self.beside.who)})

    def look_at(self, looked: Looked) -> None:
        """Look at somebody beside the list. That is a step; walking on from there is none."""
        if looked["walks"]:
            self.walk_to(looked["id"])
            return
        was_open = bool(self.beside.who)
        self.follow(looked["id"], takes_focus=True)
        move = self.stage.address.replace if was_open else self.stage.address.push
        move(self.address_of(self.state))

    def walk_to(self, subscriber_id: str) -> None:
        """Another one, while somebody is looked at."""
        if self.beside.who:
            self.follow(subscriber_id)
            self.stage.address.replace(self.address_of(self.state))

    def look_away(self) -> None:
        """Nobody is looked at any more. The address first: the button that closes goes with the drawer."""
        self.stage.address.replace(paths.subscribers(self.state.to_query()))
        self.follow("")

    def follow(self, subscriber_id: str, *, takes_focus: bool = False) -> None:
        """Show this one beside the list, or nobody; then the keyboard goes back to the row."""
        before, table = self.beside.who, self.table_there()
        if subscriber_id:
            self.beside.open(subscriber_id, takes_focus=takes_focus, shortcuts=self.has_shortcuts)
        elif before:
            self.beside.close()
        if table:
            table.set_beside(subscriber_id)
            if before and not subscriber_id:
                table.focus_row(before)

    def move_to(self, state: ListState) -> None:
        """Show another state; the address tells it already."""
        before, self.state = self.state, state
        if state.kept_query() != before.kept_query():
            self.keep_look()
        if state.whom != before.whom:
            self.selection = self.selection.of_another_search()
            self.trail.clear()
        self.toolbar.show(state)
        self.reload()

    def keep_look(self) -> None:
        keep = self.stage.ctx.desk.keep_look(self.stage.visit.actor, self.state.kept_query())
        beside(self.panel.body, keep, name="keep the look")

    def show_shortcuts(self) -> None:
        open_shortcuts(are_on=self.has_shortcuts, on_switch=self.switch_shortcuts)

    def switch_shortcuts(self, on: bool) -> None:
        self.has_shortcuts = on
        self.keys.enable(on=on)
        keep = self.stage.ctx.desk.keep_shortcuts(self.stage.visit.actor, on=on)
        beside(self.panel.body, keep, name="keep the shortcuts")
        self.reload()


async def open_list(stage: Stage) -> None:
    """The sub page `/subscribers`. The operator's own look comes before the first rows."""
    actor, desk = stage.visit.actor, stage.ctx.desk
    query = with_kept_look(stage.address.query, await desk.look(actor))
    state = ListState.from_query(query)
    if query != stage.address.query:
        stage.address.replace(paths.subscribers({**state.to_query(), **beside_query(named_beside(query))}))
    SubscriberList(stage, state, has_shortcuts=await desk.has_shortcuts(actor)).open()
