"""Which workflow a test goes out with: one over the card's channel, best over no other. Pure."""

from api_client import Workflow
from dashboard.pages.subscriber.credentials.entries import Card

Workflows = tuple[Workflow, ...] | None


def usable(workflows: Workflows, card: Card) -> tuple[Workflow, ...]:
    """Those that run and send over the card's channel; where steps are not told, all that run."""
    channel = channel_of(card)
    return tuple(
        one
        for one in workflows or ()
        if (one.status or "ACTIVE") == "ACTIVE" and (one.channels is None or channel in one.channels)
    )


def suggested(workflows: Workflows, card: Card) -> Workflow | None:
    """One that calls itself a test, else one over this channel alone; else none: it is a real message."""
    offered = usable(workflows, card)
    tests = (one for one in offered if "test" in _words(one))
    alone = (one for one in offered if set(one.channels or ()) == {channel_of(card)})
    return next(tests, None) or next(alone, None)


def name_of(workflow: Workflow) -> str:
    """`Chat alert · chat-alert (chat)`"""
    name = workflow.name or workflow.identifier
    steps = f" ({', '.join(workflow.channels)})" if workflow.channels else ""
    return f"{name} · {workflow.identifier}{steps}"


def channel_of(card: Card) -> str:
    return card.row.channel.value if card.row else ""


def _words(workflow: Workflow) -> str:
    return " ".join((workflow.identifier, workflow.name, *(workflow.tags or ()))).lower()
