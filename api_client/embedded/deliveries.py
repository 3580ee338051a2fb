"""What a trigger sends over push, chat, e-mail and SMS: recorded, though nothing leaves the machine.

By BEHAVIOUR.md, section 4: one message per token, a warning for a chat channel without an address.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .clock import to_text
from .foreign import Record, as_list, as_object
from .ids import IdMaker
from .wire import Caller

MOST = 1_000
ADDRESSES = {"email": "email", "sms": "phone"}
PERSONAL = ("push", "chat")
NO_ADDRESS = {
    "status": "warning",
    "errorId": "no_subscriber_chat_channel_id",
    "errorText": "Subscriber active chat channel does not exist",
}


class Deliveries:
    """The last thousand, in memory: they are looked at right after a trigger."""

    def __init__(self) -> None:
        self._kept: deque[dict[str, Any]] = deque(maxlen=MOST)

    def keep(self, made: Iterable[dict[str, Any]]) -> None:
        self._kept.extend(made)

    def find(self, caller: Caller, wanted: Record) -> list[dict[str, Any]]:
        """Newest first; `wanted` names values that a delivery must have."""
        mine = {"_environmentId": caller.environment_id, **wanted}
        fits = (one for one in self._kept if all(one.get(name) == value for name, value in mine.items()))
        return list(fits)[::-1]


@dataclass(frozen=True, slots=True)
class Run:
    """One trigger of a workflow for one subscriber."""

    workflow: Record
    to: Record
    caller: Caller
    transaction_id: str
    ids: IdMaker
    ms: int

    def deliveries(self, providers: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """`providers` maps each provider to its channel."""
        for step in self.workflow["steps"]:
            if step["active"]:
                for sent in self._sent(step["channel"], providers):
                    yield self._document(step["channel"]) | sent

    def _sent(self, channel: str, providers: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        if self.to.get(ADDRESSES.get(channel, "")):
            mine = [provider for provider, served in providers.items() if served == channel]
            yield from ({"providerId": one, "status": "sent"} for one in mine[:1])
        entries: list[dict[str, Any]] = self.to.get("channels") or []
        for entry in entries if channel in PERSONAL else ():
            if providers.get(str(entry.get("providerId"))) == channel:
                for found in _over(channel, as_object(entry.get("credentials")) or {}):
                    yield {"providerId": entry["providerId"], **found}

    def _document(self, channel: str) -> dict[str, Any]:
        return {
            "_id": self.ids.make(self.ms),
            "_environmentId": self.caller.environment_id,
            "_organizationId": self.caller.organization_id,
            "_notificationId": self.ids.make(self.ms),
            "_subscriberId": self.to["_id"],
            "subscriberId": self.to["subscriberId"],
            "_templateId": self.workflow["_id"],
            "templateIdentifier": self.workflow["identifier"],
            "channel": channel,
            "transactionId": self.transaction_id,
            "createdAt": to_text(self.ms),
            "cta": {"data": {}},
            "read": False,
            "seen": False,
        }


def _over(channel: str, stored: Record) -> Iterator[Record]:
    """One message per token; one for a chat address, or a warning without one."""
    if channel == "push":
        tokens = as_list(stored.get("deviceTokens")) or []
        yield from ({"status": "sent", "deviceTokens": [token]} for token in tokens)
    else:
        yield {"status": "sent"} if stored.get("webhookUrl") else NO_ADDRESS
