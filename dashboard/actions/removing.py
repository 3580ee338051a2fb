"""Everything of one provider: removed in all its integrations at once, and put back while remembered."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_client import ChannelCredentials, Subscriber
from dashboard.actions.entries import Target, restored
from dashboard.actions.entry import Entry
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext


@dataclass(frozen=True)
class Removed:
    """The person as read back, and what the entries held right before."""

    person: Subscriber
    entries: tuple[tuple[str, ChannelCredentials], ...]
    """Integration id, and what was stored."""


@action("credentials.provider_removed", needs=Permission.DELETE)
async def remove_provider(ctx: AppContext, deed: Deed, *, subscriber_id: str, provider_id: str) -> Removed:
    """Remove every entry of the provider, in all its integrations; the API has no narrower delete."""
    person = await ctx.api.subscribers.get(subscriber_id)
    mine = [one for one in person.channels if one.provider_id == provider_id]
    deed.before = [one.to_body() for one in mine]
    await ctx.api.credentials.delete(subscriber_id, provider_id)
    person = await ctx.api.subscribers.get(subscriber_id)
    deed.after = [one.to_body() for one in person.channels if one.provider_id == provider_id]
    return Removed(person, tuple((one.integration_id or "", one.credentials) for one in mine))


@action("credentials.provider_restored", needs=Permission.WRITE)
async def restore_provider(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, entries: Sequence[tuple[Target, ChannelCredentials]]
) -> Subscriber:
    """Write the entries anew; what has come to them since then stays. Only active integrations take them."""
    on_record: list[object] = []
    for target, credentials in entries:
        entry = Entry(ctx, deed, subscriber_id, target, step=target.integration)
        now = await entry.read()
        await entry.change(now, restored(credentials, None, now))
        on_record.append(deed.after)
    deed.before, deed.after = None, on_record
    return await ctx.api.subscribers.get(subscriber_id)
