"""Buttons in our own looks: quiet, primary, bare, danger. Quasar's colour classes stay out of it."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from dashboard.components.icons import icon as drawing

OnClick = Callable[[], Any] | Callable[[], Awaitable[Any]]


def button(
    text: str = "", *, on_click: OnClick | None = None, icon: str = "", look: str = "quiet", label: str = ""
) -> ui.button:
    """A button. One that only has an icon needs a `label`: its name, drawn on hover and focus (theme.css)."""
    made = ui.button(text, icon=drawing(icon) if icon else None, color=None, on_click=on_click).classes(look)
    if not text:
        made.classes("icon-only")
    if label:
        made.props["aria-label"] = label
    return made


def refuse(made: ui.button, reason: str) -> None:
    """Disable it, and say why to everyone: the keyboard still reaches it, and its clicks are ignored here."""
    made.disable()
    del made.props["disable"]  # by which Quasar takes it out of the keyboard's way
    made.props.update({"aria-disabled": "true", "aria-description": reason})
