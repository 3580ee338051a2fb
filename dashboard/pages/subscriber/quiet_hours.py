"""The person's weekly schedule in words, on their clock, and the button that changes it."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.json_view import json_view
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.reach.schedule import DAYS


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
            html.p("None: messages may come at any time.").classes("muted")
            return
        html.p(clock).classes("muted small").mark("hours-clock")
        week = schedule.get("weeklySchedule")
        if not isinstance(week, Mapping):
            json_view(schedule, label="Schedule")
            return
        html.p("Outside these hours (their time) only in-app messages and critical workflows come through.")
        with html.dl().classes("facts tight"):
            for day in DAYS:
                with html.div():
                    html.dt(day.capitalize())
                    html.dd(_hours(cast("Mapping[str, Any]", week).get(day)))


def _hours(day: object) -> str:
    if not isinstance(day, Mapping):
        return "quiet all day"
    entry = cast("Mapping[str, Any]", day)
    spans: object = entry.get("hours")
    if not entry.get("isEnabled") or not isinstance(spans, list) or not spans:
        return "quiet all day"
    return ", ".join(
        f"{span.get('start')} to {span.get('end')}" for span in cast("list[dict[str, Any]]", spans)
    )
