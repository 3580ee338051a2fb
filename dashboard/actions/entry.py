"""One entry under change: read, written whole, read back.

A write that leaves the tokens out empties them (BEHAVIOUR.md, OP3 and OP4), so they are never left out. PATCH
adds to what is stored; it is preferred to PUT wherever nothing has to go, for then a token that was added
meanwhile survives, and it carries only the new ones, so that one removed meanwhile does not come back.
"""

from dataclasses import dataclass

from api_client import ChannelCredentials
from dashboard.actions.entries import Kept, Target, Wanted, differs, entry_of, made_of, not_kept, tokens_of
from dashboard.actions.gate import Deed
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


@dataclass(frozen=True)
class Entry:
    """Whose entry, which, and by which deed. A deed that writes twice gives each write a `step`."""

    ctx: AppContext
    deed: Deed
    subscriber_id: str
    target: Target
    step: str = ""

    async def read(self) -> ChannelCredentials | None:
        return entry_of(await self.ctx.api.subscribers.get(self.subscriber_id), self.target)

    async def change(self, before: ChannelCredentials | None, wanted: Wanted) -> Kept:
        """Send what is wanted, unless it is there already, and read back."""
        self.deed.before = self.on_record(before)
        if differs(before, wanted):
            await self._send(before, wanted)
        person = await self.ctx.api.subscribers.get(self.subscriber_id)
        now = entry_of(person, self.target)
        self.deed.after = self.on_record(now)
        dropped = not_kept(wanted, now)
        return Kept(person, before, now, made_of(before, wanted, dropped), dropped)

    async def _send(self, before: ChannelCredentials | None, wanted: Wanted) -> None:
        stored = tokens_of(before)
        tokens = tuple(wanted.get("deviceTokens", stored))
        if len(tokens) > MOST_TOKENS:
            raise TooManyTokens(len(tokens))
        only_adds = bool(tokens) and tokens[: len(stored)] == stored
        sent = (tokens[len(stored) :] or tokens) if only_adds else tokens
        calls = self.ctx.api.credentials
        await (calls.append if only_adds else calls.replace)(
            self.subscriber_id,
            self.target.provider_id,
            ChannelCredentials.model_validate({**wanted, "deviceTokens": sent} if sent or stored else wanted),
            integration=self.target.integration or None,
            options=self.deed.options(self.step),
        )

    def on_record(self, credentials: ChannelCredentials | None) -> object:
        """The entry for the audit log, which masks its secrets."""
        return {
            "providerId": self.target.provider_id,
            "integrationIdentifier": self.target.integration,
            "credentials": credentials.to_body() if credentials else None,
        }
