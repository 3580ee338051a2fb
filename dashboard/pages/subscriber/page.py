"""One person's page: the head, and tabs whose panels load each on its own."""

from api_client import ApiError, NotFound, Subscriber
from dashboard import paths
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.misread import say_misread
from dashboard.components.shell import Stage
from dashboard.components.sightings import Sightings
from dashboard.components.tabs import Tabs
from dashboard.pages.subscriber.activity import ActivityTab
from dashboard.pages.subscriber.credentials import CredentialsTab
from dashboard.pages.subscriber.deeds import draw_deeds
from dashboard.pages.subscriber.feed import FeedTab
from dashboard.pages.subscriber.feed_filter import FeedFilter
from dashboard.pages.subscriber.head import Head
from dashboard.pages.subscriber.other_environments import OtherEnvironmentsPanel
from dashboard.pages.subscriber.preferences import PreferencesTab
from dashboard.pages.subscriber.profile import ProfilePanel
from dashboard.pages.subscriber.raw import show_raw
from dashboard.pages.subscriber.reach_panel import ReachPanel
from dashboard.pages.subscriber.source import Source
from dashboard.pages.subscriber.state import TABS, USUAL_QUERY, PersonState
from dashboard.pages.subscriber.undo_dialog import UndoDialog
from dashboard.reach import reach


