"""The topics that a person belongs to, page by page; joining one, leaving one, and taking that back."""

from collections.abc import Awaitable, Callable
from functools import partial

from api_client import Page, Subscription
from dashboard.actions import topics as actions
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.keep_place import keep_place
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.joining import JoinDialog
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.pages.subscriber.undoing import offer_undo
from dashboard.snippets import Call, one_person

Act = Callable[..., Awaitable[None]]
PER_PAGE = 50
NOT_OFFERED = "This server does not tell which topics a person belongs to; servers since 2026 do."


class TopicsPanel:
    """Loads, fails and is retried by itself; further pages come below the first."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.found: tuple[Subscription, ...] = ()
        with html.section().classes("card").mark("topics").attributes(aria_label="Topics"):
            self.panel: Panel[Page[Subscription] | None] = Panel(
                self.load, self.show, title="The topics could not be loaded"
            )
        keep_place(self.panel.body)
        self.panel.reload()

    async def load(self) -> Page[Subscription] | None:
        """The first page; None where the server has no such call."""
        return await offered(self.stage, self.subscriber_id, self._page)

    def show(self, page: Page[Subscription] | None) -> None:
        """The first page, or why there is none."""
        self.found = page.items if page else ()
        self._show(page)

    def _show(self, page: Page[Subscription] | None) -> None:
        """What was read so far, with the button for what comes next."""
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Topics")
                html.span().classes("grow")
                if page is not None:
                    self._draw_raw(page)
                    permission_button(
                        "Join a topic", Permission.WRITE, self.stage, on_click=self._open_join
                    ).mark("join")
            if page is None:
                html.p(NOT_OFFERED).classes("card-body muted").mark("topics-not-offered")
                return
            if not self.found:
                html.p("This person belongs to no topic.").classes("card-body muted")
                return
            with html.ul().classes("plain-list").attributes(aria_label="Topics"):
                for one in self.found:
                    self._draw(one)
            if page.next:
                with html.div().classes("card-body"):
                    button("More topics", on_click=lambda: self.more(page.next)).mark("more-topics")

    @reports_errors
    async def more(self, after: str | None) -> None:
        """The next page, below what is there; a failure leaves that as it is."""
        known = self.found
        page = await self._page(after)
        if known is self.found and not self.panel.body.is_deleted:  # neither read anew nor asked for twice
            self.found = (*known, *page.items)
            self._show(page)

    async def join(self, topic: str) -> None:
        """Subscribe the person; raises what went wrong."""
        await self._change(topic, f"Joined {topic}.", actions.join, actions.leave)

    @reports_errors
    async def leave(self, topic: str) -> None:
        """Take the person off; Undo subscribes anew, without what a subscription had of its own."""
        await self._change(topic, f"Left {topic}.", actions.leave, actions.join)

    async def _change(self, topic: str, text: str, act: Act, inverse: Act) -> None:
        ctx, visit, who = self.stage.ctx, self.stage.visit, self.subscriber_id
        await act(ctx, visit, subscriber_id=who, topic=topic)
        take_back = partial(inverse, ctx, visit, subscriber_id=who, topic=topic)
        offer_undo(self.stage, self.panel.body, who, text, take_back=take_back, then=self.panel.reload)
        self.panel.reload()

    def _open_join(self) -> None:
        keys = [one.topic.key for one in self.found if one.topic]
        JoinDialog(self.stage, keys, on_join=self.join).open()

    async def _page(self, after: str | None = None) -> Page[Subscription]:
        return await self.stage.ctx.reader.topics.of(self.subscriber_id, after=after, limit=PER_PAGE)

    def _draw(self, one: Subscription) -> None:
        with html.li().classes("row-x between").mark("topic"):
            html.span(_words(one)).classes("breakable")
            if one.topic and one.topic.key:
                permission_button(
                    "Leave",
                    Permission.WRITE,
                    self.stage,
                    look="bare tiny",
                    label=f"Leave: {_words(one)[:80]}",
                    on_click=partial(self.leave, one.topic.key),
                ).mark("leave")

    def _draw_raw(self, page: Page[Subscription]) -> None:
        call = Call("GET", one_person(self.subscriber_id, "/subscriptions"), {"limit": str(PER_PAGE)})
        raw_button(self.stage, Behind((call,), page.items), "topics")


def _words(one: Subscription) -> str:
    if one.topic is None:
        return one.identifier or one.id
    name, key = one.topic.name, one.topic.key
    return f"{name} · {key}" if name and name != key else key
