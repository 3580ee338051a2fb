"""Change how a person is reached, and never lose a token that nobody removed.

Every change reads the person again, sends what makes the whole entry, and reads back. A write that leaves the
tokens out empties them (BEHAVIOUR.md, OP3 and OP4), so they are never left out. PATCH adds to what is
stored; it is preferred to PUT wherever nothing has to go, for then a token that was added meanwhile survives.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api_client import ChannelCredentials, Subscriber
from dashboard.actions.entries import (
    ChangedElsewhere,
    Kept,
    Target,
    Wanted,
    are_same,
    entry_of,
    not_kept,
    tokens_of,
)
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.providers import MOST_TOKENS
from dashboard.refusals import Refusal


class TooManyTokens(Refusal):
    """The API keeps no more than a hundred; nothing was sent."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"That would be {count:,} tokens; Novu keeps at most {MOST_TOKENS} per person and integration. "
            "Nothing was sent."
        )


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
    entry = _Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    if not are_same(before, expected):
        raise ChangedElsewhere(expected, before, wanted)
    return await entry.change(before, wanted)


@action("credentials.tokens_added", needs=Permission.WRITE)
async def add_tokens(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, target: Target, tokens: Sequence[str]
) -> Kept:
    """Add tokens behind those stored by now; those already there stay once. Raises TooManyTokens."""
    entry = _Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    return await entry.change(before, {"deviceTokens": list(dict.fromkeys([*tokens_of(before), *tokens]))})


@action("credentials.token_removed", needs=Permission.WRITE)
async def remove_token(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, target: Target, token: str
) -> Kept:
    """Remove one token and keep the rest as stored by now; fine when it is gone already."""
    entry = _Entry(ctx, deed, subscriber_id, target)
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
    entry = _Entry(ctx, deed, subscriber_id, target)
    before = await entry.read()
    if not are_same(before, expected):
        raise ChangedElsewhere(expected, before, {})
    stored = before.to_body() if before else {}
    return await entry.change(before, {key: [] if key == "deviceTokens" else "" for key in stored})


@action("credentials.provider_removed", needs=Permission.DELETE)
async def remove_provider(ctx: AppContext, deed: Deed, *, subscriber_id: str, provider_id: str) -> Subscriber:
    """Remove every entry of the provider, in all its integrations; returns the person as read back."""
    person = await ctx.api.subscribers.get(subscriber_id)
    deed.before = [one.to_body() for one in person.channels if one.provider_id == provider_id]
    await ctx.api.credentials.delete(subscriber_id, provider_id)
    person = await ctx.api.subscribers.get(subscriber_id)
    deed.after = [one.to_body() for one in person.channels if one.provider_id == provider_id]
    return person


@action("credentials.revealed", needs=Permission.REVEAL)
async def reveal(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, target: Target
) -> ChannelCredentials | None:
    """The entry's values in clear, as stored by now, to be shown for a short while."""
    entry = _Entry(ctx, deed, subscriber_id, target)
    credentials = await entry.read()
    deed.after = entry.on_record(credentials)
    return credentials


@dataclass(frozen=True)
class _Entry:
    """One entry under change: whose, which, and by which deed."""

    ctx: AppContext
    deed: Deed
    subscriber_id: str
    target: Target

    async def read(self) -> ChannelCredentials | None:
        return entry_of(await self.ctx.api.subscribers.get(self.subscriber_id), self.target)

    async def change(self, before: ChannelCredentials | None, wanted: Wanted) -> Kept:
        """Send what is wanted, unless it is there already, and read back."""
        self.deed.before = self.on_record(before)
        if not_kept(wanted, before):
            await self._send(before, wanted)
        person = await self.ctx.api.subscribers.get(self.subscriber_id)
        now = entry_of(person, self.target)
        self.deed.after = self.on_record(now)
        return Kept(person, before, now, not_kept(wanted, now))

    async def _send(self, before: ChannelCredentials | None, wanted: Wanted) -> None:
        stored = tokens_of(before)
        tokens = tuple(wanted.get("deviceTokens", stored))
        if len(tokens) > MOST_TOKENS:
            raise TooManyTokens(len(tokens))
        only_adds = bool(tokens) and tokens[: len(stored)] == stored
        calls = self.ctx.api.credentials
        await (calls.append if only_adds else calls.replace)(
            self.subscriber_id,
            self.target.provider_id,
            ChannelCredentials.model_validate(
                {**wanted, "deviceTokens": tokens} if tokens or stored else wanted
            ),
            integration=self.target.integration,
            options=self.deed.options(),
        )

    def on_record(self, credentials: ChannelCredentials | None) -> object:
        """The entry for the audit log, which masks its secrets."""
        return {
            "providerId": self.target.provider_id,
            "integrationIdentifier": self.target.integration,
            "credentials": credentials.to_body() if credentials else None,
        }
