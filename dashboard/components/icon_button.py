"""A light icon button for rows of which there may be a hundred: plain HTML, with a name."""

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import OnClick
from dashboard.components.icons import icon


def icon_button(icon_name: str, label: str, *, on_click: OnClick, reason: str | None = None) -> html.Tag:
    """`label` is its name; `reason` says why it is disabled."""
    with html.button().classes("copy") as made:
        ui.icon(icon(icon_name), size="15px").props('aria-hidden="true"')
    made.attributes(type="button", aria_label=label)
    if reason:
        made.attributes(aria_disabled="true", aria_description=reason)
    else:
        made.on("click", on_click, args=[])
    return made
