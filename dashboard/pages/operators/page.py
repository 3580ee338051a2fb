"""The sub page `/operators`: the accounts and their sessions, and the policies, for administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard import wording
from dashboard.actions import operators
from dashboard.actions.gate import admit
from dashboard.auth import Operator, Permission, Role
from dashboard.auth.second_factors import SecondFactor
from dashboard.auth.sessions import OpenSessions
from dashboard.components import html, states
from dashboard.components.menu import MenuItem, menu_button
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.operators.dialogs import AddDialog, LockDialog, PasswordDialog, ResetDialog, RoleDialog
from dashboard.pages.operators.policies import PolicyPanel

ROLES = {
    "viewer": "Looks, changes nothing, sees no secrets",
    "operator": "Changes people, reveals and exports",
    "admin": "Also operators, policies and the audit log",
}


@dataclass(frozen=True)
class OperatorsView:
    """Everybody with an account, and who is in right now."""

    operators: Sequence[Operator]
    sessions: Mapping[str, OpenSessions]
    second_factors: Mapping[str, SecondFactor]

    def how(self, one: Operator) -> str:
        """By what somebody signs in."""
        if one.is_federated:
            return "Single sign-on"
        return "Password and second factor" if one.name in self.second_factors else "Password"


class OperatorsPage:
    """A table of accounts; what takes a right away works at once and everywhere."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.has_accounts = True

    def open(self) -> None:
        self.stage.title("Operators")
        with html.div().classes("page"):
            with html.div().classes("page-head"):
                html.h1("Operators")
                html.span().classes("grow")
                permission_button(
                    "Add operator",
                    Permission.OPERATORS,
                    self.stage,
                    on_click=self.add,
                    icon="plus",
                ).mark("operator-add")
            with html.div().classes("card"):
                self.panel: Panel[OperatorsView] = Panel(
                    self.load, self.show, title="The operators are not shown"
                )
            if self.stage.ctx.policies.current.allows(self.stage.visit.role, Permission.OPERATORS):
                PolicyPanel(self.stage)
        self.panel.reload()

    async def load(self) -> OperatorsView:
        ctx = self.stage.ctx
        await admit(ctx, self.stage.visit, "operators.read", needs=Permission.OPERATORS)
        return OperatorsView(
            await ctx.operators.all(), await ctx.sessions.open_now(), await ctx.second_factors.all()
        )

    def add(self) -> None:
        """The first account can only be an administrator's, so that is what stands there."""
        role = Role.VIEWER if self.has_accounts else Role.ADMIN
        AddDialog(self.stage, self.changed, role=role).open()

    def changed(self, text: str) -> None:
        succeed(text)
        self.panel.reload()

    def show(self, view: OperatorsView) -> None:
        self.has_accounts = bool(view.operators)
        with self.panel.body.clear():
            if not view.operators:
                states.empty(
                    "Nobody has an account yet",
                    "The dashboard opens by the one-time link of its terminal. The first account, an "
                    "administrator's, closes that way.",
                    icon_name="people",
                )
                return
            with html.ul().classes("operator-list").attributes(aria_label="Operators"):
                for one in view.operators:
                    self._draw(one, view)

    def _draw(self, one: Operator, view: OperatorsView) -> None:
        now, sessions = self.stage.ctx.clock.now(), view.sessions.get(one.name)
        with html.li().mark(f"operator-{one.name}"):
            with html.div():
                html.b(one.name)
                if one.name == self.stage.visit.actor:
                    html.span(" · you").classes("muted")
                html.div(f"{view.how(one)} · since {one.created_at:%d %b %Y}").classes("muted small")
            with html.div().classes("wide-row"):
                html.div(one.role.value.capitalize())
                html.div(ROLES[one.role.value]).classes("muted small")
            with html.div().classes("wide-row"):
                if sessions is None:
                    html.div("Not signed in").classes("muted")
                else:
                    html.div(wording.count(sessions.number, "open session"))
                    html.div(f"used {wording.ago(sessions.seen_at, now)}").classes("muted small")
            with html.div():
                word, tone = ("Locked", "bad") if one.is_locked else ("May sign in", "good")
                html.span(word).classes(f"chip {tone}")
            menu_button(self.stage, "Change", self._items(one, view), marker=f"change-{one.name}")

    def _items(self, one: Operator, view: OperatorsView) -> list[MenuItem]:
        stage, changed, needs = self.stage, self.changed, Permission.OPERATORS
        items: list[MenuItem] = []
        if not one.is_federated:
            items.append(MenuItem("Role…", RoleDialog(stage, one, changed).open, "set-role", needs))
            items.append(
                MenuItem("New password…", PasswordDialog(stage, one, changed).open, "set-password", needs)
            )
        if one.name in view.second_factors and one.name != stage.visit.actor:
            reset = ResetDialog(stage, one, changed).open
            items.append(MenuItem("Reset second factor…", reset, "reset-second-factor", needs))
        if one.name in view.sessions:
            items.append(MenuItem("End sessions", lambda: self.end_sessions(one), "end-sessions", needs))
        if one.is_locked:
            items.append(MenuItem("Unlock", lambda: self.unlock(one), "unlock-operator", needs))
        else:
            items.append(
                MenuItem("Lock…", LockDialog(stage, one, changed).open, "lock-operator", needs, "danger")
            )
        return items

    @reports_errors
    async def end_sessions(self, one: Operator) -> None:
        await operators.end_sessions(self.stage.ctx, self.stage.visit, operator=one.name)
        self.changed(f"{one.name} is signed out everywhere.")

    @reports_errors
    async def unlock(self, one: Operator) -> None:
        await operators.unlock(self.stage.ctx, self.stage.visit, operator=one.name)
        self.changed(f"{one.name} may sign in again.")


async def open_operators(stage: Stage) -> None:
    """The sub page `/operators`."""
    OperatorsPage(stage).open()
