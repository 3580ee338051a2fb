"""Asks until when a message is to be out of the inbox, and whether one is to be deleted."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from api_client import Subscriber
from dashboard import wording
from dashboard.clock import Clock
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.pages.subscriber.snoozing import BadMoment, offers, on_their_clock, typed

NO_ZONE = "No usable time zone is stored for this person, so times are in UTC."


class SnoozeDialog:
    """Two moments that one click chooses, or one of choice; `on_chosen` raises what went wrong."""

    def __init__(
        self,
        title: str,
        person: Subscriber,
        clock: Clock,
        *,
        on_chosen: Callable[[datetime], Awaitable[None]],
    ) -> None:
        self.title, self.clock, self.on_chosen = title, clock, on_chosen
        self.zone = wording.zone_of(person.timezone)
        self.dialog = Dialog("Snooze this message", marker="snooze-dialog")

    def open(self) -> None:
        with self.dialog.content():
            with html.p():
                html.b(self.title).classes("breakable")
                html.span(" leaves the person's inbox and comes back then.")
            with html.div().classes("stack"):
                for number, offer in enumerate(offers(self.clock.now(), self.zone)):
                    text = f"{offer.name} – {on_their_clock(offer.until, self.zone)}"
                    button(text, on_click=partial(self._chosen, offer.until)).mark(f"snooze-{number}")
            hint = f"On the person's clock ({self.zone})." if self.zone else NO_ZONE
            self.field = TextField("Or until", hint=hint, marker="snooze-moment")
            self.field.input.props["type"] = "datetime-local"
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            button("Snooze until then", on_click=self._typed, look="primary").mark("snooze-typed")
        self.dialog.open()

    async def _typed(self) -> None:
        try:
            until = typed(self.field.value, self.clock.now(), self.zone)
        except BadMoment as flaw:
            self.field.set_error(str(flaw))
            self.field.focus()
            return
        await self._chosen(until)

    async def _chosen(self, until: datetime) -> None:
        await self.dialog.finish(partial(self.on_chosen, until))


def ask_to_delete(title: str, *, on_confirm: Callable[[], Awaitable[None]]) -> None:
    """There is no inverse call, so it asks first; `on_confirm` raises what went wrong."""
    dialog = Dialog("Delete this message", marker="delete-message")
    confirm = partial(dialog.finish, on_confirm)
    with dialog.content():
        with html.p():
            html.span("This takes ")
            html.b(title).classes("breakable")
            html.span(" out of the person's inbox and out of Novu for good. It cannot be undone.")
        html.p("To hide it in a way that can be taken back, archive it.").classes("muted")
    with dialog.buttons():
        button("Cancel", on_click=dialog.close)
        button("Delete for good", on_click=confirm, look="danger solid").mark("confirm-delete-message")
    dialog.open()
