"""One person beside the list: who it is, whether they are reached, how much is unseen, what came last."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from nicegui import ui

from api_client import FeedItem, FeedPage, Subscriber
from dashboard import paths, wording
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.drawer import Drawer
from dashboard.components.fields import copy_button
from dashboard.components.panel import Panel
from dashboard.components.people_table import PersonRow
from dashboard.components.person import avatar, online_state
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.counting import Counts, counts
from dashboard.pages.subscriber.feed import NOT_OFFERED
from dashboard.pages.subscriber.message import content_text
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.reach_panel import ReachPanel
from dashboard.pages.subscriber.source import Source
from dashboard.pages.subscribers.loading import row_of

QUERY = "beside"
NEWEST = 3
LONGEST = 280
"""Signs of a message; the whole of it stands on the person's page."""


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
        on_close: Callable[[], None],
        on_step: Callable[[str], None],
    ) -> None:
        self.stage, self.rows, self.on_close, self.on_step = stage, rows, on_close, on_step
        self.who = ""
        self.drawer: Drawer | None = None
        self.panels: list[Panel[Subscriber] | Panel[Counts] | Panel[FeedPage | None]] = []
        self.place = html.div().classes("beside-place")
        self.place.set_visibility(False)

    def open(self, subscriber_id: str, *, takes_focus: bool, shortcuts: bool) -> None:
        """Show this person; in the drawer that is there if there is one."""
        if subscriber_id == self.who and self.drawer:
            self.drawer.focus()
            return
        self.who = subscriber_id
        if self.drawer is None:
            self._draw_drawer(takes_focus=takes_focus, shortcuts=shortcuts)
        self._draw_person()
        self.show_steps()

    def close(self) -> None:
        """Nobody is shown any more."""
        self.who, self.drawer = "", None
        self._leave()
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

    def _draw_drawer(self, *, takes_focus: bool, shortcuts: bool) -> None:
        with self.place.clear():
            self.drawer = Drawer(
                label="",
                takes_focus=takes_focus,
                shortcuts=shortcuts,
                on_away=self.on_close,
                on_step=self.step,
            )
            self.drawer.mark("beside")
        with self.drawer:
            with html.div().classes("drawer-bar"):
                self.previous = self._draw_step("Previous person of the list", "up", -1)
                self.next = self._draw_step("Next person of the list", "down", 1)
                html.span().classes("grow")
                self.link = html.a("Open the whole page").classes("text-link").mark("beside-whole")
                button(icon="close", label="Close", look="bare", on_click=self.on_close).mark("beside-close")
            self.content = html.div().classes("drawer-content")
        self.place.set_visibility(True)

    def _draw_step(self, label: str, drawing: str, by: int) -> ui.button:
        return button(icon=drawing, label=label, look="bare", on_click=partial(self.step, by))

    def _draw_person(self) -> None:
        """What the row told stands there at once; the rest loads by itself, part by part."""
        self._leave()
        who, reader = self.who, self.stage.ctx.reader
        self.link.props["href"] = paths.subscriber(who)
        self._name(who)
        with self.content.clear():
            source = Source(self.stage, who, self.content)
            head = Panel(source.person, self._show_head, title="This person could not be loaded",
                         skeleton=self._glimpse)  # fmt: skip
            figures = Panel(partial(counts, reader, who), self._show_counts, title="Nothing could be counted",
                            skeleton=partial(states.loading, 1, label="Counting"))  # fmt: skip
            self.reach = ReachPanel(
                self.stage,
                source,
                "",
                on_about=self._ask_about,
                on_reach=lambda _: None,
            )
            with html.section().classes("card").attributes(aria_label="Newest messages"):
                feed = Panel(self._load_feed, self._show_feed, title="The feed could not be loaded")
        self.head, self.figures, self.feed = head, figures, feed
        self.panels = [head, figures, feed]
        for panel in self.panels:
            panel.reload()

    def _ask_about(self, workflow: str) -> None:
        self.reach.ask_about(workflow)

    def _leave(self) -> None:
        """What is still awaited for the one before is of no use any more."""
        for panel in self.panels:
            panel.leave()
        if self.panels:
            self.reach.panel.leave()
        self.panels = []

    def _name(self, name: str) -> None:
        if self.drawer:
            self.drawer.rename(f"Beside the list: {name}")

    def _glimpse(self) -> None:
        row = next((row for row in self.rows() if row.id == self.who), None)
        if row:
            self._draw_head(row)
        else:
            states.loading(1, label="Loading the person")

    def _show_head(self, person: Subscriber) -> None:
        with self.head.body.clear():
            self._draw_head(row_of(person, self.stage.ctx.clock.now()))

    def _draw_head(self, row: PersonRow) -> None:
        self._name(row.name)
        with html.div().classes("drawer-head"):
            avatar(row.initials, row.hue)
            with html.div().classes("stack"):
                html.h2(row.name).classes("breakable").mark("beside-name")
                with html.span().classes("row-x"):
                    html.span(row.id).classes("mono breakable")
                    copy_button(row.id, "Copy the subscriber id")
                online_state(row.online)
                with html.div().classes("row-x wrap"):
                    for chip in row.channels:
                        html.span(chip.label).classes(f"chip {chip.tone}").props["title"] = chip.title

    def _show_counts(self, found: Counts) -> None:
        figures = {
            "unseen": found.unseen,
            "unread": found.unread,
            "archived": found.archived,
            "put off": found.snoozed,
        }
        with self.figures.body.clear(), html.div().classes("drawer-figures"):
            for name, count in figures.items():
                with html.div().classes("figure").mark(f"beside-{name}"):
                    html.b(count.text)
                    html.span(name)

    async def _load_feed(self) -> FeedPage | None:
        read = self.stage.ctx.reader.feed.page
        return await offered(self.stage, self.who, partial(read, self.who, limit=NEWEST))

    def _show_feed(self, feed: FeedPage | None) -> None:
        with self.feed.body.clear():
            with html.div().classes("card-head"):
                html.h2("Newest messages")
            if feed is None or not feed.items:
                text = NOT_OFFERED if feed is None else "Nothing has been sent to this person's inbox yet."
                html.p(text).classes("card-body muted")
                return
            with html.ol().attributes(aria_label="Newest messages"):
                for item in feed.items:
                    self._draw_message(item)

    def _draw_message(self, item: FeedItem) -> None:
        title = item.subject or item.title or item.template_identifier or "In-app message"
        text = content_text(item)
        with html.li().classes("message").mark("beside-message"), html.div().classes("body"):
            html.span(title).classes("subject breakable")
            html.div(text if len(text) <= LONGEST else f"{text[:LONGEST]}…").classes("content")
            with html.div().classes("row-x wrap"):
                for is_done, word in ((item.seen, "seen"), (item.read, "read")):
                    html.span(word.capitalize() if is_done else f"Un{word}").classes(
                        "chip" if is_done else "chip accent"
                    )
                moment = html.time(wording.ago(item.created_at, self.stage.ctx.clock.now()))
                moment.classes("small muted").props["title"] = wording.absolute(item.created_at)
