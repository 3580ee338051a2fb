"""What surrounds the subscribers: integrations, workflows, the environment of the key."""

import string
from collections.abc import Mapping
from functools import partial
from typing import Any

from api_client.embedded.checks import as_number
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.wire import Answer, Call, answer

FAR = 1e6
BASE_62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def routes(state: State) -> list[Route]:
    return [
        Route("GET", "/v1/integrations", partial(integrations, state), category="global"),
        Route("GET", "/v1/integrations/active", partial(integrations, state, active=True), category="global"),
        Route("GET", "/v1/environments/me", partial(environment, state), category="global"),
        Route("GET", "/v2/workflows", partial(workflows, state), category="global"),
    ]


def integrations(state: State, call: Call, *, active: bool = False) -> Answer:
    """All of the environment, oldest first; only the active ones when asked."""
    found: list[dict[str, Any]] = [
        {
            **one,
            "credentials": one.get("credentials", {}),
            "primary": False,
            "conditions": [],
            "deleted": False,
        }
        for one in reversed(state.home.integrations)
        if one["_environmentId"] == call.caller.environment_id and (one["active"] or not active)
    ]
    return answer(found)


def environment(state: State, call: Call) -> Answer:
    mine = state.home.environments[call.caller.environment]
    created = state.home.seed["integrations"][0]["createdAt"]
    return answer(
        {
            "widget": {"notificationCenterEncryption": False},
            "name": mine["name"],
            "identifier": mine["identifier"],
            "_organizationId": mine["_organizationId"],
            "color": "#ff8547",
            "type": "dev" if call.caller.environment == 0 else "prod",
            "_id": mine["_id"],
            "createdAt": created,
            "updatedAt": created,
            "__v": 0,
            "id": mine["_id"],
        }
    )


def workflows(state: State, call: Call) -> Answer:
    """A page of them where `limit` and `offset` ask for one."""
    found = [
        {
            "name": one["name"],
            "tags": one["tags"],
            "updatedAt": one["updatedAt"],
            "createdAt": one["createdAt"],
            "_id": one["_id"],
            "workflowId": one["identifier"],
            "slug": one["slug"],
            "status": "ACTIVE" if one["active"] else "INACTIVE",
            "origin": one["origin"],
            "stepTypeOverviews": [step["channel"] for step in one["steps"]],
            "steps": [{"slug": _slug(step), "type": step["channel"]} for step in one["steps"]],
            "lastTriggeredAt": None,
        }
        for one in state.home.seed["workflows"]
    ]
    offset, limit = (_whole(call, name) for name in ("offset", "limit"))
    return answer({"workflows": found[offset:][: limit or None], "totalCount": len(found)})


def _whole(call: Call, name: str) -> int:
    number = as_number(call.query.get(name))
    return int(min(number, FAR)) if number > 0 else 0


def _slug(step: Mapping[str, Any]) -> str:
    """A readable name, and the id in base 62."""
    number, digits = int(step["_id"], 16), ""
    while number:
        number, at = divmod(number, len(BASE_62))
        digits = BASE_62[at] + digits
    return f"{step.get('stepId', step['channel'])}_st_{digits}"
