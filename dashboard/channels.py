"""On which channels a person could be reached, by what is stored about them. Pure."""

from dataclasses import dataclass
from typing import Literal

from api_client import Subscriber
from dashboard import wording
from dashboard.providers import Channel as ProviderChannel
from dashboard.providers import provider

ChannelKind = Literal["in_app", "email", "sms", "push", "chat"]
WORDS: dict[ChannelKind, str] = {
    "in_app": "In-app",
    "email": "E-mail",
    "sms": "SMS",
    "push": "Push",
    "chat": "Chat",
}


@dataclass(frozen=True)
class Channel:
    """One channel of one person: `amount` counts device tokens or chat connections."""

    kind: ChannelKind
    amount: int
    summary: str

    @property
    def is_usable(self) -> bool:
        return self.amount > 0

    @property
    def label(self) -> str:
        counted = self.kind in {"push", "chat"} and self.amount
        return f"{WORDS[self.kind]} {self.amount}" if counted else WORDS[self.kind]


def all_channels(person: Subscriber) -> tuple[Channel, ...]:
    """Every channel, usable or not, in the order of the person's page."""
    push, chat = _push_tokens(person), _chat_connections(person)
    return (
        Channel("in_app", 1, "Needs no address: messages wait in the person's inbox"),
        Channel("email", int(bool(person.email)), person.email or "No e-mail address"),
        Channel("sms", int(bool(person.phone)), person.phone or "No phone number"),
        Channel("push", push, wording.count(push, "device token") if push else "No device token"),
        Channel("chat", chat, wording.count(chat, "chat connection") if chat else "No chat connection"),
    )


def channels_of(person: Subscriber) -> tuple[Channel, ...]:
    """The usable ones apart from in-app, which everybody has."""
    return tuple(one for one in all_channels(person) if one.is_usable and one.kind != "in_app")


def _push_tokens(person: Subscriber) -> int:
    return sum(len(entry.credentials.device_tokens or ()) for entry in person.channels)


def _chat_connections(person: Subscriber) -> int:
    return sum(
        1 for entry in person.channels if entry.credentials.webhook_url and _is_chat(entry.provider_id)
    )


def _is_chat(provider_id: str) -> bool:
    row = provider(provider_id)
    return row is None or row.channel is ProviderChannel.CHAT
