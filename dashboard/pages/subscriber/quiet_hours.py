"""The person's weekly schedule in words, read only."""

from collections.abc import Mapping
from typing import Any, cast

from dashboard.components import html
from dashboard.components.json_view import json_view
from dashboard.reach.schedule import DAYS


def draw_quiet_hours(schedule: Mapping[str, Any] | None) -> None:
    """Outside these hours only in-app messages and critical workflows come through."""
    with html.section().classes("quiet-hours").attributes(aria_label="Quiet hours"):
        html.h2("Quiet hours")
        if not schedule or not schedule.get("isEnabled"):
            html.p("None: messages may come at any time.").classes("muted")
            return
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
