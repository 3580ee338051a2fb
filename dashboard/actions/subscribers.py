"""Create, change and delete people."""

from api_client import NewSubscriber, Subscriber, SubscriberPatch
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.refusals import Refusal


class PersonChanged(Refusal):
    """Somebody else changed one of the same fields meanwhile; `now` is the person as it is."""

    def __init__(self, now: Subscriber) -> None:
        super().__init__("This person was changed elsewhere while you were editing. Nothing was sent.")
        self.now = now


@action("subscriber.created", needs=Permission.WRITE)
async def create(ctx: AppContext, deed: Deed, *, subscriber_id: str, new: NewSubscriber) -> Subscriber:
    """Create a person under `subscriber_id`; an existing one stays as it is and is a Conflict."""
    named = new.model_copy(update={"subscriber_id": subscriber_id})
    deed.after = named.to_body()
    return await ctx.api.subscribers.create(named, fail_if_exists=True, options=deed.options())


@action("subscriber.changed", needs=Permission.WRITE)
async def patch(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    change: SubscriberPatch,
    expected: Subscriber | None = None,
) -> Subscriber:
    """Change the fields that are set, clear those that are None; returns the person as read back.

    Raises PersonChanged when one of these fields is no longer as in `expected`.
    """
    fields = change.model_fields_set
    before = await ctx.api.subscribers.get(subscriber_id)
    if expected and any(getattr(before, name) != getattr(expected, name) for name in fields):
        raise PersonChanged(before)
    deed.before = before.model_dump(mode="json", by_alias=True, include=fields)
    await ctx.api.subscribers.patch(subscriber_id, change, options=deed.options())
    now = await ctx.api.subscribers.get(subscriber_id)
    deed.after = now.model_dump(mode="json", by_alias=True, include=fields)
    return now


@action("subscriber.deleted", needs=Permission.DELETE)
async def delete(ctx: AppContext, deed: Deed, *, subscriber_id: str) -> None:
    """Delete a person for good, with messages and preferences.

    An erasure must not leave a copy: the log keeps who did it and to which id, and of the profile only marks.
    """
    person = await ctx.api.subscribers.get(subscriber_id)
    deed.before = ctx.audit.forgotten(person.model_dump(mode="json", by_alias=True, exclude_unset=True))
    await ctx.api.subscribers.delete(subscriber_id, options=deed.options())


@action("subscriber.online_set", needs=Permission.WRITE)
async def set_online(ctx: AppContext, deed: Deed, *, subscriber_id: str, is_online: bool) -> Subscriber:
    """Set the online flag; going offline notes the time."""
    deed.after = {"isOnline": is_online}
    return await ctx.api.subscribers.set_online(subscriber_id, is_online, options=deed.options())
