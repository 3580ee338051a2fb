"""A button that is disabled, with the reason, where the operator may not do what it does.

For show only: the action behind it asks again.
"""

from nicegui import ui

from dashboard.auth import Permission, allows
from dashboard.auth.permissions import CHANGES_DATA, TELLS_OR_CHANGES
from dashboard.components.buttons import OnClick, button, refuse
from dashboard.components.shell import Stage


def refusal(permission: Permission, stage: Stage) -> str | None:
    """Why this operator may not, or None."""
    if stage.ctx.settings.read_only and permission in CHANGES_DATA:
        return "The dashboard is in read-only mode"
    if stage.ctx.lock.looks_locked and permission in CHANGES_DATA:
        return "Production is locked; unlock it in the band at the top"
    if not allows(stage.visit.role, permission):
        return f"Your role ({stage.visit.role}) does not allow this"
    if not stage.ctx.policies.current.allows(stage.visit.role, permission):
        return "An administrator has switched this off"
    if permission in TELLS_OR_CHANGES and stage.ctx.hides():
        return "Personal data is masked; show it first"
    return None


def permission_button(  # noqa: PLR0913 - a button, all its parts named
    text: str,
    permission: Permission,
    stage: Stage,
    *,
    on_click: OnClick,
    icon: str = "",
    look: str = "quiet",
    label: str = "",
) -> ui.button:
    """A button for something that needs `permission`."""
    made = button(text, icon=icon, on_click=on_click, look=look, label=label)
    reason = refusal(permission, stage)
    if reason:
        refuse(made, reason)
    return made
