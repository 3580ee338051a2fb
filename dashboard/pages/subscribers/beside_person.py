"""One person in short: who it is, whether they are reached, how much is unseen, what came last."""

from collections.abc import Callable
from functools import partial

from api_client import FeedItem, FeedPage, Subscriber
from dashboard import wording
from dashboard.components import html, states
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

NEWEST = 3
LONGEST = 280
"""Signs of a message; the whole of it stands on the person's page."""


class BesidePerson:
    """Draws where it is made. What the row told stands there at once; the rest loads part by part."""

    def __init__(
        self, stage: Stage, who: str, glimpse: PersonRow | None, *, on_name: Callable[[str], None]
    ) -> None:
        self.stage, self.who, self.glimpse, self.on_name = stage, who, glimpse, on_name
        place = html.div().classes("drawer-content")
        with place:
            self.source = Source(stage, who, place)
            self.head = Panel(
                self.source.person,
                self._show_head,
                title=self.source.why_not,
                skeleton=self._draw_glimpse,
            )
            self.figures = Panel(
                partial(counts, stage.ctx.reader, who),
                self._show_counts,
                title="Nothing could be counted",
                skeleton=partial(states.loading, 1, label="Counting"),
            )
            self.reach = ReachPanel(stage, self.source, "", on_about=self._ask_about, on_reach=lambda _: None)
            with html.section().classes("card").attributes(aria_label="Newest messages"):
                self.feed = Panel(self._load_feed, self._show_feed, title="The feed could not be loaded")
        for panel in (self.head, self.figures, self.feed):
            panel.reload()

    def leave(self) -> None:
        """Await nothing any more: somebody else is looked at."""
        for panel in (self.head, self.figures, self.reach.panel, self.feed):
            panel.leave()
        self.source.leave()

    def _ask_about(self, workflow: str) -> None:
        self.reach.ask_about(workflow)

    def _draw_glimpse(self) -> None:
        if self.glimpse:
            self._draw_head(self.glimpse)
        else:
            states.loading(1, label="Loading the person")

    def _show_head(self, person: Subscriber) -> None:
        with self.head.body.clear():
            self._draw_head(row_of(person, self.stage.ctx.clock.now()))

    def _draw_head(self, row: PersonRow) -> None:
        self.on_name(row.name)
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
            "snoozed": found.snoozed,
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
                    chip = html.span(word.capitalize() if is_done else f"Un{word}")
                    chip.classes("chip" if is_done else "chip accent")
                moment = html.time(wording.ago(item.created_at, self.stage.ctx.clock.now()))
                moment.classes("small muted").props["title"] = wording.absolute(item.created_at)
