"""The same work done by our client and by the official SDK, novu-py, as a user of it would write it."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any, Protocol

import httpx
import orjson
from novu_py import Novu
from novu_py.models import SubscribersControllerSearchSubscribersRequest as Search

from api_client import ClientOptions, SubscriberClient
from api_client.transport.network import Network

KEY = "bench-key"
FIELDS = ("subscriberId", "firstName", "lastName", "email", "phone", "avatar", "locale", "timezone")
EVERYTHING = 10**9


class Rival(Protocol):
    """What both can do; counts are of rows."""

    async def walk(self) -> int: ...
    async def walk_to_csv(self) -> int: ...
    async def unseen(self) -> int: ...


class Ours:
    """Our client."""

    def __init__(self, address: str) -> None:
        self.client = SubscriberClient(ClientOptions(KEY, address))

    async def walk(self) -> int:
        count = 0
        async for _ in self.client.subscribers.search_all(max_items=EVERYTHING):
            count += 1
        return count

    async def walk_into_channels(self) -> int:
        """As `walk`, and into each person's channels, whose models are made when asked for."""
        count = 0
        async for person in self.client.subscribers.search_all(max_items=EVERYTHING):
            count += 1 if person.channels else 0
        return count

    async def walk_to_csv(self) -> int:
        writer = csv.writer(io.StringIO())
        count = 0
        async for page in self.client.subscribers.search_rows(max_items=EVERYTHING):
            writer.writerows([[row.get(field) for field in FIELDS] for row in page.rows])
            count += len(page.rows)
        return count

    async def unseen(self) -> int:
        return await self.client.feed.unseen_count("user-1")


class Theirs:
    """novu-py, asynchronous, on its defaults."""

    def __init__(self, address: str) -> None:
        self.client = Novu(secret_key=KEY, server_url=address)

    async def _pages(self) -> AsyncIterator[Any]:
        after: str | None = None
        while True:
            found = await self.client.subscribers.search_async(request=Search(limit=100, after=after))
            yield found.result.data
            after = found.result.next
            if not after:
                return

    async def walk(self) -> int:
        count = 0
        async for rows in self._pages():
            for _ in rows:
                count += 1
        return count

    async def walk_to_csv(self) -> int:
        writer = csv.writer(io.StringIO())
        count = 0
        async for rows in self._pages():
            plain = [row.model_dump(by_alias=True) for row in rows]
            writer.writerows([[row.get(field) for field in FIELDS] for row in plain])
            count += len(rows)
        return count

    async def unseen(self) -> int:
        found = await self.client.subscribers.notifications.unseen_count_async(subscriber_id="user-1")
        return int(found.result.count)


class Bare:
    """The bare transport: an httpx request through our network and orjson; nothing checked or retried."""

    def __init__(self, address: str) -> None:
        self._network = Network(ClientOptions(KEY, address))
        self._url = address + "/v1/subscribers/user-1/notifications/unseen"

    async def unseen(self) -> int:
        request = httpx.Request("GET", self._url, headers={"Authorization": f"ApiKey {KEY}"})
        answer = await self._network.handle_async_request(request)
        return orjson.loads(await answer.aread())["data"]["count"]

    async def aclose(self) -> None:
        await self._network.aclose()
