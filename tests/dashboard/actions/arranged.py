"""A person with two FCM integrations and a Slack one, and what someone else does to them meanwhile."""

from typing import Any

from api_client import ChannelCredentials, Integration, NewSubscriber
from dashboard.actions.entries import Target, entry_of
from dashboard.context import AppContext

WHO = "user/1 ü"


async def arrange(ctx: AppContext, who: str = WHO) -> dict[str, Target]:
    """Create the person; the targets by the identifier of their integration."""
    await ctx.api.subscribers.create(NewSubscriber(subscriber_id=who))
    return {one.identifier: target_of(one) for one in await ctx.api.integrations.list()}


def target_of(one: Integration) -> Target:
    return Target(one.provider_id, one.identifier, one.id)


async def credentials_of(ctx: AppContext, target: Target, who: str = WHO) -> ChannelCredentials | None:
    return entry_of(await ctx.api.subscribers.get(who), target)


async def stored(ctx: AppContext, target: Target, who: str = WHO) -> dict[str, Any]:
    found = await credentials_of(ctx, target, who)
    return found.to_body() if found else {}


async def elsewhere(ctx: AppContext, target: Target, who: str = WHO, **values: Any) -> None:
    """Someone else appends, past the dashboard."""
    await ctx.api.credentials.append(
        who, target.provider_id, ChannelCredentials(**values), integration=target.integration
    )
