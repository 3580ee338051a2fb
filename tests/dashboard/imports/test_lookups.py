"""Who is there already is asked the cheaper way; columns are profiled from the first rows."""

from pathlib import Path

import httpx
import pytest

from api_client import ClientOptions, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.csv_io.incoming.existing import find_existing
from dashboard.csv_io.incoming.frames import profile
from tests.dashboard.imports.files import csv_of, take

PEOPLE = 250


@pytest.mark.parametrize(("share", "calls"), [(2, 2), (100, 3)])
async def test_a_few_are_asked_one_by_one_and_many_by_walking_everyone(share: int, calls: int) -> None:
    api = create_embedded_api(subscribers=PEOPLE)
    options = ClientOptions(api_key=api.state.api_key, base_url="http://embedded.invalid")
    async with SubscriberClient(options, transport=httpx.ASGITransport(app=api)) as client:
        page = await client.subscribers.search(limit=100)
        ids = [one.subscriber_id for one in page.items][: share - 1]
        told: list[tuple[int, int]] = []
        known = await find_existing(
            client, [*ids, "nobody", ""], on_progress=lambda done, of: told.append((done, of))
        )
    assert set(known) == set(ids)
    assert known[ids[0]].has("email", page.items[0].email)
    assert told[-1] == (calls, calls)


def test_columns_are_profiled(tmp_path: Path) -> None:
    taken = take(csv_of("subscriberId,locale", "1,de", "2,de", "3,"), tmp_path)
    assert taken.table is not None
    found = profile(taken.table)
    assert (found.rows, found.is_whole, found.preview[2]) == (3, True, ("3", ""))
    locale = found.columns[1]
    assert (locale.name, locale.filled, locale.distinct, locale.examples) == ("locale", 2, 1, ("de",))
