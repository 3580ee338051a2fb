"""The In-app feed tab: messages as the person has them, newest first. All of it is foreign text."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from api_client import FeedItem, FeedPage
from dashboard import wording
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage

PER_PAGE = 10


class FeedTab:
    """Pages through one person's feed; which page is shown stands in the URL."""

    def __init__(
        self, stage: Stage, subscriber_id: str, page: int, *, on_page: Callable[[int], None]
    ) -> None:
        self.stage, self.subscriber_id, self.page, self.on_page = stage, subscriber_id, page, on_page
        with html.div().classes("card").mark("feed"):
            self.panel: Panel[FeedPage] = Panel(self.load, self.show, title="The feed could not be loaded")
        self.panel.reload()

    def go(self, page: int) -> None:
        """Show another page."""
        if page != self.page:
            self.page = page
            self.panel.reload()

    async def load(self) -> FeedPage:
        return await self.stage.ctx.reader.feed.page(self.subscriber_id, page=self.page, limit=PER_PAGE)

    def show(self, feed: FeedPage) -> None:
        with self.panel.body.clear():
            if not feed.items and not self.page:
                states.empty(
                    "No in-app messages",
                    "Nothing has been sent to this person's inbox yet.",
                    icon_name="bell",
                )
                return
            now = self.stage.ctx.clock.now()
            with html.ol().props('aria-label="Messages"'):
                for item in feed.items:
                    _draw_message(item, now)
            self._draw_pager(feed)

    def _draw_pager(self, feed: FeedPage) -> None:
        with html.nav().classes("pager") as bar:
            bar.props["aria-label"] = "Pages of the feed"
            for name, drawing, page, is_there in (
                ("Newer messages", "previous", self.page - 1, self.page > 0),
                ("Older messages", "next", self.page + 1, feed.has_more),
            ):
                step = button(icon=drawing, label=name, on_click=partial(self.on_page, page))
                step.mark(f"feed-{drawing}").set_enabled(is_there)
            html.span(f"Page {self.page + 1}").classes("muted small num")


def _draw_message(item: FeedItem, now: datetime) -> None:
    marks = ("" if item.seen else "unseen ") + ("" if item.read else "unread")
    with html.li().classes(f"message {marks}").mark("message"):
        html.span().classes("mark").props('aria-hidden="true"')
        with html.div().classes("body"):
            with html.div().classes("row-x wrap between"):
                html.span(item.subject or item.template_identifier or "In-app message").classes("subject")
                moment = html.time(wording.ago(item.created_at, now)).classes("small muted")
                moment.props["title"] = wording.absolute(item.created_at)
            html.div(content_text(item)).classes("content")
            _draw_buttons(item)
            with html.div().classes("row-x wrap"):
                for word, tone in _chips(item):
                    html.span(word).classes(f"chip {tone}")


def content_text(item: FeedItem) -> str:
    """The content as text; a newer server may send blocks instead of a string."""
    if isinstance(item.content, str):
        return item.content
    return "" if item.content is None else str(item.content)


def _draw_buttons(item: FeedItem) -> None:
    """The message's own buttons, as the person sees them; they do nothing here."""
    if not item.buttons:
        return
    with html.div().classes("row-x wrap"):
        for button in item.buttons:
            html.span(button.content).classes(
                "ghost-button main" if button.type == "primary" else "ghost-button"
            )


def _chips(item: FeedItem) -> list[tuple[str, str]]:
    chips = [
        ("Seen", "") if item.seen else ("Unseen", "accent"),
        ("Read", "") if item.read else ("Unread", "accent"),
    ]
    if item.archived:
        chips.append(("Archived", ""))
    if item.template_identifier and item.subject:
        chips.append((item.template_identifier, ""))
    return chips + [(tag, "") for tag in item.tags or ()]
