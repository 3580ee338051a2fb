"""The Preferences tab: workflow × channel with the effective result, saved at once, taken back at once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from typing import Any

from api_client import PreferencePatch, Preferences, Subscriber
from dashboard import wording
from dashboard.actions import preferences as actions
from dashboard.actions.preferences import HoursChanged
from dashboard.channels import WORDS, ChannelKind
from dashboard.components import html, states
from dashboard.components.keep_place import keep_place
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.context import AppContext, Visit
from dashboard.feedback import Notice, reports_errors, show
from dashboard.pages.subscriber.global_change import GlobalChange
from dashboard.pages.subscriber.hours_dialog import HoursDialog
from dashboard.pages.subscriber.matrix import Matrix, matrix
from dashboard.pages.subscriber.matrix_bar import MatrixBar
from dashboard.pages.subscriber.matrix_view import MatrixView
from dashboard.pages.subscriber.offered import offered
from dashboard.pages.subscriber.preference_writes import choose, take_back
from dashboard.pages.subscriber.quiet_hours import draw_quiet_hours
from dashboard.pages.subscriber.raw import Behind
from dashboard.pages.subscriber.source import Source, Wanted, or_none
from dashboard.pages.subscriber.state import PersonState
from dashboard.pages.subscriber.undoing import offer_undo
from dashboard.snippets import Call, one_person

TakeBack = Callable[[], Awaitable[object]]
NOT_OFFERED = "This server has no call for a person's preferences, so they cannot be shown."
NO_ZONE = "No usable time zone is stored for this person, so the server's own zone counts."
NO_PERSON = "The person could not be read, so it is not known on which clock these times are."
NOT_KEPT = "This server did not store the quiet hours; servers since September 2025 do."


class PreferencesTab:
    """Loads all preferences; search and filter narrow what is shown, not what is loaded."""

    def __init__(
        self,
        stage: Stage,
        source: Source,
        state: PersonState,
        *,
        on_narrow: Callable[[str, bool], None],
        on_changed: Callable[[], None],
    ) -> None:
        self.stage, self.source, self.on_changed = stage, source, on_changed
        self.bar = MatrixBar(stage, state.find, state.only_off, on_narrow=on_narrow, on_reset=self.reset)
        self.narrowed = (state.find, state.only_off)
        self.view: MatrixView | None = None
        self.person: Subscriber | None = None
        self._turn = asyncio.Lock()
        with html.section().classes("card").mark("preferences").attributes(aria_label="Preferences"):
            self.panel: Panel[Wanted | None] = Panel(
                self.load, self.show, title="The preferences could not be loaded"
            )
        keep_place(self.panel.body)
        self.panel.reload()

    async def load(self) -> Wanted | None:
        """All preferences; None where the server has no such call."""
        wanted, self.person = await asyncio.gather(
            offered(self.stage, self.source.subscriber_id, self.source.wanted), or_none(self.source.person)
        )
        return wanted

    def go(self, state: PersonState) -> None:
        """Another search or filter: typed, or by Back and Forward."""
        self.bar.set(state.find, state.only_off)
        self.narrowed = (state.find, state.only_off)
        if self.view:
            self.narrow()

    def show(self, wanted: Wanted | None) -> None:
        """What is typed above the matrix stays while it is there."""
        if wanted and self.view and not self.view.body.is_deleted:
            self._fill(wanted)
            return
        self.view = None
        with self.panel.body.clear():
            if wanted is None:
                html.p(NOT_OFFERED).classes("card-body muted").mark("preferences-not-offered")
            elif not matrix(wanted).channels:
                text = "No active workflow sends on any channel, so there is nothing to choose."
                states.empty("No preferences", text)
            else:
                self.bar.draw(lambda: Behind(self._calls(), self.wanted.preferences))
                self.view = MatrixView(self.stage, on_toggle=self.toggle)
                self.hours = html.div()
                self._fill(wanted)

    def _fill(self, wanted: Wanted) -> None:
        self.wanted, self.matrix = wanted, matrix(wanted)
        self.narrow()
        schedule = wanted.preferences.global_.schedule
        with self.hours.clear():
            draw_quiet_hours(self.stage, schedule, self._clock(), on_edit=self.edit_hours)

    def narrow(self) -> None:
        """Draw the rows that match the search; what is drawn is what is stored."""
        if self.view:
            find, only_off = self.narrowed
            self.view.show(self.matrix, self.matrix.found(find, only_off=only_off))

    async def toggle(self, workflow: str | None, channel: ChannelKind, on: bool) -> None:
        """One cell. In the global row it asks first where it would drop the person's own choices."""
        own = self.matrix.own_choices(channel) if workflow is None else ()
        if own:
            confirm = partial(self.change, {channel: on}, None)
            GlobalChange(channel, on, own, on_confirm=confirm, on_closed=self.narrow).open()
        else:
            await self.change({channel: on}, workflow)

    async def reset(self) -> None:
        """Everything on overall, which drops the choices per workflow; what is off by default stays off."""
        await self._reset(dict.fromkeys(self.matrix.channels, True), self.wanted.preferences, self.matrix)
        if not self.panel.body.is_deleted:
            self.narrow()

    async def change(self, channels: dict[ChannelKind, bool], workflow: str | None) -> None:
        """Save, show what is stored now, offer it back. A failure shows what is stored, too."""
        await self._save(channels, workflow, self.wanted.preferences, self.matrix)
        if not self.panel.body.is_deleted:
            self.narrow()

    @reports_errors
    async def _save(
        self, channels: dict[ChannelKind, bool], workflow: str | None, old: Preferences, shown: Matrix
    ) -> None:
        await self._patch(PreferencePatch.model_validate({"channels": channels, "workflow_id": workflow}))
        self._offer(_said(channels, workflow, shown), self._back(old, channels, workflow))

    @reports_errors
    async def _reset(self, channels: dict[ChannelKind, bool], old: Preferences, shown: Matrix) -> None:
        await self._patch(PreferencePatch.model_validate({"channels": channels}))
        kept = shown.off_by_default()
        try:
            await choose(*self._whose, kept)
        finally:  # the first half is done and can be taken back, whatever becomes of the second
            self._offer(_said_of_reset(len(kept)), self._back(old, channels, None))
            if kept:
                self.reread()

    def _back(self, old: Preferences, channels: Collection[ChannelKind], workflow: str | None) -> TakeBack:
        return partial(take_back, *self._whose, old=old, channels=tuple(channels), workflow=workflow)

    def _offer(self, text: str, back: TakeBack) -> None:
        who = self.source.subscriber_id
        offer_undo(self.stage, self.panel.body, who, text, take_back=back, then=self.reread)

    def reread(self) -> None:
        """What is stored now, unless the page was left."""
        if not self.panel.body.is_deleted:
            self.source.forget()
            self.panel.reload()
            self.on_changed()

    @property
    def _whose(self) -> tuple[AppContext, Visit, str]:
        return self.stage.ctx, self.stage.visit, self.source.subscriber_id

    async def _patch(self, change: PreferencePatch, expected: Preferences | None = None) -> None:
        """One write after the other, so that what is read back last is the newest."""
        async with self._turn:
            ctx, visit, who = self._whose
            now = await actions.patch(ctx, visit, subscriber_id=who, change=change, expected=expected)
            self.source.forget()
            if not self.panel.body.is_deleted:
                self.panel.take(Wanted(now, self.wanted.critical))
                self.on_changed()

    def edit_hours(self) -> None:
        schedule = self.wanted.preferences.global_.schedule
        HoursDialog(schedule, self._clock(), on_save=self.save_hours).open()

    async def save_hours(self, schedule: dict[str, Any]) -> None:
        """The whole schedule; what was stored is offered back. Raises what went wrong."""
        old = self.wanted.preferences.global_.schedule or {"isEnabled": False}
        try:
            await self._patch(PreferencePatch(schedule=schedule), expected=self.wanted.preferences)
        except HoursChanged:  # nobody here has seen them: they are shown
            self.panel.reload()
            raise
        stored = self.wanted.preferences.global_.schedule or {}
        if stored.get("isEnabled") is not schedule["isEnabled"]:
            show(Notice(NOT_KEPT, kind="warning"))
            return
        ctx, visit, who = self._whose
        change, expected = PreferencePatch(schedule=old), self.wanted.preferences
        back = partial(actions.patch, ctx, visit, subscriber_id=who, change=change, expected=expected)
        self._offer("Quiet hours changed.", back)

    def _clock(self) -> str:
        if self.person is None:
            return NO_PERSON
        time = wording.local_time(self.person.timezone, self.stage.ctx.clock.now())
        return f"Times are on the person's clock; it is {time} now." if time else NO_ZONE

    def _calls(self) -> tuple[Call, ...]:
        path = one_person(self.source.subscriber_id, "/preferences")
        return tuple(Call("GET", path, {"criticality": level}) for level in ("all", "nonCritical"))


def _said(channels: Mapping[ChannelKind, bool], workflow: str | None, shown: Matrix) -> str:
    channel, on = next(iter(channels.items()))
    what = next((row.name for row in shown.rows if row.key == workflow), "everything")
    return f"{WORDS[channel]} switched {'on' if on else 'off'} for {what}."


def _said_of_reset(kept: int) -> str:
    if not kept:
        return "Reset: every channel is on, and no workflow has a choice of its own."
    return f"Reset: every channel is on; off stays only what workflows have off by default ({kept})."
