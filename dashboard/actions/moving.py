"""Tokens from one integration to another of the same provider: added there first, then taken away here."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.actions.entries import Kept, Target, tokens_of
from dashboard.actions.entry import Entry
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext


@dataclass(frozen=True)
class Moved:
    """What came of both entries; `source` was read back last."""

    source: Kept
    destination: Kept


@action("credentials.tokens_moved", needs=Permission.WRITE)
async def move_tokens(
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    source: Target,
    destination: Target,
    tokens: Sequence[str],
) -> Moved:
    """Move those of `tokens` that are stored. After a failure they may be in both places, never in none.

    Raises TooManyTokens before anything is sent.
    """
    here = Entry(ctx, deed, subscriber_id, source, step="source")
    there = Entry(ctx, deed, subscriber_id, destination, step="destination")
    old, new = await here.read(), await there.read()
    moving = [token for token in tokens_of(old) if token in set(tokens)]
    arrived = await there.change(new, {"deviceTokens": list(dict.fromkeys([*tokens_of(new), *moving]))})
    safe = set(moving) & set(tokens_of(arrived.now))
    old = await here.read()
    left = await here.change(old, {"deviceTokens": [one for one in tokens_of(old) if one not in safe]})
    deed.before = [here.on_record(old), there.on_record(new)]
    deed.after = [here.on_record(left.now), there.on_record(arrived.now)]
    return Moved(left, arrived)
