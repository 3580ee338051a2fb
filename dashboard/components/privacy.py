"""Personal data shown or masked: one's own switch for shared screens, and what an administrator decided."""

from enum import Enum

from nicegui import ui

from dashboard.components.buttons import button, refuse
from dashboard.components.choices import keep_choice

MASK_COOKIE = "mask"
KEPT_S = 12 * 3600


class Privacy(Enum):
    """How personal data looks on this visit, in words for the switch."""

    SHOWN = "shown"
    MASKED = "masked"
    ALWAYS_MASKED = "masked for your role"


def privacy_switch(now: Privacy) -> None:
    """The server masks, so the page is loaded anew. A cookie keeps the choice for twelve hours."""
    is_shown = now is Privacy.SHOWN
    script = keep_choice(MASK_COOKIE, "on" if is_shown else "off", seconds=KEPT_S) + " location.reload()"
    switch = button(
        icon="eye" if is_shown else "eye_off",
        label=f"Personal data: {now.value}. {'Mask' if is_shown else 'Show'}",
        look="bare",
        on_click=lambda: ui.run_javascript(script),
    ).mark("privacy-switch")
    if now is Privacy.ALWAYS_MASKED:
        switch.props["aria-label"] = "Personal data: masked for your role"
        refuse(switch, "Personal data is masked for your role by an administrator")
