"""What became of a test message: accepted, sent, refused by the provider, or nothing seen yet. No view."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from api_client import ApiError, Delivery, Forbidden, NotFound, TriggerOutcome
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.providers import mask, provider
from dashboard.reading import Reader

Tone = Literal["good", "warn", "bad", ""]
MOST_TEXT = 300
_MAYBE_SECRET = re.compile(r"https?://\S+|\S{20,}")  # providers quote addresses and tokens in their errors
NO_ADDRESS = "no_subscriber_chat_channel_id"


@dataclass(frozen=True)
class Finding:
    """One sentence for the operator. `is_final`: looking again will not tell more."""

    tone: Tone
    text: str
    is_final: bool = False


def accepted(outcome: TriggerOutcome) -> Finding:
    """What Novu said to the trigger."""
    if outcome.error:
        return Finding("bad", f"Novu refused it: {'; '.join(outcome.error)}", is_final=True)
    if not outcome.acknowledged:
        return Finding("bad", f"Novu did not take it: {outcome.status or 'no reason given'}.", is_final=True)
    return Finding("good", f"Taken by Novu, as transaction {outcome.transaction_id or 'without a name'}.")


async def arrivals(
    reader: Reader, subscriber_id: str, card: Card, outcome: TriggerOutcome
) -> tuple[Finding, ...]:
    """What the server tells of the transaction by now, as far as it concerns the card."""
    if not outcome.transaction_id:
        return (Finding("warn", "Without a transaction nothing more can be looked up.", is_final=True),)
    try:
        sent = await reader.deliveries.of(outcome.transaction_id, subscriber_id=subscriber_id)
    except (NotFound, Forbidden):
        text = f"This server does not tell whether {card.title} took it. Ask the person."
        return (Finding("warn", text, is_final=True),)
    except ApiError as exc:
        return (Finding("warn", f"What came of it could not be read. {exc.user_text}"),)
    return tuple(came_of_it(sent, card))


def came_of_it(sent: Sequence[Delivery], card: Card) -> Iterator[Finding]:
    """The card's provider first; then by which other ways the same message went."""
    mine = [one for one in sent if one.provider_id == card.provider_id]
    if not mine:
        yield Finding(
            "warn",
            f"Nothing went to {card.title} so far. The workflow may wait, or the person may have switched "
            "the channel off.",
        )
    taken = sum(one.status == "sent" for one in mine)
    if taken:
        yield Finding(
            "good", f"{card.title} took it{f', {taken} times' if taken > 1 else ''}.", is_final=True
        )
    for one in mine:
        if one.status != "sent":
            yield Finding("bad", f"{card.title} did not get it: {_why(one)}", is_final=True)
    others = dict.fromkeys(_place(one) for one in sent if one.provider_id != card.provider_id)
    if others:
        yield Finding("", f"It also went out by: {', '.join(sorted(others))}.")


def _place(one: Delivery) -> str:
    row = provider(one.provider_id or "")
    return row.label if row else one.channel or "a channel that is not named"


def _why(one: Delivery) -> str:
    """The provider's own words without what is secret in them."""
    if one.error_id == NO_ADDRESS:
        return "no webhook address is stored."
    said = one.error_text or one.error_id or f"its state is {one.status or 'not told'}"
    text = _MAYBE_SECRET.sub(lambda found: mask(found[0]), said[:MOST_TEXT])
    return text if text.endswith(".") else f"{text}."
