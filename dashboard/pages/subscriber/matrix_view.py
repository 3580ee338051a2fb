"""The matrix as a table: a switch where one may choose, and under each the rule that decided."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import events

from dashboard.auth import Permission
from dashboard.channels import WORDS, ChannelKind
from dashboard.components import html, states
from dashboard.components.buttons import button
from dashboard.components.permission_button import refusal
from dashboard.components.shell import Stage
from dashboard.effective import SHORT, Effect
from dashboard.pages.subscriber.matrix import Matrix, MatrixRow

MOST = 50
"""Rows drawn at first; every element costs memory on the server."""
OnToggle = Callable[[str | None, ChannelKind, bool], Awaitable[None]]


class MatrixView:
    """Drawn anew with each change: rows are few, and what is drawn is what is stored."""

    def __init__(self, stage: Stage, *, on_toggle: OnToggle) -> None:
        self.on_toggle = on_toggle
        self.refused = refusal(Permission.WRITE, stage)
        self.body = (
            html.div()
            .classes("table-scroll")
            .attributes(tabindex=0, role="region", aria_label="Preference matrix")
        )
        self.foot = html.div().classes("matrix-foot")
        self.most = MOST

    def show(self, shown: Matrix, rows: Sequence[MatrixRow]) -> None:
        with self.body.clear(), html.table().classes("matrix").mark("matrix"):
            html.caption("Effective preferences by workflow and channel").classes("visually-hidden")
            with html.thead(), html.tr():
                for name in ("Workflow", *(WORDS[channel] for channel in shown.channels)):
                    html.th(name).props["scope"] = "col"
            with html.tbody():
                self._draw_overall(shown)
                for row in rows[: self.most]:
                    self._draw_row(row, shown)
        with self.foot.clear():
            if not rows:
                states.no_results("No workflow matches", "Try another name, or clear the filter.")
            elif len(rows) > self.most:
                button(f"Show all {len(rows):,} workflows", on_click=partial(self._show_all, shown, rows))

    def _show_all(self, shown: Matrix, rows: Sequence[MatrixRow]) -> None:
        self.most = len(rows)
        self.show(shown, rows)

    def _draw_overall(self, shown: Matrix) -> None:
        with html.tr().classes("overall").mark("overall"):
            with html.th().attributes(scope="row"):
                html.b("Everything")
            for channel in shown.channels:
                with html.td():
                    self._draw_switch(None, "everything", channel, shown.overall[channel])

    def _draw_row(self, row: MatrixRow, shown: Matrix) -> None:
        with html.tr().mark(f"workflow-{row.key}"):
            with html.th().attributes(scope="row"):
                html.span(row.name).classes("breakable")
                html.p(row.key).classes("small muted mono breakable")
                if row.is_critical:
                    html.span("critical").classes("chip warn")
            for channel in shown.channels:
                with html.td():
                    self._draw_cell(row, channel, row.effects[channel])

    def _draw_cell(self, row: MatrixRow, channel: ChannelKind, cell: Effect | None) -> None:
        if cell is None:
            html.span("—").classes("nothing").props["title"] = f"This workflow sends no {WORDS[channel]}."
            return
        if cell.is_locked:
            html.span("Always on" if cell.is_on is not False else "Off").classes("chip")
        else:
            self._draw_switch(row.key, row.name, channel, cell.is_on is not False)
        rule = html.p(SHORT[cell.rule]).classes("rule small muted")
        rule.props["title"] = cell.words

    def _draw_switch(self, key: str | None, name: str, channel: ChannelKind, on: bool) -> None:
        switch = html.input_().classes("switch").mark(f"switch-{key or 'overall'}-{channel}")
        switch.attributes(
            type="checkbox", role="switch", aria_label=f"{WORDS[channel]} for {name}", checked=on
        )
        if self.refused:  # the keyboard reaches it and hears why, as with buttons
            switch.attributes(aria_disabled="true", aria_description=self.refused)
            switch.on("click", js_handler="(event) => event.preventDefault()")
            return

        async def changed(event: events.GenericEventArguments) -> None:
            await self.on_toggle(key, channel, bool(event.args))

        switch.on("change", changed, js_handler="(event) => emit(event.target.checked)")
