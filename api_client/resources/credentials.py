"""How people can be reached: replace, append, delete a provider's credentials."""

from typing import Any

from api_client.models.credentials import ChannelCredentials
from api_client.models.reading import nothing, wrapped
from api_client.models.subscribers import Subscriber
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Caller
from api_client.routes import Route

_PATH = "/v1/subscribers/{subscriber_id}/credentials"
REPLACE = Route("PUT", _PATH, wrapped(Subscriber))
APPEND = Route("PATCH", _PATH, wrapped(Subscriber))
DELETE = Route("DELETE", _PATH + "/{provider_id}", nothing)


class Credentials:
    """Calls on a subscriber's channels. No `integration` means the provider's newest active one."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def replace(
        self,
        subscriber_id: str,
        provider_id: str,
        credentials: ChannelCredentials,
        *,
        integration: str | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> Subscriber:
        """Set credentials; the token list becomes exactly the one given, empty when left out."""
        return await self._write(REPLACE, subscriber_id, provider_id, credentials, integration, options)

    async def append(
        self,
        subscriber_id: str,
        provider_id: str,
        credentials: ChannelCredentials,
        *,
        integration: str | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> Subscriber:
        """Add device tokens to those stored; leaving `device_tokens` out empties the list all the same."""
        return await self._write(APPEND, subscriber_id, provider_id, credentials, integration, options)

    async def delete(
        self, subscriber_id: str, provider_id: str, *, options: CallOptions = INTERACTIVE
    ) -> None:
        """Remove the provider in all its integrations; also fine when nothing was stored."""
        path = {"subscriber_id": subscriber_id, "provider_id": provider_id}
        await self._caller.call(DELETE, path, options=options)

    async def _write(
        self,
        route: Route[Subscriber],
        subscriber_id: str,
        provider_id: str,
        credentials: ChannelCredentials,
        integration: str | None,
        options: CallOptions,
    ) -> Subscriber:
        body: dict[str, Any] = {"providerId": provider_id, "credentials": credentials.to_body()}
        if integration is not None:
            body["integrationIdentifier"] = integration
        return await self._caller.call(
            route,
            {"subscriber_id": subscriber_id},
            body=body,
            secrets=credentials.secrets(),
            options=options,
        )
