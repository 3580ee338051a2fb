"""An export over the real client holds exactly what the API says of each person."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from api_client import ServerFault, SubscriberClient, SubscriberFilter
from api_client.embedded import create_embedded_api
from dashboard.csv_io import COLUMNS, ExportPlan, Format, export, unguard
from tests.api_client.doubles import client_over

PLAIN = (
    "subscriberId",
    "firstName",
    "lastName",
    "email",
    "phone",
    "avatar",
    "locale",
    "timezone",
    "createdAt",
)


@pytest.fixture(scope="module")
def embedded() -> Any:
    return create_embedded_api(subscribers=350)


def client(embedded: Any) -> SubscriberClient:
    return client_over(httpx.ASGITransport(app=embedded), api_key=embedded.state.api_key)


def read_csv(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{key: unguard(value) for key, value in row.items()} for row in csv.DictReader(file)]
    return {row["subscriberId"]: row for row in rows}


@pytest.mark.parametrize(
    "wanted", [SubscriberFilter(), SubscriberFilter(email="e"), SubscriberFilter(name="a")]
)
async def test_every_row_is_what_the_api_says(
    wanted: SubscriberFilter, embedded: Any, tmp_path: Path
) -> None:
    async with client(embedded) as api:
        plan = ExportPlan(filters=(wanted,), columns=tuple(COLUMNS[key] for key in (*PLAIN, "data")))
        done = await export(api, plan, folder=tmp_path)
        said = [
            row async for page in api.subscribers.search_rows(wanted, max_items=10_000) for row in page.rows
        ]
    found = read_csv(done.path)
    assert len(found) == done.rows == len(said)
    for row in said:
        assert [found[row["subscriberId"]][key] for key in PLAIN] == [row.get(key) or "" for key in PLAIN]
        assert json.loads(found[row["subscriberId"]]["data"] or "null") == row.get("data")


async def test_two_filters_give_their_union_once(embedded: Any, tmp_path: Path) -> None:
    filters = (SubscriberFilter(email="a"), SubscriberFilter(name="e"))
    async with client(embedded) as api:
        done = await export(api, ExportPlan(filters=filters, format=Format.JSON_LINES), folder=tmp_path)
        said = {
            row["subscriberId"]
            for wanted in filters
            async for page in api.subscribers.search_rows(wanted, max_items=10_000)
            for row in page.rows
        }
    lines = [json.loads(line)["subscriberId"] for line in done.path.read_text("utf-8").splitlines()]
    assert len(lines) == len(said)
    assert set(lines) == said


async def test_an_outage_in_the_middle_leaves_no_file(embedded: Any, tmp_path: Path) -> None:
    def break_down(_: object) -> None:
        embedded.state.faults.next(9, route="GET /v2/subscribers", status=500)

    async with client(embedded) as api:
        with pytest.raises(ServerFault):
            await export(api, ExportPlan(), folder=tmp_path, on_progress=break_down)
    embedded.state.faults.clear()
    assert os.listdir(tmp_path) == []