class PersonPage:
    """Joins head and tabs for one subscriber id and one visit."""

    def __init__(self, stage: Stage, subscriber_id: str) -> None:
        self.stage, self.subscriber_id = stage, subscriber_id
        self.state = PersonState.from_query(stage.address.query)
        self.feed: FeedTab | None = None
        self.reach: ReachPanel | None = None
        self.profile: ProfilePanel | None = None
        self.preferences: PreferencesTab | None = None
        self.credentials: CredentialsTab | None = None
        self.others: OtherEnvironmentsPanel | None = None
        self.activity: ActivityTab | None = None

    def open(self) -> None:
        """Draw head and open tab at once; both load by themselves."""
        self.stage.title(self.subscriber_id)
        with html.div().classes("page") as page:
            self.source = Source(self.stage, self.subscriber_id, page)
            with html.a().classes("crumb").mark("to-list") as crumb:
                crumb.props["href"] = paths.SUBSCRIBERS
                html.span("← Subscribers")
            self.head = Head(
                self.stage,
                self.source,
                draw_actions=self.draw_actions,
                on_failed=self.on_failed,
                on_shown=self.on_shown,
            )
            self.sightings = Sightings(self.stage)
            with html.div().classes("stack-l") as self.below:
                self.tabs = Tabs(TABS, draw=self.draw_tab, on_open=self.on_tab, label="About this person")
        self.stage.address.listen(self.on_address)
        self.head.reload()
        self.tabs.open(self.state.tab)
        beside(page, self.remember(), name="recent person")

    async def remember(self) -> None:
        await self.stage.ctx.desk.opened(self.stage.visit.actor, self.subscriber_id)

    async def on_shown(self) -> None:
        """Without the reach panel on screen the head finds out by itself how to paint its chips."""
        if self.reach is not None:
            return
        try:
            facts = await self.source.facts()
        except ApiError:  # the head is there already; its chips stay as they are
            return
        self.head.set_reach(reach(facts))

    def on_failed(self, exc: Exception) -> None:
        """Without the person the tabs below have nothing to be about."""
        self.below.set_visibility(not isinstance(exc, NotFound))
        if isinstance(exc, NotFound):
            self.sightings.look(self.subscriber_id)

    def draw_actions(self, person: Subscriber) -> None:
        draw_deeds(
            self.stage,
            person,
            on_changed=self.changed,
            on_message=self.on_message,
            on_undo=lambda: UndoDialog(self.stage, self.subscriber_id, on_undone=self.reread).open(),
            on_raw=lambda: show_raw(self.stage, self.head.behind),
        )

    def draw_tab(self, tab: str) -> None:
        """Called once for each tab, when it is first opened."""
        if tab == "feed":
            self.feed = FeedTab(
                self.stage,
                self.source,
                self.state,
                on_page=lambda page: self.go(self.state.on_page(page)),
                on_filter=self.on_filter,
                on_changed=self.head.count_again,
            )
            self.head.tell_counts(self.feed.show_counts)
        elif tab == "credentials":
            self.credentials = CredentialsTab(
                self.stage,
                self.subscriber_id,
                on_saved=self.changed,
                fix=self.state.fix,
                on_form=self.on_form,
            )
        elif tab == "preferences":
            self.preferences = PreferencesTab(
                self.stage, self.source, self.state, on_narrow=self.on_narrow, on_changed=self.reach_changed
            )
        elif tab == "activity":
            self.activity = ActivityTab(
                self.stage,
                self.subscriber_id,
                self.state.runs,
                on_filter=lambda wanted: self.go(self.state.asking_for_runs(wanted)),
            )
        else:
            self.draw_profile()

    def draw_profile(self) -> None:
        self.reach = ReachPanel(
            self.stage, self.source, self.state.about, on_about=self.on_about, on_reach=self.head.set_reach
        )
        self.profile = ProfilePanel(
            self.stage, self.source, self.state.edit, on_edit=self.on_edit, on_changed=self.changed
        )
        self.others = OtherEnvironmentsPanel(self.stage, self.source.person)

    def changed(self) -> None:
        """The person was changed from one of the panels: every other that shows it follows."""
        self.source.forget()
        self.head.reload()
        if self.profile and not self.profile.edit:
            self.profile.panel.reload()
        if self.others:
            self.others.reload()
        self.reach_changed()

    def reread(self) -> None:
        """Anything about the person may have changed: all that was opened shows what is stored."""
        self.changed()
        if self.feed:
            self.feed.refresh()
        if self.preferences:
            self.preferences.reread()
        if self.credentials:
            self.credentials.refresh()
        if self.activity:
            self.activity.reread()

    def reach_changed(self) -> None:
        self.source.forget()
        if self.reach:
            self.reach.panel.reload()

    def on_message(self, transaction: str) -> None:
        """A test message is on its way: show where it arrives."""
        self.go(self.state.on_tab("feed").filtered(FeedFilter()))
        if self.feed:
            self.feed.watch(transaction)

    def on_tab(self, tab: str) -> None:
        self.go(self.state.on_tab(tab))

    def on_filter(self, wanted: FeedFilter) -> None:
        """Typing is no step."""
        state = self.state.filtered(wanted)
        self.stage.address.replace(paths.subscriber(self.subscriber_id, state.to_query()))
        self.move_to(state)

    def on_narrow(self, find: str, only_off: bool) -> None:
        """Typing is no step."""
        state = self.state.narrowed(find, only_off=only_off)
        self.stage.address.replace(paths.subscriber(self.subscriber_id, state.to_query()))
        self.move_to(state)

    def on_edit(self, field: str) -> None:
        self.go(self.state.editing(field))

    def on_form(self, name: str) -> None:
        """A form of the credentials opened or closed: a reload, or signing in again, comes back to it."""
        self.state = self.state.fixing(name)
        if self.state.tab == "credentials":
            self.stage.address.replace(paths.subscriber(self.subscriber_id, self.state.to_query()))

    def on_about(self, workflow: str) -> None:
        self.go(self.state.asking(workflow))

    def go(self, state: PersonState) -> None:
        """A step: another tab, another page of the feed."""
        self.stage.address.push(paths.subscriber(self.subscriber_id, state.to_query()))
        self.move_to(state)

    def on_address(self, query: dict[str, str]) -> None:
        """Back, Forward, or a link to another place on this page."""
        self.move_to(PersonState.from_query(query))

    def move_to(self, state: PersonState) -> None:
        was, self.state = self.state, state
        self.tabs.open(state.tab)
        if self.feed and state.tab == "feed":
            self.feed.go(state)
        if self.preferences and state.tab == "preferences":
            self.preferences.go(state)
        if self.activity and state.tab == "activity":
            self.activity.go(state.runs)
            if was.tab != "activity":
                self.activity.come_back()
        if self.credentials and state.tab == "credentials" and state.fix:
            self.credentials.go(state.fix)
        if state.tab == "profile" and self.reach and self.profile:
            self.reach.ask_about(state.about)
            self.profile.go(state.edit)


async def open_person(stage: Stage, slug: str) -> None:
    """The sub page `/subscribers/{slug}`."""
    say_misread(stage.address.query, PersonState.from_query, usual=USUAL_QUERY)
    PersonPage(stage, paths.subscriber_id(slug)).open()
