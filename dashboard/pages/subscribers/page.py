"""The list of subscribers: joins state, rows and what can be done with them, one instance a visit."""

from dataclasses import replace

from nicegui import ui

from dashboard import paths, wording
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.keys import Keys
from dashboard.components.misread import say_misread
from dashboard.components.people_table import Chosen, Looked, TableLook
from dashboard.components.shell import Stage
from dashboard.components.shortcut_sheet import open_shortcuts
from dashboard.pages.subscribers import view
from dashboard.pages.subscribers.beside import beside_query, named_beside
from dashboard.pages.subscribers.export import ExportDialog
from dashboard.pages.subscribers.filter_dialog import FilterDialog
from dashboard.pages.subscribers.head import ListHead
from dashboard.pages.subscribers.look_dialog import LookDialog
from dashboard.pages.subscribers.looking import Looking
from dashboard.pages.subscribers.rows import ListRows
from dashboard.pages.subscribers.selection import Selection
from dashboard.pages.subscribers.selection_bar import SelectionBar
from dashboard.pages.subscribers.state import USUAL_QUERY, ListState, with_kept_look
from dashboard.pages.subscribers.toolbar import Toolbar
from dashboard.pages.subscribers.views_dialog import ViewsDialog

PLACES = {"/": ".search-box input", "b": ".selection-bar:not(.hidden) button:enabled:not(.hidden)"}
"""Where single keys move the keyboard to."""


