"""The address by which a person connects an account of their own, tried before it is handed out."""

from dataclasses import dataclass
from typing import Any

from api_client import Forbidden, Invalid, Refused
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext

EMBEDDED = "The embedded API lives inside this dashboard: nobody else can open this."


@dataclass(frozen=True)
class ConnectAddress:
    """The address, and why it will not work for now; empty when it will."""

    url: str
    problem: str = ""


@action("credentials.connect_address_made", needs=Permission.WRITE)
async def connect_address(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, provider_id: str, integration: str
) -> ConnectAddress:
    """Signed where the server asks for it; it is tried without first, for the hash also opens an inbox.

    Whoever has the address can connect their account in this person's name, so that it was made is on record.
    """
    environment = await ctx.api.environments.me()
    calls, where = ctx.api.credentials, (subscriber_id, provider_id)
    url, problem = "", ""
    for signed in (False, True):
        deed.after = {"providerId": provider_id, "integrationIdentifier": integration, "signed": signed}
        terms: dict[str, Any] = {
            "environment_id": environment.id, "integration": integration, "signed": signed
        }  # fmt: skip
        url = calls.oauth_url(*where, **terms)
        try:
            await calls.oauth_start(*where, **terms)
        except Refused as exc:
            problem = f"The server refuses this address for now. {exc.user_text}"
            if not isinstance(exc, Invalid | Forbidden):
                break
        else:
            return ConnectAddress(url, EMBEDDED if ctx.started_with_embedded else "")
    return ConnectAddress(url, problem)
