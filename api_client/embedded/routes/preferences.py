"""Preferences as v2 shows and changes them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from api_client.embedded.checks import check
from api_client.embedded.clock import to_text
from api_client.embedded.foreign import Record, as_list, as_object
from api_client.embedded.preferences import Preferences, active_channels, overrides, resolve, wrong_channels
from api_client.embedded.problems import Problem, crashed, explained, invalid_command, not_found
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import need
from api_client.embedded.wire import Answer, Call, answer

LEVELS = ("critical", "nonCritical", "all")
MOST = 100


def routes(state: State) -> list[Route]:
    path = "/v2/subscribers/{subscriberId}/preferences"
    return [
        Route("GET", path, partial(get, state)),
        Route("GET", path + "/global", partial(get_global, state)),
        Route("PATCH", path, partial(patch, state)),
        Route("PATCH", path + "/bulk", partial(patch_bulk, state)),
    ]


def get(state: State, call: Call) -> Answer:
    check(call.query, {"criticality": [_level]})
    level = str(call.query.get("criticality", "nonCritical"))
    with state.store.reading() as db:
        row = need(db, call, _missing(call))
        return answer(view(Preferences(db, row.id, state.home), level))


def get_global(state: State, call: Call) -> Answer:
    with state.store.reading() as db:
        row = need(db, call, _missing(call))
        preferences = Preferences(db, row.id, state.home)
        return answer(preferences.global_view(_listed(preferences, "nonCritical")))


def patch(state: State, call: Call) -> Answer:
    """Changes one workflow when it is named, else the global choices; the workflow is looked up first."""
    check(call.body, {"schedule": [_schedule]})
    workflow_id, channels = call.body.get("workflowId"), _channels(call.body.get("channels"))
    if workflow_id and not isinstance(workflow_id, str):
        raise crashed()
    workflow = resolve(state.home, workflow_id) if workflow_id else None
    if workflow_id and workflow is None:
        raise explained(404, "Workflow cannot be found", workflowId=workflow_id)
    with state.store.writing() as db:
        missing = not_found(f"Subscriber with id: {call.params['subscriberId']} is not found")
        preferences = Preferences(db, need(db, call, missing).id, state.home)
        now = to_text(call.ms)
        if workflow is not None:
            preferences.set_workflow(workflow["_id"], channels, now)
        elif channels or call.body.get("schedule"):
            preferences.set_global(channels, call.body.get("schedule"), now)
        return answer(view(preferences, "nonCritical"))


def patch_bulk(state: State, call: Call) -> Answer:
    check(call.body, {"preferences": [_changes]})
    changes: list[dict[str, Any]] = call.body["preferences"]
    found = [resolve(state.home, str(change["workflowId"])) for change in changes]
    unknown = [str(change["workflowId"]) for change, one in zip(changes, found, strict=True) if one is None]
    if unknown:
        raise not_found(f"Workflows with ids: {', '.join(unknown)} not found")
    workflows = [one for one in found if one is not None]
    with state.store.writing() as db:
        missing = not_found(f"Subscriber with id: {call.params['subscriberId']} is not found")
        preferences = Preferences(db, need(db, call, missing).id, state.home)
        for change, workflow in zip(changes, workflows, strict=True):
            preferences.set_workflow(workflow["_id"], _channels(change.get("channels")), to_text(call.ms))
        return answer([_template(preferences, workflow) for workflow in workflows])


def view(preferences: Preferences, level: str) -> dict[str, Any]:
    workflows = _listed(preferences, level)
    entries = [_entry(preferences, workflow) for workflow in workflows]
    return {"global": preferences.global_view(workflows), "workflows": entries}


def _listed(preferences: Preferences, level: str) -> list[Record]:
    every: list[Record] = [one for one in preferences.home.seed["workflows"] if one["active"]]
    return [one for one in every if level == "all" or one["critical"] == (level == "critical")]


def _entry(preferences: Preferences, workflow: Record) -> dict[str, Any]:
    channels = active_channels(workflow)
    chosen = preferences.choices().get(workflow["_id"])
    return {
        "enabled": True,
        "channels": preferences.merged(workflow, channels),
        "overrides": overrides(channels),
        **({"updatedAt": chosen["updatedAt"]} if chosen else {}),
        "workflow": {name: workflow[name] for name in ("slug", "identifier", "name", "updatedAt")},
    }


def _template(preferences: Preferences, workflow: Record) -> dict[str, Any]:
    names = ("identifier", "name", "critical", "tags", "severity")
    return {
        "level": "template",
        "enabled": True,
        "channels": preferences.merged(workflow, active_channels(workflow)),
        "workflow": {"id": workflow["_id"], **{name: workflow[name] for name in names}},
    }


def _channels(sent: Any) -> dict[str, Any]:
    """The channels of a body; anything but an object counts as none."""
    channels = as_object(sent) or {}
    wrong = {name: ([f"{name} must be a boolean value"], value) for name, value in wrong_channels(channels)}
    if wrong:
        raise invalid_command("UpdatePreferencesCommand", wrong)
    return channels


def _missing(call: Call) -> Problem:
    return not_found(f"Subscriber with id: {call.params['subscriberId']} not found")


def _level(name: str, value: Any) -> Iterator[str]:
    if value is not ... and value not in LEVELS:
        yield f"{name} must be one of the following values: {', '.join(LEVELS)}"


def _schedule(name: str, value: Any) -> Iterator[str]:
    if value is ... or value is None:
        return
    schedule = as_object(value)
    if schedule is None:
        yield f"{name} must be an object"
    elif not isinstance(schedule.get("isEnabled"), bool):
        yield f"{name}.isEnabled must be a boolean value"


def _changes(name: str, value: Any) -> Iterator[str]:
    listed = as_list(value)
    if listed is None:
        yield f"{name} must be an array"
    elif len(listed) > MOST:
        yield f"{name} must contain no more than {MOST} elements"
    elif not all(isinstance((as_object(one) or {}).get("workflowId"), str) for one in listed):
        yield f"each value in nested property {name} must be either object or array"
