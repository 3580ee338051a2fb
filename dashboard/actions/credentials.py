"""Change how a person is reached, and never lose a token that nobody removed.

Every change goes through `Entry`: it reads the person again, sends the whole entry, and reads back.
"""

from collections.abc import Sequence

from api_client import ChannelCredentials
from dashboard.actions.entries import ChangedElsewhere, Kept, Target, Wanted, are_same, restored, tokens_of
from dashboard.actions.entry import Entry
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext


@action("credentials.saved", needs=Permission.WRITE)
async def save(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    target: Target,
    wanted: Wanted,
    expected: ChannelCredentials | None,
) -> Kept:
    """Make the entry hold what is wanted. `expected` is the entry as the form saw it, None for no entry.

    Raises ChangedElsewhere when it is another one by now, TooManyTokens.
    """
    entry = Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    if not are_same(before, expected):
        raise ChangedElsewhere(expected, before, wanted)
    return await entry.change(before, wanted)


@action("credentials.tokens_added", needs=Permission.WRITE)
async def add_tokens(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, target: Target, tokens: Sequence[str]
) -> Kept:
    """Add tokens behind those stored by now; those already there stay once. Raises TooManyTokens."""
    entry = Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    return await entry.change(before, {"deviceTokens": list(dict.fromkeys([*tokens_of(before), *tokens]))})


@action("credentials.token_removed", needs=Permission.WRITE)
async def remove_token(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, target: Target, token: str
) -> Kept:
    """Remove one token and keep the rest as stored by now; fine when it is gone already."""
    entry = Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    return await entry.change(before, {"deviceTokens": [one for one in tokens_of(before) if one != token]})


@action("credentials.cleared", needs=Permission.WRITE)
async def clear(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    target: Target,
    expected: ChannelCredentials | None,
) -> Kept:
    """Empty one entry and leave the provider's other integrations alone. The API keeps the empty entry.

    Raises ChangedElsewhere.
    """
    entry = Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    if not are_same(before, expected):
        raise ChangedElsewhere(expected, before, {})
    stored = before.to_body() if before else {}
    return await entry.change(before, {key: [] if key == "deviceTokens" else "" for key in stored})


@action("credentials.undone", needs=Permission.WRITE)
async def undo(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    target: Target,
    before: ChannelCredentials | None,
    after: ChannelCredentials | None,
) -> Kept:
    """Take the change from `before` to `after` back; what came from elsewhere since then stays.

    Raises ChangedElsewhere where a field was changed again, TooManyTokens.
    """
    entry = Entry(ctx, deed, subscriber_id, target)
    now = await entry.read()
    return await entry.change(now, restored(before, after, now))


@action("credentials.revealed", needs=Permission.REVEAL)
async def reveal(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, target: Target
) -> ChannelCredentials | None:
    """The entry's values in clear, as stored by now, to be shown for a short while."""
    entry = Entry(ctx, deed, subscriber_id, target)
    credentials = await entry.read()
    deed.after = entry.on_record(credentials)
    return credentials
