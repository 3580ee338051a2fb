"""What is done to one message of the feed; all but a deletion is offered back at once."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from nicegui.element import Element

from api_client import ActionStatus, FeedItem, MarkAs
from dashboard import wording
from dashboard.actions import messages as actions
from dashboard.components.shell import Stage
from dashboard.components.undo import UndoToast
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.subscriber.marking import take_back, way_back
from dashboard.pages.subscriber.message import title_of
from dashboard.pages.subscriber.snooze_dialog import SnoozeDialog, ask_to_delete
from dashboard.pages.subscriber.snoozing import can_wait, said
from dashboard.pages.subscriber.source import Source


class MessageDeeds:
    """The handlers behind a message's buttons; `place` is an element that outlives a redraw of the feed."""

    def __init__(
        self, stage: Stage, source: Source, place: Element, *, on_changed: Callable[[], None]
    ) -> None:
        self.stage, self.source, self.place, self.on_changed = stage, source, place, on_changed

    @reports_errors
    async def mark(self, item: FeedItem, mark_as: MarkAs) -> None:
        """Mark it; what it was before is offered back."""
        await actions.mark(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.source.subscriber_id,
            message_ids=[item.id],
            mark_as=mark_as,
        )
        self.on_changed()

        @reports_errors
        async def undo() -> None:
            known = {way_back(item): [item.id]}
            await take_back(self.stage.ctx, self.stage.visit, self.source.subscriber_id, known)
            self.on_changed()

        UndoToast(self.place, f"Marked as {mark_as.value}.", undo=undo)

    @reports_errors
    async def archive(self, item: FeedItem, is_archived: bool) -> None:
        """Into the archive or out of it."""
        await self._archive(item, is_archived)
        text = "Archived." if is_archived else "Back in the inbox."
        self._offer(text, partial(self._archive, item, not is_archived))

    async def _archive(self, item: FeedItem, is_archived: bool) -> None:
        await actions.archive(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.source.subscriber_id,
            message_id=item.id,
            is_archived=is_archived,
        )
        self.on_changed()

    @reports_errors
    async def press(self, item: FeedItem, name: str, status: ActionStatus) -> None:
        """Record that one of the message's own buttons was pressed, or take that back."""
        await self._press(item, name, status)
        back = ActionStatus.PENDING if status is ActionStatus.DONE else ActionStatus.DONE
        text = "Recorded as pressed." if status is ActionStatus.DONE else "Recorded as not pressed."
        self._offer(text, partial(self._press, item, name, back))

    async def _press(self, item: FeedItem, name: str, status: ActionStatus) -> None:
        await actions.complete_action(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.source.subscriber_id,
            message_id=item.id,
            button=name,
            status=status,
        )
        self.on_changed()

    @reports_errors
    async def snooze(self, item: FeedItem) -> None:
        """Ask until when, on the person's clock."""
        person = await self.source.person()
        if self.place.is_deleted:
            return
        with self.place:
            chosen = partial(self._snooze_until, item, person.timezone)
            SnoozeDialog(title_of(item), person, self.stage.ctx.clock, on_chosen=chosen).open()

    @reports_errors
    async def _snooze_until(self, item: FeedItem, zone: str | None, until: datetime) -> None:
        await self._snooze(item, until)
        text = f"Snoozed until {said(until, wording.zone_of(zone))}."
        self._offer(text, partial(self._snooze, item, item.snoozed_until))

    @reports_errors
    async def unsnooze(self, item: FeedItem) -> None:
        """Back into the inbox now; a moment that is still ahead is offered back."""
        await self._snooze(item, None)
        if item.snoozed_until and can_wait(item.snoozed_until, self.stage.ctx.clock.now()):
            self._offer("Back in the inbox.", partial(self._snooze, item, item.snoozed_until))
        else:
            succeed("Back in the inbox.")

    async def _snooze(self, item: FeedItem, until: datetime | None) -> None:
        await actions.snooze(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.source.subscriber_id,
            message_id=item.id,
            until=until,
        )
        self.on_changed()

    async def delete(self, item: FeedItem) -> None:
        """For good, so it asks first."""
        with self.place:
            ask_to_delete(title_of(item), on_confirm=partial(self._delete, item))

    @reports_errors
    async def _delete(self, item: FeedItem) -> None:
        await actions.delete(
            self.stage.ctx, self.stage.visit, subscriber_id=self.source.subscriber_id, message_id=item.id
        )
        self.on_changed()
        succeed("The message is deleted.")

    def _offer(self, text: str, back: Callable[[], Awaitable[None]]) -> None:
        UndoToast(self.place, text, undo=reports_errors(back))
