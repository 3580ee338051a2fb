"""Channel credentials: replace, append to, and delete those of a provider; connecting by OAuth."""

from typing import Any

from api_client.models.credentials import ChannelCredentials
from api_client.models.reading import acknowledgement, wrapped
from api_client.models.subscribers import Subscriber
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.resources.oauth import CALLBACK, START, oauth_address, oauth_query
from api_client.routes import Route

_PATH = "/v1/subscribers/{subscriber_id}/credentials"
REPLACE = Route("PUT", _PATH, wrapped(Subscriber))
APPEND = Route("PATCH", _PATH, wrapped(Subscriber))
DELETE = Route("DELETE", _PATH + "/{provider_id}", acknowledgement)


class Credentials(Resource):
    """Calls on a subscriber's channels. No `integration` means the provider's newest active one."""

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
        """Remove the provider's credentials in all its integrations; fine when there are none."""
        path = {"subscriber_id": subscriber_id, "provider_id": provider_id}
        await self._caller.call(DELETE, path, options=options)

    def oauth_url(
        self,
        subscriber_id: str,
        provider_id: str = "slack",
        *,
        environment_id: str,
        integration: str | None = None,
        signed: bool = False,
    ) -> str:
        """Where the subscriber starts connecting; `signed` if the integration asks for an HMAC."""
        query = oauth_query(
            self._caller, subscriber_id, environment_id, integration=integration, signed=signed
        )
        return oauth_address(self._caller, subscriber_id, provider_id, query)

    async def oauth_start(
        self,
        subscriber_id: str,
        provider_id: str = "slack",
        *,
        environment_id: str,
        integration: str | None = None,
        signed: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> str:
        """Where that address redirects to; asked for, not followed."""
        query = oauth_query(
            self._caller, subscriber_id, environment_id, integration=integration, signed=signed
        )
        path = {"subscriber_id": subscriber_id, "provider_id": provider_id}
        return await self._caller.call(START, path, query=query, options=options)

    async def oauth_finish(  # noqa: PLR0913 - the query parameters of the API
        self,
        subscriber_id: str,
        provider_id: str = "slack",
        *,
        code: str,
        environment_id: str,
        integration: str | None = None,
        signed: bool = False,
        options: CallOptions = INTERACTIVE,
    ) -> str:
        """Hand over the provider's code; returns where to go next, or "" when the window just closes."""
        query = oauth_query(
            self._caller, subscriber_id, environment_id, integration=integration, signed=signed
        )
        path = {"subscriber_id": subscriber_id, "provider_id": provider_id}
        query = {**query, "code": code}
        return await self._caller.call(CALLBACK, path, query=query, secrets=(code,), options=options)

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
