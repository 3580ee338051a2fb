"""Saved views: the list's address under a name, one's own or shared with everyone here."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import parse_qsl, urlencode

from nicegui import ui

from dashboard import paths, wording
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.components.shell import Stage
from dashboard.desk import LONGEST_QUERY, MOST_PINNED, View
from dashboard.pages.subscribers.state import ListState

LONGEST_NAME = 80


class ViewsDialog:
    """Open a view, save the present list as one, delete one's own."""

    def __init__(self, stage: Stage, state: ListState, selected: Sequence[str]) -> None:
        self.desk, self.actor, self.state = stage.ctx.desk, stage.visit.actor, state
        self.selected, self.has_more = selected[:MOST_PINNED], len(selected) > MOST_PINNED
        self.dialog = Dialog("Saved views", marker="views-dialog")

    def open(self) -> None:
        with self.dialog.content():
            self.list = html.div().classes("stack")
            html.h3("Save the current view")
            self.name = TextField("Name", hint="Search, filters, order and columns.", marker="view-name")
            self.name.input.props["maxlength"] = LONGEST_NAME
            self.name.input.on("keydown.enter", self.save)
            with html.div().classes("row-x wrap between"):
                self.shared = ui.checkbox("Share with everyone here").mark("view-shared")
                button("Save view", look="primary", on_click=self.save).mark("view-save")
            html.h3("Pinned people")
            self.pins = html.div().classes("stack")
        with self.dialog.buttons():
            button("Close", on_click=self.dialog.close)
        self.dialog.open()
        beside(self.list, self.refresh(), name="saved views")

    async def refresh(self) -> None:
        views, pinned = await self.desk.views(self.actor), await self.desk.pinned(self.actor)
        if not self.list.is_deleted:
            self._draw(views)
            self._draw_pins(pinned)

    async def save(self) -> None:
        name = " ".join(self.name.value.split())[:LONGEST_NAME]
        query = urlencode(self.state.view_query())
        problem = None if name else "Give the view a name, such as “Unreachable customers”."
        if len(query) > LONGEST_QUERY:
            problem = (
                f"This view is too long to save: its address has {len(query):,} characters, and at most "
                f"{LONGEST_QUERY:,} can be kept. Shorten the search or the filters."
            )
        self.name.set_error(problem)
        if not problem:
            await self.desk.save_view(self.actor, name, query, is_shared=bool(self.shared.value))
            self.name.input.value = ""
            await self.refresh()

    async def delete(self, view: View) -> None:
        await self.desk.delete_view(self.actor, view.id)
        await self.refresh()

    async def pin(self) -> None:
        await self.desk.pin(self.actor, self.selected)
        await self.refresh()

    async def unpin(self, subscriber_id: str) -> None:
        await self.desk.unpin(self.actor, subscriber_id)
        await self.refresh()

    def _draw_pins(self, pinned: Sequence[str]) -> None:
        with self.pins.clear():
            if pinned:
                with html.ul().classes("view-list").attributes(aria_label="Pinned people"):
                    for one in pinned:
                        self._draw_pin(one)
            if [one for one in self.selected if one not in pinned]:
                people = wording.count(len(self.selected), "selected person", "selected people")
                first = "the first " if self.has_more else ""
                with html.div().classes("row-x"):
                    button(f"Pin {first}{people}", icon="star", on_click=self.pin).mark("pin")
            elif not pinned:
                html.p("No pinned people yet. Select people in the list, then pin them here.").classes(
                    "muted"
                )

    def _draw_pin(self, subscriber_id: str) -> None:
        with html.li():
            link = html.a(subscriber_id).classes("text-link mono breakable")
            link.props["href"] = paths.subscriber(subscriber_id)
            link.on("click", self.dialog.close)
            html.span().classes("grow")
            button(
                icon="trash",
                label=f"Unpin {subscriber_id}",
                look="bare",
                on_click=partial(self.unpin, subscriber_id),
            )

    def _draw(self, views: Sequence[View]) -> None:
        with self.list.clear():
            if not views:
                html.p("No saved views yet.").classes("muted")
                return
            with html.ul().classes("view-list").attributes(aria_label="Saved views"):
                for view in views:
                    self._draw_view(view)

    def _draw_view(self, view: View) -> None:
        with html.li():
            link = html.a(view.name).classes("text-link breakable")
            link.props["href"] = paths.subscribers(dict(parse_qsl(view.query)))
            link.on("click", self.dialog.close)
            if view.is_shared:
                html.span("shared").classes("chip")
            html.span().classes("grow")
            if view.is_own:
                button(
                    icon="trash",
                    label=f"Delete the view {view.name}",
                    look="bare",
                    on_click=partial(self.delete, view),
                )
