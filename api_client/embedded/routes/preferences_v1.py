"""Preferences as the old v1 routes show and change them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from api_client.embedded.checks import check, given, mapping
from api_client.embedded.clock import to_text
from api_client.embedded.composing import PLACEHOLDER
from api_client.embedded.foreign import Record, as_list
from api_client.embedded.preferences import CHANNELS, Preferences, active_channels, overrides, resolve
from api_client.embedded.problems import explained, invalid, not_found
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import need
from api_client.embedded.wire import Answer, Call, answer

LEVELS = ("global", "template")


def routes(state: State) -> list[Route]:
    path = "/v1/subscribers/{subscriberId}/preferences"
    return [
        Route("GET", path, partial(get, state)),
        Route("GET", path + "/{parameter}", partial(get, state)),
        Route("PATCH", path, partial(patch_global, state)),
        Route("PATCH", path + "/{parameter}", partial(patch_workflow, state)),
    ]


def get(state: State, call: Call) -> Answer:
    """Without a level only channels that have a step, with one all five."""
    level = call.params.get("parameter")
    if level is not None and level not in LEVELS:
        raise invalid([f"parameter must be one of the following values: {', '.join(LEVELS)}"])
    with state.store.reading() as db:
        missing = not_found(f"Subscriber with id: {call.params['subscriberId']} not found")
        preferences = Preferences(db, need(db, call, missing).id, state.home)
        if level == "global":
            choice = preferences.choices().get("", {"channels": {}})["channels"]
            channels = {channel: choice.get(channel, True) for channel in CHANNELS}
            return answer([{"preference": {"enabled": True, "channels": channels}}])
        every = state.home.seed["workflows"]
        return answer([_item(preferences, workflow, all_channels=level is not None) for workflow in every])


def patch_global(state: State, call: Call) -> Answer:
    check(call.body, {"preferences": [_list]})
    channels = {str(one.get("type")): one.get("enabled") for one in call.body["preferences"]}
    with state.store.writing() as db:
        missing = not_found(f"Subscriber with id: {call.params['subscriberId']} not found")
        preferences = Preferences(db, need(db, call, missing).id, state.home)
        preferences.set_global(channels, None, to_text(call.ms))
        shown = preferences.global_view(state.home.seed["workflows"])
        return answer({"preference": {"channels": shown["channels"], "enabled": True}})


def patch_workflow(state: State, call: Call) -> Answer:
    check(call.body, {"channel": [given, mapping]})
    workflow = resolve(state.home, call.params["parameter"])
    if workflow is None:
        raise explained(404, "Workflow cannot be found", workflowId=call.params["parameter"])
    with state.store.writing() as db:
        missing = not_found(f"Subscriber with id: {call.params['subscriberId']} not found")
        preferences = Preferences(db, need(db, call, missing).id, state.home)
        channel = call.body["channel"]
        preferences.set_workflow(
            workflow["_id"], {str(channel.get("type")): channel.get("enabled")}, to_text(call.ms)
        )
        chosen = preferences.merged(workflow, active_channels(workflow))
        names = ("_id", "name", "critical", "tags")
        trigger: Record = {"identifier": workflow["identifier"], "type": "event", "variables": []}
        template: Record = {**{name: workflow[name] for name in names}, "triggers": [trigger]}
        return answer({"preference": {"channels": chosen, "enabled": True}, "template": template})


def _item(preferences: Preferences, workflow: Record, *, all_channels: bool) -> dict[str, Any]:
    channels: list[str] = list(CHANNELS) if all_channels else active_channels(workflow)
    names = ("_id", "name", "tags", "critical", "updatedAt", "createdAt", "severity")
    return {
        "preference": {
            "channels": preferences.merged(workflow, channels),
            "enabled": True,
            "overrides": overrides(channels),
        },
        "template": {**{name: workflow[name] for name in names}, "triggers": [_trigger(workflow)]},
        "type": "SUBSCRIBER_WORKFLOW",
    }


def _trigger(workflow: Record) -> dict[str, Any]:
    """The trigger and its variables got the ids that follow the workflow's own."""
    content = " ".join(step["content"] for step in workflow["steps"])
    names = list(dict.fromkeys(match[1] for match in PLACEHOLDER.finditer(content)))
    variables = [
        {"name": name, "type": "String"} | _ids(workflow, 2 + number) for number, name in enumerate(names)
    ]
    email = "email" in active_channels(workflow)
    mail = [{"name": "email"} | _ids(workflow, 2 + len(names))] if email else []
    reserved: dict[str, list[Any]] = {"reservedVariables": [], "subscriberVariables": mail}
    trigger = {"type": "event", "identifier": workflow["identifier"], "variables": variables}
    return trigger | reserved | _ids(workflow, 1)


def _ids(workflow: Record, step: int) -> dict[str, str]:
    found = f"{int(workflow['_id'], 16) + step:024x}"
    return {"_id": found, "id": found}


def _list(name: str, value: Any) -> Iterator[str]:
    listed = as_list(value)
    if listed is None or not all(isinstance(one, dict) for one in listed):
        yield f"{name} must be an array"
