"""The In-app feed tab: filter, pages, and what is done to one message or to all."""

import asyncio
from collections.abc import Callable
from functools import partial

from api_client import FeedItem, FeedPage, MarkAs
from dashboard.actions import messages as actions
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.keep_place import keep_place
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import Notice, reports_errors, show
from dashboard.pages.subscriber.counting import Counts
from dashboard.pages.subscriber.feed_bar import FeedBar
from dashboard.pages.subscriber.feed_filter import BadPayload, FeedFilter
from dashboard.pages.subscriber.feed_source import call_of, read_page
from dashboard.pages.subscriber.marking import MOST, AllMarked, others, take_back
from dashboard.pages.subscriber.message import MessageView, draw_message
from dashboard.pages.subscriber.message_deeds import MessageDeeds
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.pages.subscriber.source import Source
from dashboard.pages.subscriber.state import PersonState
from dashboard.pages.subscriber.too_many import TooMany
from dashboard.pages.subscriber.undoing import offer_undo

WATCHED_FOR_S = 20
NOT_OFFERED = "This server has no call for a person's in-app feed, so its messages cannot be shown."
NO_STATES = "This server cannot list archived or snoozed messages; servers since spring 2026 can."


class FeedTab:
    """Pages through one person's feed; filter and page stand in the URL."""

    def __init__(
        self,
        stage: Stage,
        source: Source,
        state: PersonState,
        *,
        on_page: Callable[[int], None],
        on_filter: Callable[[FeedFilter], None],
        on_changed: Callable[[], None],
    ) -> None:
        self.stage, self.subscriber_id = stage, source.subscriber_id
        self.page, self.filter = state.page, state.filter
        self.on_page, self.on_changed = on_page, on_changed
        self.items: tuple[FeedItem, ...] = ()
        self.bar = FeedBar(
            stage, state.filter, on_filter=on_filter, on_mark_all=self.mark_all, on_refresh=self.refresh
        )
        with html.div().classes("card").mark("feed"):
            self.panel: Panel[FeedPage | None] = Panel(
                self.load, self.show, title="The feed could not be loaded"
            )
        keep_place(self.panel.body)
        self.deeds = MessageDeeds(stage, source, self.panel.body, on_changed=self.refresh)
        self.panel.reload()

    def go(self, state: PersonState) -> None:
        """Show another page or another filter."""
        if (state.page, state.filter) != (self.page, self.filter):
            self.page, self.filter = state.page, state.filter
            self.bar.set(state.filter)
            self.panel.reload()

    def refresh(self) -> None:
        """Read the feed and the figures again, unless the page was left."""
        if not self.panel.body.is_deleted:
            self.panel.reload()
            self.on_changed()

    def show_counts(self, counts: Counts) -> None:
        self.bar.show_counts(counts)

    async def load(self) -> FeedPage | None:
        """A page of the feed; None where the server has no such call."""
        try:
            self.filter.asks()
        except BadPayload as flaw:
            self.bar.set_problem(str(flaw))
            self.page = 0  # there is no page of what was not understood
            return FeedPage(items=())
        self.bar.set_problem("")
        page = partial(read_page, self.stage.ctx.reader, self.subscriber_id, self.filter, self.page)
        return await offered(self.stage, self.subscriber_id, page)

    def show(self, feed: FeedPage | None) -> None:
        self.items = feed.items if feed else ()
        with self.panel.body.clear():
            if feed is None:
                html.p(NO_STATES if self.filter.state else NOT_OFFERED).classes("card-body muted").mark(
                    "feed-not-offered"
                )
                return
            if not feed.items and not self.page:
                self._draw_nothing()
                return
            now = self.stage.ctx.clock.now()
            view = self._view()
            if not feed.items:
                html.p("No message is on this page any longer.").classes("card-body muted")
            with html.ol().props('aria-label="Messages"'):
                for item in feed.items:
                    draw_message(view, item, now)
            self._draw_pager(feed)

    def _view(self) -> MessageView:
        deeds = self.deeds
        return MessageView(
            self.stage,
            on_mark=deeds.mark,
            on_press=deeds.press,
            on_archive=deeds.archive,
            on_snooze=deeds.snooze,
            on_unsnooze=deeds.unsnooze,
            on_delete=deeds.delete,
        )

    def watch(self, transaction: str) -> None:
        """A message is on its way: read the feed again until it is there, or for a while."""
        self.panel.beside(self._watch(transaction))

    async def _watch(self, transaction: str) -> None:
        for _ in range(WATCHED_FOR_S):
            if not self.panel.is_loading:  # a slow answer is awaited, not asked for anew
                self.panel.reload()
            await asyncio.sleep(1)
            if self.panel.body.is_deleted or self.page or not self.filter.is_empty:
                return
            if any(item.transaction_id == transaction for item in self.items):
                self.on_changed()
                return
        show(
            Notice(
                "No new message within 20 seconds. It may still come; Refresh reads the feed again.",
                kind="warning",
            )
        )

    @reports_errors
    async def mark_all(self, mark_as: MarkAs) -> None:
        """Mark all, or those of the chosen feed, once it is known how to take that back."""
        with self.bar.busy():
            known = await others(
                self.stage.ctx.reader,
                self.subscriber_id,
                mark_as,
                feeds=self._feeds() or (),
                on_found=self.bar.show_noted,
            )
            if known is not None:
                await self._mark_all(mark_as, known)
        if known is None:
            TooMany(MOST, mark_as.value, on_confirm=partial(self._mark_all, mark_as, {})).open()

    async def _mark_all(self, mark_as: MarkAs, known: AllMarked) -> None:
        """The number is the API's own."""
        number = await actions.mark_all(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.subscriber_id,
            mark_as=mark_as,
            feeds=self._feeds(),
        )
        self.refresh()
        text = f"{number:,} marked as {mark_as.value}."
        if known and number:
            back = partial(take_back, self.stage.ctx, self.stage.visit, self.subscriber_id, known)
            offer_undo(
                self.stage, self.panel.body, self.subscriber_id, text, take_back=back, then=self.refresh
            )
        elif number:
            show(Notice(text, kind="success"))
        else:
            show(Notice(f"All were {mark_as.value} already.", kind="info"))

    def _feeds(self) -> tuple[str, ...] | None:
        return (self.filter.feed.strip(),) if self.filter.feed.strip() else None

    def _draw_nothing(self) -> None:
        if self.filter.is_empty:
            text = "Nothing has been sent to this person's inbox yet."
            states.empty("No in-app messages", text, icon_name="bell")
            return
        states.no_results(
            "No message matches", "Looked with the filter above.", clear=("Clear the filter", self.bar.clear)
        )

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
            html.span().classes("grow")
            call = call_of(self.subscriber_id, self.filter, self.page)
            raw_button(self.stage, Behind((call,), feed), "feed")
