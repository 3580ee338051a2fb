"""One person's page: the head, and tabs that load each on its own."""

from api_client import ApiError, NotFound, Subscriber
from dashboard import paths, wording
from dashboard.channels import all_channels
from dashboard.components import html, states
from dashboard.components.fields import copy_button
from dashboard.components.panel import Panel
from dashboard.components.person import avatar, channel_chip, online_state
from dashboard.components.shell import Stage
from dashboard.components.tabs import Tabs
from dashboard.feedback import describe
from dashboard.online import online
from dashboard.pages.subscriber.credentials import CredentialsTab
from dashboard.pages.subscriber.feed import FeedTab
from dashboard.pages.subscriber.profile import draw_profile
from dashboard.pages.subscriber.state import TABS, PersonState

UNSEEN_CAP = 1000


class PersonPage:
    """Joins head and tabs for one subscriber id and one visit."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.state = PersonState.from_query(stage.address.query)
        self.feed: FeedTab | None = None

    def open(self) -> None:
        """Draw head and open tab at once; both load by themselves."""
        self.stage.title(self.subscriber_id)
        with html.div().classes("page"):
            with html.a().classes("crumb").mark("to-list") as crumb:
                crumb.props["href"] = paths.SUBSCRIBERS
                html.span("← Subscribers")
            self.head: Panel[Subscriber] = Panel(
                self.load,
                self.show_head,
                title="This person could not be loaded",
                skeleton=lambda: states.loading(1, label="Loading the person"),
                on_failed=self.on_failed,
                level=1,
            )
            with html.div().classes("stack-l") as self.below:
                self.tabs = Tabs(TABS, draw=self.draw_tab, on_open=self.on_tab, label="About this person")
        self.stage.address.listen(self.on_address)
        self.head.reload()
        self.tabs.open(self.state.tab)

    async def load(self) -> Subscriber:
        return await self.stage.ctx.reader.subscribers.get(self.subscriber_id)

    def show_head(self, person: Subscriber) -> None:
        name = wording.full_name(person.first_name, person.last_name, otherwise=person.subscriber_id)
        self.stage.title(name)
        with self.head.body.clear(), html.div().classes("person"):
            avatar(wording.initials(name), wording.hue(person.subscriber_id), large=True)
            with html.div().classes("names"):
                html.h1(name).classes("breakable").mark("person-name")
                with html.div().classes("row-x muted"):
                    html.span(person.subscriber_id).classes("mono breakable").mark("person-id")
                    copy_button(person.subscriber_id, "Copy the subscriber id")
                    online_state(online(person, self.stage.ctx.clock.now()))
                with html.div().classes("row-x wrap"):
                    for channel in all_channels(person):
                        channel_chip(channel)
            with html.div().classes("figures"), html.div().classes("figure"):
                self.unseen = html.b("…").mark("unseen")
                html.span("unseen")
        self.head.beside(self.count_unseen())

    async def count_unseen(self) -> None:
        """The unseen count arrives beside the head; where it cannot be counted it says so."""
        try:
            number = await self.stage.ctx.reader.feed.unseen_count(self.subscriber_id, limit=UNSEEN_CAP)
        except ApiError as exc:
            self.unseen.text, self.unseen.props["title"] = "?", f"Not counted. {describe(exc).text}"
        else:
            self.unseen.text = f"{number:,}" if number < UNSEEN_CAP else f"{UNSEEN_CAP - 1:,}+"

    def on_failed(self, exc: Exception) -> None:
        """Without the person the tabs below have nothing to be about."""
        self.below.set_visibility(not isinstance(exc, NotFound))

    def draw_tab(self, tab: str) -> None:
        """Called once for each tab, when it is first opened."""
        if tab == "feed":
            self.feed = FeedTab(self.stage, self.subscriber_id, self.state.page, on_page=self.on_feed_page)
        elif tab == "credentials":
            CredentialsTab(self.stage, self.subscriber_id, on_saved=self.head.reload)
        else:
            panel: Panel[Subscriber]
            panel = Panel(
                self.load,
                lambda person: self.show_profile(panel, person),
                title="The profile could not be loaded",
            )
            panel.reload()

    def show_profile(self, panel: Panel[Subscriber], person: Subscriber) -> None:
        with panel.body.clear():
            draw_profile(person)

    def on_tab(self, tab: str) -> None:
        self.go(self.state.on_tab(tab))

    def on_feed_page(self, page: int) -> None:
        self.go(self.state.on_page(page))

    def go(self, state: PersonState) -> None:
        """A step: another tab, another page of the feed."""
        self.stage.address.push(paths.subscriber(self.subscriber_id, state.to_query()))
        self.move_to(state)

    def on_address(self, query: dict[str, str]) -> None:
        """Back or Forward within this person."""
        self.move_to(PersonState.from_query(query))

    def move_to(self, state: PersonState) -> None:
        self.state = state
        self.tabs.open(state.tab)
        if self.feed and state.tab == "feed":
            self.feed.go(state.page)


async def open_person(stage: Stage, slug: str) -> None:
    """The sub page `/subscribers/{slug}`."""
    PersonPage(stage, paths.subscriber_id(slug)).open()
