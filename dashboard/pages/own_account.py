"""One's own account: where one is signed in, a new password, and out everywhere."""

from nicegui import ui

from dashboard import paths, wording
from dashboard.actions.own_account import change_password, sign_out_everywhere
from dashboard.auth.halfway import Then
from dashboard.auth.passwords import SHORTEST, WeakPassword, WrongPassword
from dashboard.auth.second_factors import SecondFactor
from dashboard.auth.throttle import TooManyTries
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import password_field
from dashboard.context import AppContext, Visit
from dashboard.feedback import reports_errors

FEW = 3  # recovery codes that are left


class AccountDialog:
    """Whoever comes by single sign-on has no password here; the rest is for everybody."""

    def __init__(self, ctx: AppContext, visit: Visit) -> None:
        self._ctx, self._visit = ctx, visit

    def open(self) -> None:
        self._dialog = Dialog("Your account", marker="account-dialog", persistent=True)
        self._dialog.open()
        beside(self._dialog.body, self._draw(), name="read one's own account")

    async def _draw(self) -> None:
        name = self._visit.actor
        has_password = await self._ctx.operators.has_password(name)
        mine = (await self._ctx.sessions.open_now()).get(name)
        factor = await self._ctx.second_factors.of(name)
        with self._dialog.content():
            html.p(f"{name} · {self._visit.role.value}").classes("breakable")
            if mine:
                ago = wording.ago(mine.seen_at, self._ctx.clock.now())
                html.p(f"{wording.count(mine.number, 'open session')}, used {ago}.").classes("muted")
            if has_password:
                self._draw_second_factor(factor)
                self._draw_passwords()
            else:
                html.p("You come by single sign-on: your password is changed there.").classes("muted")
        with self._dialog.buttons():
            button("Sign out everywhere", on_click=self.sign_out).mark("account-sign-out")
            html.span().classes("grow")
            button("Cancel", on_click=self._dialog.close)
            if has_password:
                button("Change password", look="primary", on_click=self.change).mark("account-change")

    def _draw_second_factor(self, factor: SecondFactor | None) -> None:
        """Set up and turned off by signing in anew: whoever sits at an open page is not asked enough."""
        is_required = self._ctx.settings.require_second_factor
        with html.div().classes("field second-factor").mark("second-factor"):
            html.span("Second factor").classes("field-label")
            with html.p():
                html.span(_told(factor))
                _way("Set up again" if factor else "Set up", Then.SET_UP)
                if factor and not is_required:
                    _way("Turn off", Then.TURN_OFF)

    def _draw_passwords(self) -> None:
        self._current = password_field("Current password", marker="account-current", is_new=False)
        self._current.input.props["autofocus"] = True
        hint = f"At least {SHORTEST} characters; a sentence is fine. You are signed out everywhere with it."
        self._new = password_field("New password", marker="account-new", hint=hint)

    @reports_errors
    async def change(self) -> None:
        self._current.set_error(None)
        self._new.set_error(None)
        try:
            await change_password(
                self._ctx, self._visit, current=self._current.value, new=self._new.value
            )  # with it this page is over too, and leads to sign in
        except WrongPassword:
            self._current.set_error("That is not your password.")
        except TooManyTries as refusal:
            self._current.set_error(refusal.user_text)
        except WeakPassword as refusal:
            self._new.set_error(refusal.user_text)
        else:
            self._dialog.close()

    @reports_errors
    async def sign_out(self) -> None:
        await sign_out_everywhere(self._ctx, self._visit)
        self._dialog.close()


def _told(factor: SecondFactor | None) -> str:
    if factor is None:
        return "Off. Your password alone signs you in."
    left = wording.count(factor.recovery_left, "recovery code")
    more = "" if factor.recovery_left > FEW else " Set it up again to get new ones."
    return f"On since {factor.since:%d %b %Y}, {left} left.{more}"


def _way(text: str, then: Then) -> None:
    here = ui.context.client.sub_pages_router.current_path
    html.a(text).classes("text-link").attributes(href=paths.sign_in(here, then=then)).mark(then.value)


def open_account(ctx: AppContext, visit: Visit) -> None:
    AccountDialog(ctx, visit).open()
