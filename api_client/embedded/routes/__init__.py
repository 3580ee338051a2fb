"""The routes by subject; `all_routes` is the explicit list."""

from api_client.embedded.router import Route
from api_client.embedded.state import State

from . import credentials, events, feed, subscribers, surroundings


def all_routes(state: State) -> list[Route]:
    groups = (subscribers, credentials, feed, events, surroundings)
    return [route for group in groups for route in group.routes(state)]
