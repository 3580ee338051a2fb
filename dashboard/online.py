"""What a person's online state means in words. Pure."""

from dataclasses import dataclass
from datetime import datetime

from api_client import Subscriber
from dashboard import wording


@dataclass(frozen=True, slots=True)
class OnlineState:
    """`tone` is `online`, `offline` or nothing at all; words always say it too."""

    label: str
    short: str
    tone: str
    title: str


def online(person: Subscriber, now: datetime) -> OnlineState:
    """Online, offline since when, or never reported: three different things."""
    if person.is_online:
        return OnlineState("Online", "Online", "online", "The person's client reports that it is online")
    if person.last_online_at is None:
        return OnlineState(
            "Never reported", "Never", "", "No client of this person has ever reported its state"
        )
    since = wording.ago(person.last_online_at, now)
    return OnlineState(
        f"Seen {since}", since, "offline", f"Offline since {wording.absolute(person.last_online_at)}"
    )