class SubscriberList:
    """Find people, page through them, open, select, change and export them."""

    def __init__(self, stage: Stage, state: ListState, *, has_shortcuts: bool) -> None:
        self.stage, self.state, self.has_shortcuts = stage, state, has_shortcuts
        self.selection = Selection()
        self.opens_single = False
        self.returns_from = paths.subscriber_of(stage.address.came_from)

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
                on_export=lambda: ExportDialog(self.stage, self.state, self.rows.total).open(),
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
            self.bar = SelectionBar(self.stage, on_clear=self.clear_selection, on_all=self.select_everyone)
        self.stage.address.listen(self.on_address)
        self.looking.follow(named_beside(self.stage.address.query))
        self.rows.show(self.state)

    def draw_rows(self) -> None:
        """The rows, and beside them the place for whom one looks at."""
        self.rows = ListRows(
            self.stage,
            look=self.look,
            on_go=self.go,
            on_rows=self.on_rows,
            on_gone=self.on_gone,
            on_choose=self.choose,
            on_look=self.look_at,
        )
        self.looking = Looking(
            self.stage,
            self.rows,
            url=lambda who: list_url(self.state, who),
            shortcuts=lambda: self.has_shortcuts,
        )

    def look(self) -> TableLook:
        chosen = self.selection.on_page(self.rows.people)
        return view.look(self.state, chosen=chosen, has_shortcuts=self.has_shortcuts)

    # ------------------------------------------------------------------- other rows

    def on_rows(self) -> None:
        """Other rows stand there."""
        is_page = not self.state.needs_scan and self.rows.people
        self.head.say(wording.total(self.rows.total) if is_page else "")
        self.show_selection()
        self.looking.on_rows()
        self.find_place_again()
        if not self.state.needs_scan:
            self.open_single_match()

    def find_place_again(self) -> None:
        """Whoever comes back from a person goes on at that row."""
        who, table = self.returns_from, self.rows.table
        if who and table:
            self.returns_from = ""
            if any(row.id == who for row in self.rows.people):
                table.focus_row(who)

    def on_gone(self, state: ListState) -> None:
        self.state = state
        self.stage.address.replace(self.url)
        ui.notify("The person that marked this place is gone; the list has stepped back.")

    def look_at(self, looked: Looked) -> None:
        self.looking.look_at(looked)

    # -------------------------------------------------------------------- selection

    def choose(self, chosen: Chosen) -> None:
        """Rows were ticked or unticked."""
        wanted = set(chosen["ids"])
        rows = [row for row in self.rows.people if row.id in wanted]
        was_everyone = self.selection.is_everyone
        before = self.selection.with_rows(self.rows.people, on=True) if was_everyone else self.selection
        self.selection = before.with_rows(rows, on=chosen["on"])
        self.show_selection(is_known=not was_everyone)

    def select_everyone(self) -> None:
        self.selection = self.selection.of_everyone()
        self.show_selection()

    def clear_selection(self) -> None:
        self.selection = Selection()
        self.show_selection()

    def show_selection(self, *, is_known: bool = False) -> None:
        people, table = self.rows.people, self.rows.table
        if table:
            table.set_chosen(self.selection.on_page(people), is_known=is_known)
        self.bar.show(self.selection, self.state, people, self.rows.total)

    # ----------------------------------------------------------------------- search

    def on_text(self, text: str) -> None:
        """Typing is no step: it replaces the address, and Back leaves the list."""
        if text != self.state.text:
            state = self.state.searching(text)
            self.stage.address.replace(list_url(state, self.looking.who))
            self.move_to(state)

    def on_enter(self, text: str) -> None:
        """Open the one who was found; if the search is still under way, as soon as it has come."""
        self.on_text(text)
        self.opens_single = True
        if not self.rows.is_awaited:
            self.open_single_match()

    def open_single_match(self) -> None:
        wants, self.opens_single = self.opens_single, False
        if wants and self.rows.people:
            wanted = self.state.query.text.casefold()
            exact = [row for row in self.rows.people if row.id.casefold() == wanted]
            found = exact or list(self.rows.people)
            if len(found) == 1:
                ui.navigate.to(found[0].href)
            else:
                self.to_rows()

    def to_rows(self) -> None:
        if self.rows.table:
            self.rows.table.focus_first()

    # ----------------------------------------------------------- from state to state

    @property
    def url(self) -> str:
        """The list as it is, with whom is looked at beside it."""
        return list_url(self.state, self.looking.who)

    def next_page(self) -> None:
        if (page := self.rows.page) and page.next:
            self.go(self.state.forward(page.next))

    def previous_page(self) -> None:
        if (page := self.rows.page) and page.previous:
            self.go(self.state.back(page.previous))

    def refresh(self) -> None:
        """Read the page again and count anew."""
        self.rows.recount()
        self.rows.show(self.state)

    def go(self, state: ListState) -> None:
        """A step to another state: Back returns from it."""
        self.rows.walked_from(self.state)
        self.stage.address.push(list_url(state, self.looking.who))
        self.move_to(state)

    def change_look(self, state: ListState) -> None:
        """Columns and density change in place; only another order or page size asks the API again."""
        self.stage.address.replace(list_url(state, self.looking.who))
        is_same = replace(state, look=self.state.look) == self.state
        if is_same and self.rows.people:
            self.state = state
            self.keep_look()
            self.rows.redraw(state)
        else:
            self.move_to(state)

    def on_address(self, query: dict[str, str]) -> None:
        """Back or Forward within the list; where only the person beside it is another one, the rows stay."""
        state, who = ListState.from_query(query), named_beside(query)
        if who == self.looking.who or state != self.state:
            self.move_to(state)
        self.looking.follow(who)

    def move_to(self, state: ListState) -> None:
        """Show another state; the address tells it already."""
        before, self.state = self.state, state
        self.opens_single = False
        if state.kept_query() != before.kept_query():
            self.keep_look()
        if state.whom != before.whom:
            self.selection = self.selection.of_another_search()
        self.toolbar.show(state)
        self.rows.show(state)

    # ----------------------------------------------------------------- what is kept

    def keep_look(self) -> None:
        keep = self.stage.ctx.desk.keep_look(self.stage.visit.actor, self.state.kept_query())
        beside(self.keys, keep, name="keep the look")

    def show_shortcuts(self) -> None:
        open_shortcuts(are_on=self.has_shortcuts, on_switch=self.switch_shortcuts)

    def switch_shortcuts(self, on: bool) -> None:
        self.has_shortcuts = on
        self.keys.enable(on=on)
        keep = self.stage.ctx.desk.keep_shortcuts(self.stage.visit.actor, on=on)
        beside(self.keys, keep, name="keep the shortcuts")
        self.rows.redraw(self.state)


def list_url(state: ListState, who: str) -> str:
    """The address of the list in this state, with somebody beside it or nobody."""
    return paths.subscribers({**state.to_query(), **beside_query(who)})


async def open_list(stage: Stage) -> None:
    """The sub page `/subscribers`. The operator's own look comes before the first rows."""
    actor, desk = stage.visit.actor, stage.ctx.desk
    given = stage.address.query
    query = with_kept_look(given, await desk.look(actor))
    state = ListState.from_query(query)
    if query != given:
        stage.address.replace(list_url(state, named_beside(query)))
    has_shortcuts = await desk.has_shortcuts(actor)
    say_misread(given, lambda said: (ListState.from_query(said), named_beside(said)), usual=USUAL_QUERY)
    SubscriberList(stage, state, has_shortcuts=has_shortcuts).open()
