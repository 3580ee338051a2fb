"""What surrounds the subscribers: integrations, workflows, the environment of the key."""

from functools import partial
from typing import Any

from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.wire import Answer, Call, answer


def routes(state: State) -> list[Route]:
    return [
        Route("GET", "/v1/integrations", partial(integrations, state), category="global"),
        Route("GET", "/v1/environments/me", partial(environment, state), category="global"),
        Route("GET", "/v2/workflows", partial(workflows, state), category="global"),
    ]


def integrations(state: State, call: Call) -> Answer:
    found: list[dict[str, Any]] = [
        {
            **one,
            "credentials": one.get("credentials", {}),
            "primary": False,
            "conditions": [],
            "deleted": False,
        }
        for one in reversed(state.home.integrations)
        if one["_environmentId"] == call.caller.environment_id
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


def workflows(state: State, _: Call) -> Answer:
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
            "lastTriggeredAt": None,
        }
        for one in state.home.seed["workflows"]
    ]
    return answer({"workflows": found, "totalCount": len(found)})
