"""The twenty operations of the OpenAPI document of February 2025, and what is needed beside them."""

import importlib
import pkgutil
from typing import Any

import api_client.resources
from api_client.routes import Route

OPERATIONS = frozenset(
    {
        "GET /v1/subscribers",
        "POST /v1/subscribers/bulk",
        "PUT /v1/subscribers/{}/credentials",
        "PATCH /v1/subscribers/{}/credentials",
        "DELETE /v1/subscribers/{}/credentials/{}",
        "PATCH /v1/subscribers/{}/online-status",
        "GET /v1/subscribers/{}/notifications/feed",
        "GET /v1/subscribers/{}/notifications/unseen",
        "POST /v1/subscribers/{}/messages/mark-as",
        "POST /v1/subscribers/{}/messages/mark-all",
        "POST /v1/subscribers/{}/messages/{}/actions/{}",
        "GET /v1/subscribers/{}/credentials/{}/oauth/callback",
        "GET /v1/subscribers/{}/credentials/{}/oauth",
        "GET /v2/subscribers",
        "POST /v2/subscribers",
        "GET /v2/subscribers/{}",
        "PATCH /v2/subscribers/{}",
        "DELETE /v2/subscribers/{}",
        "GET /v2/subscribers/{}/preferences",
        "PATCH /v2/subscribers/{}/preferences",
    }
)
BESIDE = frozenset(
    {
        "GET /v1/integrations",
        "GET /v1/environments/me",
        "GET /v1/notifications",
        "GET /v2/workflows",
        "GET /v1/messages",
        "POST /v1/events/trigger",
        "GET /v2/subscribers/{}/subscriptions",
        "GET /v2/topics",
        "POST /v2/topics/{}/subscriptions",
        "DELETE /v2/topics/{}/subscriptions",
        "PATCH /v2/subscribers/{}/preferences/bulk",
        "GET /v2/subscribers/{}/notifications",
        "GET /v2/subscribers/{}/notifications/count",
        "PATCH /v2/subscribers/{}/notifications/{}/{}",
        "PATCH /v2/subscribers/{}/notifications/{}/snooze",
        "PATCH /v2/subscribers/{}/notifications/{}/actions/{}/{}",
        "DELETE /v2/subscribers/{}/notifications/{}",
        "POST /v2/subscribers/{}/notifications/{}",
    }
)


def client_routes() -> tuple[Route[Any], ...]:
    """Every route that the client's resources name."""
    found: list[Route[Any]] = []
    for module in pkgutil.iter_modules(api_client.resources.__path__):
        values = vars(importlib.import_module(f"api_client.resources.{module.name}")).values()
        found += [value for value in values if isinstance(value, Route)]
    return tuple(found)
