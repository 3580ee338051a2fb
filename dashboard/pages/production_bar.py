"""The line on every page of production: locked, or until when not; the dialog that unlocks it."""

from nicegui import ui

from dashboard.actions import production
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.lock import LONGEST_REASON, NoReason


def draw_production_bar(stage: Stage) -> None:
    """Nothing, where the environment is not production."""
    lock = stage.ctx.lock
    if not lock.guards:
        return
    with html.div().classes("notice warn").mark("production-bar"):
        until = lock.open_until
        if until is None:
            is_sure = stage.environment.is_production
            html.span("Production is locked." if is_sure else "This may be production, so it is locked.")
            html.span("Nothing can be changed.").classes("grow")
            permission_button(
                "Unlock…", Permission.UNLOCK, stage, on_click=lambda: UnlockDialog(stage).open()
            )
        else:
            html.span(f"Production is unlocked until {until:%H:%M} UTC.")
            permission_button("Lock now", Permission.UNLOCK, stage, on_click=lambda: _lock(stage))


class UnlockDialog:
    """Asks for the reason; the page is drawn anew afterwards, so that its buttons work."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._dialog = Dialog("Unlock production for 15 minutes", marker="unlock-dialog", persistent=True)

    def open(self) -> None:
        with self._dialog.content():
            html.p("Until then, every operator can change people. Your reason goes on record.")
            self._reason = TextField("Reason", required=True, marker="unlock-reason")
            self._reason.input.props["maxlength"] = LONGEST_REASON
            self._reason.input.on("keydown.enter", self.unlock, args=[])
        with self._dialog.buttons():
            button("Cancel", on_click=self._dialog.close)
            button("Unlock", look="primary", on_click=self.unlock).mark("unlock")
        self._dialog.open()

    @reports_errors
    async def unlock(self) -> None:
        stage = self._stage
        try:
            await production.unlock(
                stage.ctx, stage.visit, actor=stage.visit.actor, reason=self._reason.value
            )
        except NoReason as refusal:
            self._reason.set_error(refusal.user_text)
            return
        self._dialog.close()
        ui.navigate.reload()


@reports_errors
async def _lock(stage: Stage) -> None:
    await production.lock(stage.ctx, stage.visit)
    ui.navigate.reload()
