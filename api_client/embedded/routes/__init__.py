"""The routes by subject; `all_routes` is the explicit list."""

from api_client.embedded.router import Route
from api_client.embedded.routes import (
    bulk,
    credentials,
    deliveries,
    events,
    feed,
    messages,
    notifications,
    oauth,
    preferences,
    preferences_v1,
    runs,
    search,
    subscribers,
    surroundings,
    topics,
)
from api_client.embedded.state import State

GROUPS = (
    search,
    subscribers,
    bulk,
    credentials,
    oauth,
    feed,
    messages,
    notifications,
    preferences,
    preferences_v1,
    topics,
    events,
    deliveries,
    runs,
    surroundings,
)


def all_routes(state: State) -> list[Route]:
    return [route for group in GROUPS for route in group.routes(state)]
