"""The Preferences tab: workflow × channel with the effective result, saved at once, taken back at once."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from api_client import PreferencePatch, Preferences
from dashboard.actions import preferences as actions
from dashboard.auth import Permission
from dashboard.channels import WORDS, ChannelKind
from dashboard.components import html, states
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.components.undo import UndoToast
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.global_change import GlobalChange
from dashboard.pages.subscriber.matrix import Matrix, back_to, matrix
from dashboard.pages.subscriber.matrix_view import MatrixView
from dashboard.pages.subscriber.quiet_hours import draw_quiet_hours
from dashboard.pages.subscriber.raw import raw_button
from dashboard.pages.subscriber.source import Source, Wanted
from dashboard.snippets import Call, one_person

AT_ONCE = 50
"""Workflows in one bulk change: what the oldest servers with that call take."""


class PreferencesTab:
    """Loads all preferences; search and filter narrow what is shown, not what is loaded."""

    def __init__(self, stage: Stage, source: Source, *, on_changed: Callable[[], None]) -> None:
        self.stage, self.source, self.on_changed = stage, source, on_changed
        self.text, self.only_off = "", False
        with html.section().classes("card").mark("preferences").attributes(aria_label="Preferences"):
            self.panel: Panel[Wanted] = Panel(
                source.wanted, self.show, title="The preferences could not be loaded"
            )
        self.panel.reload()

    def show(self, wanted: Wanted) -> None:
        self.wanted, self.matrix = wanted, matrix(wanted)
        with self.panel.body.clear():
            if not self.matrix.channels:
                states.empty(
                    "No preferences",
                    "No active workflow sends on any channel, so there is nothing to choose.",
                )
                return
            self._draw_bar()
            self.view = MatrixView(self.stage, on_toggle=self.toggle)
            self.narrow()
            draw_quiet_hours(wanted.preferences.global_.schedule)

    def narrow(self) -> None:
        """Draw the rows that match the search."""
        self.view.show(self.matrix, self.matrix.found(self.text, only_off=self.only_off))

    def _draw_bar(self) -> None:
        with html.div().classes("card-head"):
            box = (
                ui.input(value=self.text, placeholder="Find a workflow")
                .classes("feed-filter")
                .mark("find-workflow")
            )
            box.props.update({"aria-label": "Find a workflow", "clearable": True, "autocomplete": "off"})
            box.on_value_change(lambda e: self._searched(e.value or ""))
            off = ui.checkbox("Only switched off", value=self.only_off).mark("only-off")
            off.on_value_change(lambda e: self._filtered(bool(e.value)))
            html.span().classes("grow")
            path = one_person(self.source.subscriber_id, "/preferences")
            raw_button(
                self.stage, Call("GET", path, {"criticality": "all"}), self.wanted.preferences, "preferences"
            )
            permission_button("Reset", Permission.WRITE, self.stage, on_click=self.reset, icon="retry").mark(
                "reset"
            )

    def _searched(self, text: str) -> None:
        self.text = text
        self.narrow()

    def _filtered(self, only_off: bool) -> None:
        self.only_off = only_off
        self.narrow()

    async def toggle(self, workflow: str | None, channel: ChannelKind, on: bool) -> None:
        """One cell. In the global row it asks first where it would drop the person's own choices."""
        own = self.matrix.own_choices(channel) if workflow is None else ()
        if own:
            confirm = partial(self.change, {channel: on}, None)
            GlobalChange(channel, on, own, on_confirm=confirm, on_cancel=self.narrow).open()
        else:
            await self.change({channel: on}, workflow)

    async def reset(self) -> None:
        """Everything on overall; that also drops what the person chose for single workflows."""
        await self.change(dict.fromkeys(self.matrix.channels, True), None)

    async def change(self, channels: dict[ChannelKind, bool], workflow: str | None) -> None:
        """Save, show what is stored now, offer it back. A failure shows what is stored, too."""
        old = self.wanted.preferences
        await self._save(channels, workflow, old)
        if not self.panel.body.is_deleted:
            self.narrow()

    @reports_errors
    async def _save(self, channels: dict[ChannelKind, bool], workflow: str | None, old: Preferences) -> None:
        await self._patch(PreferencePatch.model_validate({"channels": channels, "workflow_id": workflow}))
        UndoToast(
            self.panel.body,
            _said(channels, workflow, self.matrix),
            undo=partial(self.undo, old, channels, workflow),
        )

    @reports_errors
    async def undo(self, old: Preferences, channels: dict[ChannelKind, bool], workflow: str | None) -> None:
        """The old values again; after a global change also the choices per workflow that it dropped."""
        overall, own = back_to(old, tuple(channels))
        if workflow is not None:
            entry = next(one for one in old.workflows if one.workflow.identifier == workflow)
            values = {channel: entry.channels.get(channel) for channel in channels}
            await self._patch(PreferencePatch.model_validate({"channels": values, "workflow_id": workflow}))
            return
        await self._patch(PreferencePatch.model_validate({"channels": overall}))
        chosen = list(own.items())
        for start in range(0, len(chosen), AT_ONCE):
            await actions.patch_bulk(
                self.stage.ctx,
                self.stage.visit,
                subscriber_id=self.source.subscriber_id,
                changes=dict(chosen[start : start + AT_ONCE]),
            )
        self.source.forget()
        self.panel.reload()
        self.on_changed()

    async def _patch(self, change: PreferencePatch) -> None:
        now = await actions.patch(
            self.stage.ctx, self.stage.visit, subscriber_id=self.source.subscriber_id, change=change
        )
        self.source.forget()
        if not self.panel.body.is_deleted:
            self.show(Wanted(now, self.wanted.critical))
            self.on_changed()


def _said(channels: dict[ChannelKind, bool], workflow: str | None, shown: Matrix) -> str:
    if len(channels) > 1:
        return "Reset: everything is on, and no workflow has a choice of its own."
    channel, on = next(iter(channels.items()))
    what = next((row.name for row in shown.rows if row.key == workflow), "everything")
    return f"{WORDS[channel]} switched {'on' if on else 'off'} for {what}."
