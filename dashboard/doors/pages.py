"""Which session an open page belongs to: NiceGUI itself knows pages by their client id only."""

from collections.abc import Iterable

from nicegui import Client
from starlette.types import Scope

from dashboard.auth.sessions import Session


def session_of(scope: Scope) -> Session | None:
    """The session that the gate found for a request or a socket."""
    found = scope.get("state", {}).get("session")
    return found if isinstance(found, Session) else None


def owner_of(client: Client) -> str:
    """The id of the session that opened the page, or empty: a page without one hears nobody."""
    session = session_of(client.request.scope)
    return session.id if session else ""


def open_pages() -> Iterable[Client]:
    return tuple(Client.instances.values())


def page(client_id: object) -> Client | None:
    return Client.instances.get(client_id) if isinstance(client_id, str) else None
