"""A server that holds one recorded exchange: it takes that very write and answers as the real one did."""

import json
from functools import cache
from typing import Any

import httpx

from tests.contract.recorded import Exchange, exchanges, seed

WRITES = ("03_v1_credentials_put", "04_v1_credentials_patch", "05_v1_credentials_delete")


@cache
def recorded() -> dict[tuple[str, str], tuple[Exchange, dict[str, Any]]]:
    """(`03`, name) → the exchange, and the person as it was right before."""
    found: dict[tuple[str, str], tuple[Exchange, dict[str, Any]]] = {}
    people: dict[str, dict[str, Any]] = {}
    for one in exchanges():
        if one.file in WRITES:
            who = one.request["path"].split("/")[3]
            found[one.file[:2], one.name] = one, people.setdefault(f"{one.file} {who}", _fresh(who))
            body = one.response["body"]
            if isinstance(body, dict) and "channels" in (body.get("data") or {}):
                people[f"{one.file} {who}"] = body["data"]
    return found


def integration_id(identifier: str) -> str:
    """The id of an integration of the recordings' seed."""
    return next(one["_id"] for one in seed()["integrations"] if one["identifier"] == identifier)


class RecordedServer(httpx.AsyncBaseTransport):
    """Tells the person as recorded before the write and after it; `sent` is what came, to be compared."""

    def __init__(self, file: str, name: str) -> None:
        self.exchange, self._person = recorded()[file, name]
        self.who: str = self._person["subscriberId"]
        self.sent: list[tuple[str, str, Any]] = []

    @property
    def wanted(self) -> tuple[str, str, Any]:
        request = self.exchange.request
        return request["method"], request["path"], request["body"]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        if request.method == "GET":
            return httpx.Response(200, json={"data": self._person})
        self.sent.append((request.method, request.url.path, json.loads(content) if content else None))
        answer = self.exchange.response
        if answer["body"]:
            self._person = answer["body"]["data"]
        else:
            gone = self.exchange.request["path"].rpartition("/")[2]
            left = [one for one in self._person["channels"] if one["providerId"] != gone]
            self._person = {**self._person, "channels": left}
        return httpx.Response(answer["status"], content=self.exchange.body_bytes)


def _fresh(who: str) -> dict[str, Any]:
    return {"_id": "0" * 24, "subscriberId": who, "channels": []}
