"""The dialogs that add an operator, set role or password, reset a second factor, and lock somebody out."""

from collections.abc import Callable

from dashboard.actions import operators
from dashboard.auth import Operator, Permission, Role
from dashboard.auth.operators import BadName, FirstIsAdmin, LastAdmin, NameTaken
from dashboard.auth.passwords import SHORTEST, WeakPassword
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField, choice, password_field
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors

OnChanged = Callable[[str], None]
ROLES = {
    Role.VIEWER.value: "Viewer: looks, changes nothing, sees no secrets",
    Role.OPERATOR.value: "Operator: changes people, reveals and exports",
    Role.ADMIN.value: "Administrator: also operators, policies and the audit log",
}
HINT = f"At least {SHORTEST} characters; a sentence is fine. Hand it over by a safe way."


class _AccountDialog:
    """What these dialogs share: a stage, somebody to tell, and a row of buttons of which one does it."""

    title = ""
    verb = ""
    marker = ""
    look = "primary"
    is_typed_in = False  # what is typed is not lost by Esc or a click beside it

    def __init__(self, stage: Stage, on_changed: OnChanged, *, role: Role = Role.VIEWER) -> None:
        self.stage, self.on_changed = stage, on_changed
        self.role = role.value

    def open(self) -> None:
        self.dialog = Dialog(self.title, marker=self.marker, persistent=self.is_typed_in)
        with self.dialog.content():
            self.draw()
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            permission_button(
                self.verb, Permission.OPERATORS, self.stage, on_click=self.run, look=self.look
            ).mark(f"{self.marker}-go")
        self.dialog.open()

    def draw(self) -> None:
        raise NotImplementedError

    async def act(self) -> str:
        """Do it and say so; an empty text means that a field shows what is wrong."""
        raise NotImplementedError

    @reports_errors
    async def run(self) -> None:
        with self.dialog.held():
            done = await self.act()
        if done:
            self.dialog.close()
            self.on_changed(done)

    def draw_roles(self) -> None:
        with html.div().classes("field"):
            html.span("Role").classes("field-label")
            choice(ROLES, self.role, label="Role", on_change=self._on_role, marker="operator-role")
            self.problem = html.p().classes("hint warning").attributes(role="alert")

    def _on_role(self, value: str) -> None:
        self.role = value if value in ROLES else Role.VIEWER.value


class AddDialog(_AccountDialog):
    """Name, role and a first password."""

    title, verb, marker = "Add an operator", "Add", "add-operator"
    is_typed_in = True

    def draw(self) -> None:
        self.name = TextField(
            "Name", required=True, marker="operator-name", hint="Letters, digits and . _ @ + -"
        )
        self.draw_roles()
        self.password = password_field("Password", hint=HINT, marker="operator-password")

    async def act(self) -> str:
        name = self.name.value.strip()
        self.name.set_error(None)
        self.password.set_error(None)
        try:
            await operators.add(
                self.stage.ctx,
                self.stage.visit,
                operator=name,
                role=Role(self.role),
                password=self.password.value,
            )
        except (BadName, NameTaken) as refusal:
            self.name.set_error(refusal.user_text)
        except WeakPassword as refusal:
            self.password.set_error(refusal.user_text)
        except FirstIsAdmin as refusal:
            self.problem.text = refusal.user_text
        else:
            return f"{name} may sign in as {self.role}."
        return ""


class _OneDialog(_AccountDialog):
    """About somebody who has an account."""

    def __init__(self, stage: Stage, one: Operator, on_changed: OnChanged) -> None:
        super().__init__(stage, on_changed)
        self.one = one
        self.role = one.role.value


class RoleDialog(_OneDialog):
    """Another role, which ends the sessions."""

    title, verb, marker = "Set the role", "Set role", "set-role"

    def draw(self) -> None:
        html.p(f"{self.one.name} is signed out everywhere and has the new role at the next sign-in.")
        self.draw_roles()

    async def act(self) -> str:
        try:
            await operators.set_role(
                self.stage.ctx, self.stage.visit, operator=self.one.name, role=Role(self.role)
            )
        except LastAdmin as refusal:
            self.problem.text = refusal.user_text
            return ""
        return f"{self.one.name} is {self.role} now."


class PasswordDialog(_OneDialog):
    """Another password, which ends the sessions."""

    title, verb, marker = "Set a new password", "Set password", "set-password"
    is_typed_in = True

    def draw(self) -> None:
        html.p(f"{self.one.name} is signed out everywhere and needs the new password at the next sign-in.")
        self.password = password_field("New password", hint=HINT, marker="operator-password")

    async def act(self) -> str:
        try:
            await operators.set_password(
                self.stage.ctx, self.stage.visit, operator=self.one.name, password=self.password.value
            )
        except WeakPassword as refusal:
            self.password.set_error(refusal.user_text)
            return ""
        return f"{self.one.name} has a new password."


class ResetDialog(_OneDialog):
    """For whoever has lost phone and recovery codes."""

    title, verb, marker, look = "Reset the second factor", "Reset", "reset-second-factor", "danger"
    is_typed_in = True

    def draw(self) -> None:
        is_required = self.stage.ctx.settings.require_second_factor
        then = "sets up a new one" if is_required else "the password alone is enough"
        html.p(
            f"{self.one.name} is signed out everywhere, and at the next sign-in {then}. First make sure that "
            "it really is them asking: by voice or in person, not by chat."
        )
        hint = "What you write goes on record."
        self.reason = TextField("Reason", required=True, hint=hint, marker="reset-reason")
        self.reason.input.props.update({"maxlength": operators.LONGEST_REASON, "autofocus": True})
        self.reason.input.on("keydown.enter", self.run, args=[])

    async def act(self) -> str:
        try:
            await operators.reset_second_factor(
                self.stage.ctx,
                self.stage.visit,
                operator=self.one.name,
                reason=self.reason.value,
                by=self.stage.visit,
            )
        except operators.NoReason as refusal:
            self.reason.set_error(refusal.user_text)
            return ""
        return f"{self.one.name} has no second factor any more."


class LockDialog(_OneDialog):
    """Out at once, and not in again."""

    title, verb, marker, look = "Lock an operator out", "Lock", "lock-operator", "danger"

    def draw(self) -> None:
        html.p(
            f"{self.one.name} is signed out everywhere at once, in open tabs too, and cannot sign in until "
            "somebody unlocks the account. Bulk jobs that were begun pause."
        )
        self.problem = html.p().classes("hint warning").attributes(role="alert")

    async def act(self) -> str:
        try:
            await operators.lock(self.stage.ctx, self.stage.visit, operator=self.one.name)
        except LastAdmin as refusal:
            self.problem.text = refusal.user_text
            return ""
        return f"{self.one.name} is locked out."
