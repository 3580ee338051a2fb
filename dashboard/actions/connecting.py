"""The address by which a person connects an account of their own, tried before it is handed out."""

from dataclasses import dataclass

from api_client import ApiError
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext


@dataclass(frozen=True)
class ConnectAddress:
    """The address, and why it will not work for now; empty when it will."""

    url: str
    problem: str = ""


@action("credentials.connect_address_made", needs=Permission.WRITE)
async def connect_address(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, provider_id: str, integration: str
) -> ConnectAddress:
    """Always signed with the environment's key: integrations that do not ask for an HMAC do not look at it.

    Whoever has the address can connect their account in this person's name, so that it was made is on record.
    """
    deed.after = {"providerId": provider_id, "integrationIdentifier": integration}
    environment = await ctx.api.environments.me()
    url = ctx.api.credentials.oauth_url(
        subscriber_id, provider_id, environment_id=environment.id, integration=integration, signed=True
    )
    try:
        await ctx.api.credentials.oauth_start(
            subscriber_id, provider_id, environment_id=environment.id, integration=integration, signed=True
        )
    except ApiError as exc:
        return ConnectAddress(url, f"The server refuses this address for now. {exc.user_text}")
    if ctx.started_with_embedded:
        return ConnectAddress(url, "The embedded API lives inside this dashboard: nobody else can open this.")
    return ConnectAddress(url)
