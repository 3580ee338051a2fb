"""What became of a test message: accepted, arrived, or nothing to be seen yet. No view in here."""

from dataclasses import dataclass
from typing import Literal

from api_client import ApiError, TriggerOutcome, Workflow
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.reading import Reader

Tone = Literal["good", "warn", "bad", ""]


@dataclass(frozen=True)
class Finding:
    """One sentence for the operator. `is_final`: looking again will not tell more."""

    tone: Tone
    text: str
    is_final: bool = False


def best_workflow(workflows: tuple[Workflow, ...] | None) -> str:
    """The workflow that is offered first: one that says it is a test; else none, for it is a real message."""
    for one in workflows or ():
        if "test" in f"{one.identifier} {one.name} {' '.join(one.tags or ())}".lower():
            return one.identifier
    return ""


def accepted(outcome: TriggerOutcome) -> Finding:
    """What Novu said to the trigger."""
    if outcome.error:
        return Finding("bad", f"Novu refused it: {'; '.join(outcome.error)}", is_final=True)
    if not outcome.acknowledged:
        return Finding("bad", f"Novu did not take it: {outcome.status or 'no reason given'}.", is_final=True)
    return Finding("good", f"Taken by Novu, as transaction {outcome.transaction_id or 'without a name'}.")


async def arrivals(reader: Reader, subscriber_id: str, card: Card, outcome: TriggerOutcome) -> list[Finding]:
    """What can be seen of the transaction by now."""
    try:
        page = await reader.feed.page(subscriber_id, limit=10)
    except ApiError as exc:
        return [Finding("warn", f"The person's feed could not be read. {exc.user_text}")]
    mine = [item for item in page.items if item.transaction_id == outcome.transaction_id]
    found = [Finding("good", "Its in-app message is in the person's feed.")] if mine else []
    found.append(
        Finding(
            "warn",
            f"Whether {card.title} took it is not told by this API. Ask the person, or look for the "
            "transaction in Novu under Activity.",
        )
    )
    return found
