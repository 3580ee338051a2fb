"""Asks again who somebody is, before secrets and accounts, and then goes on with what was begun."""

from nicegui import ui

from dashboard import paths
from dashboard.actions.own_account import prove
from dashboard.auth.passwords import WrongPassword
from dashboard.auth.throttle import TooManyTries
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import password_field
from dashboard.context import AppContext, Visit
from dashboard.feedback import reports_errors
from dashboard.refusals import Then


class ProofDialog:
    """The password once more, or the way through the identity provider; good for five minutes."""

    def __init__(self, ctx: AppContext, visit: Visit, then: Then) -> None:
        self._ctx, self._visit, self._then = ctx, visit, then
        self._slot = ui.context.slot  # what was begun goes on where it began

    def open(self) -> None:
        self._dialog = Dialog("Is it still you?", marker="proof-dialog", persistent=True)
        self._dialog.open()
        beside(self._dialog.body, self._draw(), name="ask who it is")

    async def _draw(self) -> None:
        has_password = await self._ctx.operators.has_password(self._visit.actor)
        with self._dialog.content():
            html.p("Secrets and accounts are behind one more question. Your answer counts for five minutes.")
            if has_password:
                self._password = password_field("Your password", marker="proof-password", is_new=False)
                self._password.input.on("keydown.enter", self.run)
                self._password.input.props["autofocus"] = True
        with self._dialog.buttons():
            button("Cancel", on_click=self._dialog.close)
            if has_password:
                button("Go on", look="primary", on_click=self.run).mark("proof-go")
            else:
                way = html.a("Sign in again with single sign-on").classes("submit").mark("proof-sign-on")
                here = ui.context.client.sub_pages_router.current_path
                way.attributes(href=paths.sign_on(here, again=True))

    @reports_errors
    async def run(self) -> None:
        self._password.set_error(None)
        try:
            await prove(self._ctx, self._visit, password=self._password.value)
        except WrongPassword:
            self._password.set_error("That is not your password.")
            return
        except TooManyTries as refusal:
            self._password.set_error(refusal.user_text)
            return
        self._dialog.close()
        with self._slot:
            await self._then()


def ask_again(ctx: AppContext, visit: Visit, then: Then) -> None:
    """Ask, and go on with `then` once it is shown."""
    ProofDialog(ctx, visit, then).open()
