"""The two addresses through which a subscriber connects Slack."""

from api_client.errors import BadPayload
from api_client.resources.caller import Caller
from api_client.routes import QueryValue, Route

_PATH = "/v1/subscribers/{subscriber_id}/credentials/{provider_id}/oauth"


def _target(location: bytes) -> str:
    return location.decode()


def _certain_target(location: bytes) -> str:
    if not location:  # such as a proxy's page: there is nowhere to go
        raise BadPayload("The server named no page to connect at.", detail="no redirect")
    return _target(location)


START = Route("GET", _PATH, _certain_target, reads_redirect=True, public=True)
CALLBACK = Route("GET", _PATH + "/callback", _target, reads_redirect=True, public=True)


def oauth_query(
    caller: Caller, subscriber_id: str, environment_id: str, *, integration: str | None, signed: bool
) -> dict[str, QueryValue]:
    """The query of both addresses, signed with the environment's key if the integration asks for an HMAC."""
    return {
        "environmentId": environment_id,
        "hmacHash": caller.sign(subscriber_id) if signed else None,
        "integrationIdentifier": integration,
    }


def oauth_address(caller: Caller, subscriber_id: str, provider_id: str, query: dict[str, QueryValue]) -> str:
    """The whole address, for a browser to open."""
    path = {"subscriber_id": subscriber_id, "provider_id": provider_id}
    return caller.base_url + START.address(path, query)
