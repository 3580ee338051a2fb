"""Deleting a person for good: what goes with it, a file with all of it first, and the id typed by hand."""

import asyncio
from dataclasses import dataclass

from nicegui import ui

from api_client import ApiError, Subscriber
from dashboard import paths, wording
from dashboard.actions import subscribers as actions
from dashboard.auth import Permission, allows
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.components.panel import Panel
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.subscriber.saving import download_whole

CREATED_AGAIN = "A later trigger that names this id creates the person again, empty."
NOT_KNOWN = "could not be counted"
MOST = 100


@dataclass(frozen=True)
class Consequences:
    """What is deleted with the person, in words."""

    tokens: str
    connections: str
    messages: str
    topics: str


class DeleteDialog:
    """Esc or a click beside it leaves everything as it is."""

    def __init__(self, stage: Stage, person: Subscriber) -> None:
        self.stage, self.person = stage, person
        self.dialog = Dialog("Delete this person", marker="delete-dialog")

    def open(self) -> None:
        name = wording.full_name(
            self.person.first_name, self.person.last_name, otherwise=self.person.subscriber_id
        )
        with self.dialog.content():
            with html.p():
                html.span("This deletes ")
                html.b(name).classes("breakable")
                html.span(" for good. Nothing can bring it back. With it go:")
            self.panel: Panel[Consequences] = Panel(
                self.load, self.show, title="What goes with it could not be counted"
            )
            html.p(CREATED_AGAIN).classes("notice warn")
            may_export = allows(self.stage.visit.role, Permission.EXPORT)
            self.keep = ui.checkbox("Download all data as a JSON file first", value=may_export).mark(
                "keep-data"
            )
            self.keep.set_enabled(may_export)
            self.field = TextField(f"Type the id {self.person.subscriber_id} to confirm", marker="confirm-id")
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            self.go = button("Delete for good", on_click=self.delete, look="danger solid").mark(
                "confirm-delete"
            )
        self.panel.reload()
        self.dialog.open()

    async def load(self) -> Consequences:
        reader, who = self.stage.ctx.reader, self.person.subscriber_id
        tokens = sum(len(entry.credentials.device_tokens or ()) for entry in self.person.channels)
        chats = sum(1 for entry in self.person.channels if entry.credentials.webhook_url)
        feed, topics = await asyncio.gather(
            reader.feed.page(who, limit=MOST), reader.topics.of(who, limit=MOST), return_exceptions=True
        )
        return Consequences(
            wording.count(tokens, "device token"),
            wording.count(chats, "chat connection"),
            _counted(feed, "in-app message"),
            _counted(topics, "topic membership"),
        )

    def show(self, found: Consequences) -> None:
        with self.panel.body.clear(), html.ul().classes("bullets").mark("consequences"):
            html.li("the profile and all preferences")
            for text in (found.tokens, found.connections, found.messages, found.topics):
                html.li(text)

    async def delete(self) -> None:
        """Only with the id typed, and after the file is complete, where one is wanted."""
        if self.field.value.strip() != self.person.subscriber_id:
            self.field.set_error("This is not the id. Nothing was deleted.")
            self.field.focus()
            return
        self.field.set_error(None)
        self.go.disable()
        await self._delete()
        if not self.go.is_deleted:
            self.go.enable()

    @reports_errors
    async def _delete(self) -> None:
        if self.keep.value:
            await download_whole(self.stage, self.person.subscriber_id)
        await actions.delete(self.stage.ctx, self.stage.visit, subscriber_id=self.person.subscriber_id)
        self.stage.glimpses.pop(self.person.subscriber_id, None)
        self.dialog.close()
        succeed("Deleted. The audit log keeps who did it, and no copy of the profile.")
        ui.navigate.to(paths.SUBSCRIBERS)


def _counted(found: object, one: str) -> str:
    """Of a page: how many there are, or that there are at least so many."""
    if isinstance(found, ApiError):
        return f"{one}s: {NOT_KNOWN}"
    if isinstance(found, BaseException):
        raise found
    items: tuple[object, ...] = getattr(found, "items", ())
    has_more = bool(getattr(found, "has_more", None) or getattr(found, "next", None))
    return f"{MOST} or more {one}s" if has_more else wording.count(len(items), one)
