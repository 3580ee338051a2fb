"""What stands above the feed: its filter, marks for all messages, figures. It draws and reports."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial

from nicegui import ui

from api_client import MarkAs
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.components.menu import MenuItem, menu_button
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.counting import Counts
from dashboard.pages.subscriber.feed_filter import EVERYTHING, SHOWN, FeedFilter

DEBOUNCE_MS = 300
ALL = "All messages of this person, or of the feed named above: not only those shown"


class FeedBar:
    """Two rows: what to see, and what to do with all of it."""

    def __init__(
        self,
        stage: Stage,
        wanted: FeedFilter,
        *,
        on_filter: Callable[[FeedFilter], None],
        on_mark_all: Callable[[MarkAs], Awaitable[None]],
        on_refresh: Callable[[], None],
    ) -> None:
        self.wanted, self.on_filter = wanted, on_filter
        with html.div().classes("row-x wrap feed-bar"):
            with html.div().classes("row-x") as self.place:
                self._draw_show()
            self.feed = self._input("Feed", "Feed identifier", wanted.feed, "feed")
            self.payload = self._input("Payload", "Payload, e.g. order.id=7", wanted.payload, "payload")
            html.span().classes("grow")
            button(icon="retry", label="Refresh the feed", on_click=on_refresh).mark("feed-refresh")
            with html.div().classes("row-x") as self.marks:
                for mark_as in (MarkAs.SEEN, MarkAs.READ):
                    permission_button(
                        f"Mark all {mark_as.value}",
                        Permission.WRITE,
                        stage,
                        on_click=partial(on_mark_all, mark_as),
                    ).mark(f"all-{mark_as.value}").props["title"] = ALL
            rest = [
                MenuItem(
                    f"Mark all {one.value}", partial(on_mark_all, one), f"all-{one.value}", Permission.WRITE
                )
                for one in (MarkAs.UNSEEN, MarkAs.UNREAD)
            ]
            menu_button(stage, "More", rest, marker="feed-more")
        self._fit()
        self.problem = html.p().classes("field-problem").attributes(role="alert")
        self.problem.set_visibility(False)
        self.noted = html.p().classes("muted small").attributes(role="status").mark("feed-noted")
        self.figures = html.p().classes("muted small").attributes(role="status").mark("feed-figures")

    def set(self, wanted: FeedFilter) -> None:
        """Show another filter: Back or Forward, or cleared."""
        if wanted == self.wanted:
            return
        self.wanted = wanted
        self.feed.value, self.payload.value = wanted.feed, wanted.payload
        self._fit()
        with self.place.clear():
            self._draw_show()

    def clear(self) -> None:
        self.set(EVERYTHING)
        self.on_filter(EVERYTHING)

    @contextmanager
    def busy(self) -> Generator[None]:
        """While all are being marked it cannot be asked for again."""
        self.marks.classes("inert").props["inert"] = True
        try:
            yield
        finally:
            if not self.marks.is_deleted:
                self.marks.classes(remove="inert")
                del self.marks.props["inert"]
                self.noted.text = ""

    def show_noted(self, number: int) -> None:
        """A long feed is read before it is marked, so that it can be taken back."""
        if not self.noted.is_deleted:
            self.noted.text = f"Noting what is to be marked, so that it can be taken back: {number:,} so far."

    def set_problem(self, text: str) -> None:
        """Why the payload cannot be looked for."""
        self.problem.text = text
        self.problem.set_visibility(bool(text))

    def show_counts(self, counts: Counts) -> None:
        """Archived and snoozed messages count as unseen and unread too, so they are named."""
        parts = [f"{counts.unseen.text} unseen", f"{counts.unread.text} unread"]
        if counts.archived.number is not None:
            parts += [f"{counts.archived.text} archived", f"{counts.snoozed.text} snoozed"]
        self.figures.text = " · ".join(parts)

    def _draw_show(self) -> None:
        choice(SHOWN, self.wanted.show, label="Which messages", on_change=self._shown, marker="feed-show")

    def _fit(self) -> None:
        """Archived and snoozed messages cannot be narrowed further."""
        for box in (self.feed, self.payload):
            box.set_enabled(not self.wanted.state)

    def _input(self, label: str, placeholder: str, value: str, name: str) -> ui.input:
        box = ui.input(value=value, placeholder=placeholder).classes("feed-filter").mark(f"feed-by-{name}")
        box.props.update(
            {"debounce": DEBOUNCE_MS, "aria-label": label, "autocomplete": "off", "clearable": True}
        )
        box.on_value_change(lambda e: self._change(**{name: e.value or ""}))
        return box

    def _shown(self, show: str) -> None:
        self._change(show=show)

    def _change(self, **values: str) -> None:
        wanted = FeedFilter.from_query({**self.wanted.to_query(), **values})
        if wanted != self.wanted:
            self.wanted = wanted
            self.feed.value, self.payload.value = wanted.feed, wanted.payload
            self._fit()
            self.on_filter(wanted)
