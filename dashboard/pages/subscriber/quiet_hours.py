"""The person's weekly schedule in words, on their clock, and the button that changes it."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.json_view import json_view
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.hours import told

NONE = "None: messages may come at any time."
SWITCHED_OFF = "Switched off: messages may come at any time. Novu keeps the hours; it cannot delete them."

OUTSIDE = "Outside these hours only in-app messages and critical workflows come through."


def draw_quiet_hours(
    stage: Stage, schedule: Mapping[str, Any] | None, clock: str, *, on_edit: Callable[[], None]
) -> None:
    """Outside these hours only in-app messages and critical workflows come through."""
    with html.section().classes("quiet-hours").attributes(aria_label="Quiet hours"):
        with html.div().classes("row-x wrap between"):
            html.h2("Quiet hours")
            permission_button(
                "Change", Permission.WRITE, stage, label="Change quiet hours", on_click=on_edit
            ).mark("edit-hours")
        if not schedule or not schedule.get("isEnabled"):
            html.p(SWITCHED_OFF if schedule and schedule.get("weeklySchedule") else NONE).classes("muted")
            return
        html.p(f"{OUTSIDE} {clock}").classes("muted").mark("hours-clock")
        if not isinstance(schedule.get("weeklySchedule"), Mapping):
            json_view(schedule, label="Schedule")
            return
        with html.dl().classes("facts tight"):
            for day, hours in told(schedule).items():
                with html.div():
                    html.dt(day.capitalize())
                    html.dd(hours)
