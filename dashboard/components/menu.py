"""A button that unfolds a short list of actions in place: no portal, every key of the browser's own works."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import OnClick, button
from dashboard.components.icons import icon
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage

# Esc, leaving it, or choosing something folds it up again.
FOLD = """(event) => {
    const menu = event.currentTarget;
    if (event.type === 'keydown') {
        if (event.key !== 'Escape' || !menu.open) return;
        menu.querySelector('summary').focus();
    } else if (event.type === 'focusout') {
        if (menu.contains(event.relatedTarget) || !event.relatedTarget) return;
    } else if (event.target.closest('.menu-list button:not([aria-disabled])')) {
        menu.querySelector('summary').focus(); // what was chosen is hidden now
    } else return;
    menu.open = false;
}"""


@dataclass(frozen=True)
class MenuItem:
    """One action; without a permission anybody may."""

    text: str
    on_click: OnClick
    marker: str
    needs: Permission | None = None
    look: str = "bare"


def menu_button(stage: Stage, label: str, items: Sequence[MenuItem], *, marker: str) -> None:
    """Draw it; `label` is its name for screen readers and what it says beside the dots."""
    with html.details().classes("menu").mark(marker) as menu:
        with html.summary().classes("menu-summary") as summary:
            ui.icon(icon("more")).props('aria-hidden="true"')
            html.span(label)
        summary.mark(f"{marker}-open")
        with html.div().classes("menu-list"):
            for item in items:
                _draw(stage, item)
    for event in ("keydown", "focusout", "click"):
        menu.on(event, js_handler=FOLD)


def _draw(stage: Stage, item: MenuItem) -> None:
    if item.needs is None:
        made = button(item.text, on_click=item.on_click, look=item.look)
    else:
        made = permission_button(item.text, item.needs, stage, on_click=item.on_click, look=item.look)
    made.mark(item.marker)
