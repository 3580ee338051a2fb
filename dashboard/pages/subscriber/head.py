"""The head of a person's page: who it is, how to reach them, how much is unseen. Always there."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from api_client import ApiError, Subscriber
from dashboard import wording
from dashboard.channels import all_channels
from dashboard.components import html, states
from dashboard.components.fields import copy_button
from dashboard.components.panel import Panel
from dashboard.components.people_table import PersonRow
from dashboard.components.person import avatar, channel_chip, online_state, reach_chip
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.online import OnlineState, online
from dashboard.pages.subscriber.counting import Count, Counts, calls, counts
from dashboard.pages.subscriber.raw import Behind
from dashboard.pages.subscriber.source import Source
from dashboard.reach import Reach
from dashboard.snippets import Call, one_person

FIGURES = ("unseen", "unread")
NO_ZONE = "No time zone stored"
CLOCK_EVERY_S = 15.0
LONG_NAME = 100
"""Characters; the head stays on screen and must not grow with a name."""


class Head:
    """Loads by itself. Opened from the list it shows what the row told until the person has come."""

    def __init__(
        self,
        stage: Stage,
        source: Source,
        *,
        draw_actions: Callable[[Subscriber], None],
        on_failed: Callable[[Exception], None],
        on_shown: Callable[[], Awaitable[None]],
    ) -> None:
        self.stage, self.source = stage, source
        self.draw_actions, self.on_shown = draw_actions, on_shown
        self.on_counts: Callable[[Counts], None] | None = None
        self.counts: Counts | None = None
        self.person: Subscriber | None = None
        self.reach: tuple[Reach, ...] = ()
        self.figures: dict[str, html.Tag] = {}
        self._is_painted = False
        self.panel: Panel[Subscriber] = Panel(
            source.person,
            self.show,
            title=source.why_not,
            skeleton=self._skeleton,
            on_failed=on_failed,
            level=1,
        )
        self.panel.body.classes("person-head")

    def reload(self) -> None:
        self.panel.reload()

    @property
    def behind(self) -> Behind:
        """The calls behind the head, and what they told so far."""
        who = self.source.subscriber_id
        asked = (Call("GET", one_person(who)), *calls(who))
        return Behind(asked, {"person": self.person, "counts": self.counts})

    def show(self, person: Subscriber) -> None:
        """Draw the whole head; the figures come beside it."""
        self.person, self._is_painted = person, False
        name = wording.full_name(person.first_name, person.last_name, otherwise=person.subscriber_id)
        self.stage.title(name)
        now = self.stage.ctx.clock.now()
        with self.panel.body.clear(), html.div().classes("person"):
            avatar(wording.initials(name), wording.hue(person.subscriber_id), large=True)
            with html.div().classes("names"):
                self._names(name, online(person, now), self._local_time(person))
                with html.div().classes("row-x wrap") as self.chips:
                    self._draw_chips(person)
            self._draw_figures()
            with html.div().classes("row-x person-actions"):
                self.draw_actions(person)
            ui.timer(CLOCK_EVERY_S, self._tick, immediate=False)
        self.panel.beside(self._beside())

    def set_reach(self, reach: tuple[Reach, ...]) -> None:
        """Paint the chips by what the reach panel found."""
        self.reach = reach
        if self.person and not self.chips.is_deleted:
            with self.chips.clear():
                self._draw_chips(self.person)

    def tell_counts(self, listener: Callable[[Counts], None]) -> None:
        """Tell the figures now, if they have come, and whenever they change."""
        self.on_counts = listener
        if self.counts:
            listener(self.counts)

    def count_again(self) -> None:
        """Messages were changed: the figures follow."""
        self.panel.beside(self._beside())

    async def count(self) -> None:
        """Where it cannot be counted the head says so and stands."""
        try:
            found = await counts(self.stage.ctx.reader, self.source.subscriber_id)
        except ApiError as exc:
            trouble = Count(None, trouble=describe(exc).text)
            self._show_counts(Counts(trouble, trouble))
        else:
            self.counts = found
            self._show_counts(found)
            if self.on_counts:
                self.on_counts(found)

    def _show_counts(self, found: Counts) -> None:
        for name, count in (("unseen", found.unseen), ("unread", found.unread)):
            figure = self.figures[name]
            if figure.is_deleted:  # the page was left meanwhile
                return
            figure.text = count.text
            if count.trouble:  # why is drawn on hover and focus (theme.css)
                figure.attributes(
                    tabindex=0, role="img", aria_label=f"{name} not counted", aria_description=count.trouble
                )
            else:
                for attribute in ("tabindex", "role", "aria-label", "aria-description"):
                    figure.props.pop(attribute, None)

    async def _beside(self) -> None:
        await asyncio.gather(self.count(), self._paint())

    async def _paint(self) -> None:
        """Once; what was changed asks for it again by `reload`."""
        if not self._is_painted:
            await self.on_shown()
            self._is_painted = True

    def _skeleton(self) -> None:
        row = self.stage.glimpses.get(self.source.subscriber_id)
        if row is None:
            states.loading(1, label="Loading the person")
            return
        self._glimpse(row)

    def _glimpse(self, row: PersonRow) -> None:
        self.stage.title(row.name)
        with html.div().classes("person").mark("glimpse"):
            avatar(row.initials, row.hue, large=True)
            with html.div().classes("names"):
                self._names(row.name, row.online, "")
                with html.div().classes("row-x wrap"):
                    for chip in row.channels:
                        html.span(chip.label).classes("chip")

    def _local_time(self, person: Subscriber) -> str:
        return wording.local_time(person.timezone, self.stage.ctx.clock.now()) or NO_ZONE

    def _tick(self) -> None:
        """A page may stand open for hours; the person's clock goes on."""
        if self.person and not self.clock.is_deleted:
            self.clock.text = self._local_time(self.person)

    def _names(self, name: str, state: OnlineState, local_time: str) -> None:
        heading = html.h1(name).classes("breakable").mark("person-name")
        if len(name) > LONG_NAME:
            heading.props["tabindex"] = 0  # it scrolls then
        with html.div().classes("row-x wrap muted"):
            with html.span().classes("row-x"):
                html.span(self.source.subscriber_id).classes("mono breakable").mark("person-id")
                copy_button(self.source.subscriber_id, "Copy the subscriber id")
            online_state(state)
            self.clock = html.span(local_time).classes("num").mark("local-time")

    def _draw_chips(self, person: Subscriber) -> None:
        if self.reach:
            for one in self.reach:
                reach_chip(one)
            return
        for channel in all_channels(person):
            channel_chip(channel)

    def _draw_figures(self) -> None:
        with html.div().classes("figures"):
            for name in FIGURES:
                with html.div().classes("figure"):
                    self.figures[name] = html.b("…").mark(name)
                    html.span(name)
