"""What no client should send does no harm: an answer in the service's shape, and nothing half done."""

import sqlite3
from collections.abc import MutableMapping
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from api_client.embedded.store import Store
from tests.local.service import PERSON, Api, embedded_api

LIST = "/v2/subscribers"
CREDENTIALS = f"{PERSON}/credentials"


async def test_a_call_whose_body_never_came_is_not_carried_out(api: Api) -> None:
    """Without its list of ids, this one would ask to delete every message."""
    path = f"{LIST}/sub-01/notifications/delete"
    headers = [(b"authorization", f"ApiKey {api.app.state.api_key}".encode())]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    told: list[Any] = []

    async def hung_up() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def send(event: MutableMapping[str, Any]) -> None:
        told.append(event)

    await api.app(scope, hung_up, send)
    assert told == []
    assert (await api.get(f"{PERSON}/notifications/feed"))["data"]


@pytest.mark.parametrize(
    "row", [{"createdAt": "0001-01-01T00:00:00+14:00"}, {"lastOnlineAt": "9999-12-31T23:59:59-14:00"}]
)
async def test_a_date_outside_the_calendar_does_not_break_the_list_for_all(api: Api, row: Any) -> None:
    await api.post("/v1/subscribers/bulk", {"subscribers": [{"subscriberId": "odd", **row}]})
    assert (await api.get(LIST))["data"][0]["subscriberId"] == "odd"


@pytest.mark.parametrize("query", ["", "?page=0", "?limit=5"])
async def test_runs_have_a_first_page_and_a_usual_size(api: Api, query: str) -> None:
    page = await api.get(f"/v1/notifications{query}")
    assert (page["page"], page["data"]) == (0, [])


@pytest.mark.parametrize("limit", ["0x" + "f" * 400, "9" * 400, "1e400"])
async def test_a_number_beyond_all_numbers_is_too_large(api: Api, limit: str) -> None:
    assert (await api.client.get(LIST, params={"limit": limit})).status_code == 422


async def test_digits_of_another_script_are_no_number(api: Api) -> None:
    assert len((await api.get(LIST, limit="١٢"))["data"]) == 10


@pytest.mark.parametrize("provider", [[], {}, True])
async def test_a_provider_that_is_no_text_is_refused(api: Api, provider: Any) -> None:
    body = {"providerId": provider, "credentials": {}}
    assert (await api.client.put(CREDENTIALS, json=body)).status_code == 422


@pytest.mark.parametrize("tokens", [5, {"a": 1}, True])
async def test_tokens_that_cannot_be_spread_crash_the_service(api: Api, tokens: Any) -> None:
    body = {"providerId": "fcm", "credentials": {"deviceTokens": tokens}}
    answer = await api.client.put(CREDENTIALS, json=body)
    assert (answer.status_code, "errorId" in answer.json()) == (500, True)


@pytest.mark.parametrize("credentials", ["text", 5, [], {"deviceTokens": 5}, {"deviceTokens": "ab"}])
async def test_odd_credentials_of_a_bulk_call_stop_no_later_call(api: Api, credentials: Any) -> None:
    integrations = (await api.get("/v1/integrations/active"))["data"]
    fcm = [one["_id"] for one in integrations if one["providerId"] == "fcm"]
    channels = [
        {"providerId": "fcm", "_integrationId": one, "credentials": credentials} for one in (*fcm, "6b")
    ]
    channels.append({"providerId": [], "credentials": credentials})
    await api.post("/v1/subscribers/bulk", {"subscribers": [{"subscriberId": "odd", "channels": channels}]})
    await api.post("/v1/events/trigger", {"name": "welcome-v2", "to": "odd"})
    path, body = "/v1/subscribers/odd/credentials", {"providerId": "fcm", "credentials": {"webhookUrl": "u"}}
    assert (await api.client.patch(path, json=body)).status_code == 200


async def test_a_bulk_item_that_is_a_list_crashes_the_service(api: Api) -> None:
    answer = await api.client.post("/v1/subscribers/bulk", json={"subscribers": [[]]})
    assert (answer.status_code, "errorId" in answer.json()) == (500, True)


@pytest.mark.parametrize(
    "fault", [{"times": 10**12}, {"times": -1}, {"status": "x"}, {"route": 5}, {"delay_s": "x"}, {"odd": 1}]
)
async def test_a_fault_that_makes_no_sense_is_refused_by_name(fault: dict[str, Any]) -> None:
    async with embedded_api(faults_over_http=True) as api:
        answer = await api.client.post("/__faults", json=fault)
        assert (answer.status_code, answer.json()["message"]) == (400, f"Not a fault: {next(iter(fault))}")


def test_a_write_that_could_not_be_kept_takes_no_later_one_with_it() -> None:
    """As on a full disk, the end of a transaction fails; the next one has to be one of its own."""
    store = Store(None)
    with store.reading() as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("CREATE TABLE a (b REFERENCES meta DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlite3.IntegrityError), store.writing() as db:
        db.execute("INSERT INTO a VALUES ('nowhere')")
    store.set_meta("later", "kept")
    with store.reading() as db:
        assert not db.in_transaction
    assert store.meta("later") == "kept"
    store.close()


def test_threads_that_come_and_go_leave_no_connection_behind(tmp_path: Path) -> None:
    """Worker threads end when they are idle: each used to keep its connection open for good."""
    store = Store(tmp_path / "novu.sqlite")
    for _ in range(5):
        reader = Thread(target=store.meta, args=("seed",))
        reader.start()
        reader.join()
    assert len(store._open) == 2
    store.close()
