"""What is done to one message of the feed; all but a deletion is offered back at once, as it was."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from nicegui.element import Element

from api_client import ActionStatus, FeedItem, MarkAs
from dashboard import wording
from dashboard.actions import messages as actions
from dashboard.components.shell import Stage
from dashboard.context import AppContext, Visit
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.subscriber.marking import way_back
from dashboard.pages.subscriber.message import pressed, title_of
from dashboard.pages.subscriber.snooze_dialog import SnoozeDialog, ask_to_delete
from dashboard.pages.subscriber.snoozing import can_wait, said
from dashboard.pages.subscriber.source import Source
from dashboard.pages.subscriber.undoing import offer_undo

Write = Callable[..., Awaitable[object]]
"""An action with everything but who does it, and to whose messages."""


class MessageDeeds:
    """The handlers behind a message's buttons; `place` is an element that outlives a redraw of the feed."""

    def __init__(
        self, stage: Stage, source: Source, place: Element, *, on_changed: Callable[[], None]
    ) -> None:
        self.stage, self.source, self.place, self.on_changed = stage, source, place, on_changed

    @reports_errors
    async def mark(self, item: FeedItem, mark_as: MarkAs) -> None:
        """Mark it; what it was before is offered back."""
        await self._do(partial(actions.mark, message_ids=[item.id], mark_as=mark_as))
        self._offer(f"Marked as {mark_as.value}.", _marks(item))

    @reports_errors
    async def archive(self, item: FeedItem, is_archived: bool) -> None:
        """Into the archive or out of it."""
        await self._do(_archive(item, is_archived))
        text = "Archived." if is_archived else "Back in the inbox."
        self._offer(text, _archive(item, item.archived), *_lost_marks(item))

    @reports_errors
    async def press(self, item: FeedItem, name: str, status: ActionStatus) -> None:
        """Record that one of the message's own buttons was pressed, or take that back."""
        await self._do(partial(actions.complete_action, message_id=item.id, button=name, status=status))
        text = "Recorded as pressed." if status is ActionStatus.DONE else "Recorded as not pressed."
        self._offer(text, _press_back(item, name), *_lost_marks(item))

    @reports_errors
    async def snooze(self, item: FeedItem) -> None:
        """Ask until when, on the person's clock."""
        person = await self.source.person()
        if self.place.is_deleted:
            return
        with self.place:
            chosen = partial(self._snooze_until, item, person.timezone)
            SnoozeDialog(title_of(item), person, self.stage.ctx.clock, on_chosen=chosen).open()

    async def _snooze_until(self, item: FeedItem, zone: str | None, until: datetime) -> None:
        await self._do(_snooze(item, until))
        text = f"Snoozed until {said(until, wording.zone_of(zone))}."
        self._offer(text, *_snooze_back(item))

    @reports_errors
    async def unsnooze(self, item: FeedItem) -> None:
        """Back into the inbox now; a moment that is still ahead is offered back."""
        await self._do(_snooze(item, None))
        if item.snoozed_until and can_wait(item.snoozed_until, self.stage.ctx.clock.now()):
            self._offer("Back in the inbox.", *_snooze_back(item))
        else:
            succeed("Back in the inbox.")

    async def delete(self, item: FeedItem) -> None:
        """For good, so it asks first."""
        with self.place:
            ask_to_delete(title_of(item), on_confirm=partial(self._delete, item))

    async def _delete(self, item: FeedItem) -> None:
        await self._do(partial(actions.delete, message_id=item.id))
        succeed("The message is deleted.")

    async def _do(self, write: Write) -> None:
        """However far it went, the feed is read again."""
        try:
            await self._carry_out(write)
        finally:
            self.on_changed()

    def _offer(self, text: str, *back: Write) -> None:
        who, take_back = self.source.subscriber_id, partial(self._carry_out, *back)
        offer_undo(self.stage, self.place, who, text, take_back=take_back, then=self.on_changed)

    @property
    def _carry_out(self) -> Callable[..., Awaitable[None]]:
        return partial(_one_after_the_other, self.stage.ctx, self.stage.visit, self.source.subscriber_id)


async def _one_after_the_other(ctx: AppContext, visit: Visit, subscriber_id: str, *writes: Write) -> None:
    for write in writes:
        await write(ctx, visit, subscriber_id=subscriber_id)


def _marks(item: FeedItem) -> Write:
    return partial(actions.restore, steps=[(mark_as, [item.id]) for mark_as in way_back(item)])


def _lost_marks(item: FeedItem) -> tuple[Write, ...]:
    """Servers mark a message as seen, or as read, whatever else is done to it."""
    return () if item.read and item.seen else (_marks(item),)


def _archive(item: FeedItem, is_archived: bool) -> Write:
    return partial(actions.archive, message_id=item.id, is_archived=is_archived)


def _snooze(item: FeedItem, until: datetime | None) -> Write:
    return partial(actions.snooze, message_id=item.id, until=until)


def _snooze_back(item: FeedItem) -> tuple[Write, ...]:
    """Snoozing and its inverse both take a message out of the archive."""
    archived = (_archive(item, is_archived=True),) if item.archived else ()
    return (_snooze(item, item.snoozed_until), *archived, *_lost_marks(item))


def _press_back(item: FeedItem, name: str) -> Write:
    """Only one button can be pressed: if that was another one, it is pressed again, with what it brought."""
    press = partial(actions.complete_action, message_id=item.id)
    was = pressed(item)
    if was is None:
        return partial(press, button=name, status=ActionStatus.PENDING)
    result = item.cta.action.result if item.cta and item.cta.action else None
    return partial(press, button=was, status=ActionStatus.DONE, payload=result.payload if result else None)
