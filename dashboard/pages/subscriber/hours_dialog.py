"""The person's weekly schedule as a form: on or off, and for each day the hours when messages may come."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from nicegui import ui

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.pages.subscriber.hours import changed, problems, shown
from dashboard.reach.schedule import DAYS

OnSave = Callable[[dict[str, Any]], Awaitable[None]]
USUAL = {day: "09:00–17:00" if number < 5 else "" for number, day in enumerate(DAYS)}
"""What a person without a schedule is offered to begin with."""
STAYS = "Untick it to switch quiet hours off. The hours stay stored: Novu cannot delete them."
PLACEHOLDER = "quiet all day"


class HoursDialog:
    """What is typed is lost neither by a click beside it nor by a failure, which `on_save` raises."""

    def __init__(self, schedule: Mapping[str, Any] | None, clock: str, *, on_save: OnSave) -> None:
        self.schedule, self.clock, self.on_save = schedule, clock, on_save
        self.fields: dict[str, TextField] = {}
        self.dialog = Dialog("Quiet hours", marker="hours-dialog", persistent=True)

    def open(self) -> None:
        known = self.schedule if self.schedule and self.schedule.get("weeklySchedule") else None
        lines = shown(known) if known else USUAL
        with self.dialog.content():
            is_on = bool(known.get("isEnabled")) if known else True  # nobody sets hours to have them off
            self.is_on = ui.checkbox("Keep quiet outside these hours", value=is_on).mark("hours-on")
            html.p(
                "Outside them only in-app messages and critical workflows come through. "
                "Write hours as in 09:00–17:00, several with a comma; an empty day is quiet all day."
            ).classes("muted small")
            html.p(self.clock).classes("small")
            if known:
                html.p(STAYS).classes("muted small")
            with html.div().classes("hours-grid"):
                for day in DAYS:
                    self.fields[day] = TextField(
                        day.capitalize(), value=lines[day], placeholder=PLACEHOLDER, marker=f"hours-{day}"
                    )
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            button("Save", on_click=self._save, look="primary").mark("save-hours")
        self.dialog.open()

    async def _save(self) -> None:
        lines = {day: field.value for day, field in self.fields.items()}
        wrong = problems(self.schedule, lines)
        for day, field in self.fields.items():
            field.set_error(wrong.get(day))
        if wrong:
            self.fields[next(iter(wrong))].focus()
            return
        stored = changed(self.schedule, lines, is_on=bool(self.is_on.value))
        await self.dialog.finish(partial(self.on_save, stored))
