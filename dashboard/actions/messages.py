"""Change the state of a person's in-app messages on their behalf."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api_client import ActionStatus, MarkAs, Message
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext

MOST_AT_ONCE = 2000
"""Message ids in one call: about half of the 100 kB that a body may have."""


@action("messages.marked", needs=Permission.WRITE)
async def mark(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, message_ids: Sequence[str], mark_as: MarkAs
) -> tuple[Message, ...]:
    """Mark some messages; the answer holds those that were found."""
    deed.after = {"messages": list(message_ids), "markedAs": mark_as.value}
    marked = await ctx.api.messages.mark(subscriber_id, message_ids, mark_as, options=deed.options())
    ctx.unseen.forget([subscriber_id])
    return marked


@action("messages.all_marked", needs=Permission.WRITE)
async def mark_all(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    mark_as: MarkAs,
    feeds: Sequence[str] | None = None,
) -> int:
    """Mark every in-app message, or those of `feeds`; how many changed."""
    changed = await ctx.api.messages.mark_all(subscriber_id, mark_as, feeds=feeds, options=deed.options())
    ctx.unseen.forget([subscriber_id])
    deed.after = {"markedAs": mark_as.value, "changed": changed}
    return changed


@action("messages.restored", needs=Permission.WRITE)
async def restore(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, steps: Sequence[tuple[MarkAs, Sequence[str]]]
) -> None:
    """Give messages back the state they had: each step marks its messages, in parts that the API takes."""
    done = {mark_as.value: 0 for mark_as, _ in steps}
    deed.after = {"restored": done}
    for number, (mark_as, ids) in enumerate(steps):
        for start in range(0, len(ids), MOST_AT_ONCE):
            part = ids[start : start + MOST_AT_ONCE]
            options = deed.options(f"{number}-{start}")
            await ctx.api.messages.mark(subscriber_id, part, mark_as, options=options)
            done[mark_as.value] += len(part)
    ctx.unseen.forget([subscriber_id])


@action("messages.archived", needs=Permission.WRITE)
async def archive(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, message_id: str, is_archived: bool
) -> None:
    """Put a message into the archive, or back into the inbox. NotFound on servers before spring 2026."""
    change = "archive" if is_archived else "unarchive"
    deed.after = {"message": message_id, "isArchived": is_archived}
    await ctx.api.notifications.change(subscriber_id, message_id, change, options=deed.options())
    ctx.unseen.forget([subscriber_id])


@action("messages.snoozed", needs=Permission.WRITE)
async def snooze(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, message_id: str, until: datetime | None
) -> None:
    """Take a message out of the inbox until then, or bring it back (None).

    NotFound on servers before spring 2026; Invalid for a moment that the server does not take.
    """
    deed.after = {"message": message_id, "snoozedUntil": until.isoformat() if until else None}
    calls, options = ctx.api.notifications, deed.options()
    if until:
        await calls.snooze(subscriber_id, message_id, until, options=options)
    else:
        await calls.change(subscriber_id, message_id, "unsnooze", options=options)
    ctx.unseen.forget([subscriber_id])


@action("messages.deleted", needs=Permission.DELETE)
async def delete(ctx: AppContext, deed: Deed, *, subscriber_id: str, message_id: str) -> None:
    """Delete a message; nothing brings it back. NotFound on servers before spring 2026."""
    deed.before = {"message": message_id}
    await ctx.api.notifications.delete(subscriber_id, message_id, options=deed.options())
    ctx.unseen.forget([subscriber_id])


@action("messages.action_set", needs=Permission.WRITE)
async def complete_action(  # noqa: PLR0913 - what the API wants to know of a press
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    message_id: str,
    button: str,
    status: ActionStatus = ActionStatus.DONE,
    payload: Mapping[str, Any] | None = None,
) -> Message:
    """Record that the message's button (`primary` or `secondary`) was pressed, or take that back."""
    deed.after = {"message": message_id, "button": button, "status": status.value}
    return await ctx.api.messages.complete_action(
        subscriber_id, message_id, button, status, payload=payload, options=deed.options()
    )
