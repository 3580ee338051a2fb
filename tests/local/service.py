"""Arranges an embedded API for a test and calls it in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from api_client.embedded import Faults, create_embedded_api

PERSON = "/v1/subscribers/sub-01"
ENVIRONMENT = "6b0486aad538f9e937828aff"


class HandClock:
    """A clock that moves only by hand; sleeping moves it too and takes no time."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 24, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)


@dataclass(frozen=True)
class Api:
    """An embedded API and a client that holds its key."""

    app: FastAPI
    client: httpx.AsyncClient
    clock: HandClock
    faults: Faults

    async def get(self, path: str, **query: Any) -> Any:
        """The JSON of a good answer."""
        return _good(await self.client.get(path, params=query))

    async def post(self, path: str, body: Any) -> Any:
        return _good(await self.client.post(path, json=body))

    async def patch(self, path: str, body: Any) -> Any:
        return _good(await self.client.patch(path, json=body))

    async def put(self, path: str, body: Any) -> Any:
        return _good(await self.client.put(path, json=body))


@asynccontextmanager
async def embedded_api(**options: Any) -> AsyncIterator[Api]:
    """A fresh API in the state behind the recordings, unless the options say otherwise."""
    clock, faults = HandClock(), Faults()
    app = create_embedded_api(**{"seed": "recorded", "clock": clock, "faults": faults, **options})
    headers = {"authorization": f"ApiKey {app.state.api_key}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://embedded.test", headers=headers
    ) as client:
        yield Api(app, client, clock, faults)
    app.state.store.close()


def _good(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()
