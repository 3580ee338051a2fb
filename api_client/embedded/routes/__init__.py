"""The routes by subject; `all_routes` is the explicit list."""

from api_client.embedded.router import Route
from api_client.embedded.routes import (
    bulk,
    credentials,
    events,
    feed,
    messages,
    oauth,
    search,
    subscribers,
    surroundings,
)
from api_client.embedded.state import State


def all_routes(state: State) -> list[Route]:
    groups = (search, subscribers, bulk, credentials, oauth, feed, messages, events, surroundings)
    return [route for group in groups for route in group.routes(state)]
