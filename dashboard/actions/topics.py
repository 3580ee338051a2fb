"""Let a person join a topic, or leave one, on their behalf."""

from api_client import TopicsChanged
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.refusals import Refusal


class AlreadyThere(Refusal):
    """The person is in the topic; taking back a join that changed nothing would throw them out."""

    def __init__(self) -> None:
        super().__init__("The person belongs to this topic already, so nothing was changed.")


class TopicRefused(Refusal):
    """The server took the call and refused the person."""

    def __init__(self) -> None:
        super().__init__(
            "The server refused this person for the topic, so nothing was changed. "
            "They may have been deleted meanwhile."
        )


@action("topics.joined", needs=Permission.WRITE)
async def join(ctx: AppContext, deed: Deed, *, subscriber_id: str, topic: str) -> None:
    """Subscribe the person. A key that no topic has makes a new topic. NotFound on servers before 2026."""
    deed.after = {"topic": topic}
    page = await ctx.api.topics.of(subscriber_id, key=topic)
    if any(one.topic and one.topic.key == topic for one in page.items):
        raise AlreadyThere
    _check(await ctx.api.topics.join(topic, [subscriber_id], options=deed.options()))


@action("topics.left", needs=Permission.WRITE)
async def leave(ctx: AppContext, deed: Deed, *, subscriber_id: str, topic: str) -> None:
    """Take the person off the topic, with every subscription to it."""
    deed.before = {"topic": topic}
    _check(await ctx.api.topics.leave(topic, [subscriber_id], options=deed.options()))


def _check(changed: TopicsChanged) -> None:
    if changed.errors:
        raise TopicRefused
