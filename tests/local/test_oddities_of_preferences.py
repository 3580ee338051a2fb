"""Oddities of preferences, one test each."""

from typing import Any

import pytest

from tests.local.service import Api

PATH = "/v2/subscribers/sub-01/preferences"


def _entry(found: dict[str, Any], identifier: str) -> dict[str, Any]:
    every = found["data"]["workflows"]
    return next(one for one in every if one["workflow"]["identifier"] == identifier)


async def test_only_channels_with_a_step_are_told_and_all_of_them_are_on(api: Api) -> None:
    found = await api.get(PATH)
    assert found["data"]["global"] == {"enabled": True, "channels": {"email": True, "in_app": True}}
    assert _entry(found, "inbox-plain")["channels"] == {"in_app": True}
    assert _entry(found, "welcome-v2")["channels"] == {"in_app": True, "email": True}


async def test_the_subscriber_is_named_as_the_source_of_what_nobody_chose(api: Api) -> None:
    entry = _entry(await api.get(PATH), "inbox-plain")
    assert entry["overrides"] == [{"channel": "in_app", "source": "subscriber"}]
    assert "updatedAt" not in entry


async def test_a_global_choice_takes_the_choices_for_single_workflows_away(api: Api) -> None:
    await api.patch(PATH, {"workflowId": "welcome-v2", "channels": {"email": False}})
    await api.patch(PATH, {"channels": {"email": True}})
    assert _entry(await api.get(PATH), "welcome-v2")["channels"]["email"] is True


async def test_channels_that_are_not_named_keep_what_was_chosen(api: Api) -> None:
    await api.patch(PATH, {"channels": {"email": False}})
    found = await api.patch(PATH, {"channels": {"in_app": False}})
    assert found["data"]["global"]["channels"] == {"email": False, "in_app": False}


async def test_a_workflow_is_named_by_id_identifier_or_slug(api: Api) -> None:
    known = (await api.get("/v2/workflows"))["data"]["workflows"][0]
    for name in (known["_id"], known["workflowId"], known["slug"]):
        answer = await api.client.patch(PATH, json={"workflowId": name, "channels": {"in_app": False}})
        assert answer.status_code == 200


async def test_an_unknown_workflow_is_told_before_an_unknown_person(api: Api) -> None:
    body = {"workflowId": "nonsense", "channels": {}}
    answer = await api.client.patch("/v2/subscribers/nobody/preferences", json=body)
    error = answer.json()
    assert (answer.status_code, error["message"]) == (404, "Workflow cannot be found")
    assert (error["workflowId"], "error" in error) == ("nonsense", False)


async def test_a_number_as_workflow_crashes_the_service(api: Api) -> None:
    assert (await api.client.patch(PATH, json={"workflowId": 5, "channels": {}})).status_code == 500


async def test_a_word_as_a_channels_value_is_refused_by_the_command(api: Api) -> None:
    answer = await api.client.patch(PATH, json={"channels": {"email": "off"}})
    assert answer.status_code == 422
    assert answer.json()["errors"]["email"]["value"] == "off"


async def test_a_schedule_is_stored_and_stays_when_channels_change(api: Api) -> None:
    hours = [{"start": "09:00 AM", "end": "05:00 PM"}]
    schedule = {"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": hours}}}
    await api.patch(PATH, {"schedule": schedule})
    found = await api.patch(PATH, {"channels": {"email": False}})
    assert found["data"]["global"]["schedule"] == schedule


async def test_critical_workflows_are_told_only_when_asked_for(api: Api) -> None:
    assert (await api.get(PATH, criticality="critical"))["data"]["workflows"] == []
    assert len((await api.get(PATH, criticality="all"))["data"]["workflows"]) == 4
    assert (await api.client.get(PATH, params={"criticality": "x"})).status_code == 422


async def test_a_bulk_change_answers_with_each_workflow_and_fails_whole_on_an_unknown_one(api: Api) -> None:
    good = {"workflowId": "inbox-plain", "channels": {"in_app": False}}
    (changed,) = (await api.patch(f"{PATH}/bulk", {"preferences": [good]}))["data"]
    assert (changed["level"], changed["channels"]) == ("template", {"in_app": False})
    both = [{"workflowId": "inbox-news", "channels": {"in_app": False}}, {"workflowId": "x", "channels": {}}]
    assert (await api.client.patch(f"{PATH}/bulk", json={"preferences": both})).status_code == 404
    assert _entry(await api.get(PATH), "inbox-news")["channels"] == {"in_app": True}


@pytest.mark.parametrize("count", [100, 101])
async def test_a_bulk_change_takes_a_hundred(api: Api, count: int) -> None:
    body = {"preferences": [{"workflowId": "inbox-plain", "channels": {"in_app": False}}] * count}
    answer = await api.client.patch(f"{PATH}/bulk", json=body)
    assert answer.status_code == (200 if count == 100 else 422)
