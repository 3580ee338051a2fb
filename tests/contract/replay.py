"""Replays recorded exchanges against an application and tells the first difference of each."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from api_client.embedded import Faults, create_embedded_api

RECORDINGS = Path(__file__).parent / "recordings"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
OBJECT_ID = re.compile(r"[0-9a-f]{24}|[0-9A-F]{24}")
HEADERS = (
    "content-type",
    "content-encoding",
    "content-security-policy",
    "etag",
    "idempotency-key",
    "idempotency-replay",
    "link",
    "location",
    "ratelimit-limit",
    "ratelimit-policy",
    "retry-after",
)
# The burst over the rate limit was recorded with these pauses; every other call finds a full bucket.
PAUSES = {"ratelimit_bulk_burst_0": 0.2, "ratelimit_bulk_burst_1": 1.0, "ratelimit_bulk_burst_2": 1.0}
Exchange = dict[str, Any]


class ReplayClock:
    """Moves only when told; who sleeps waits until `wake`."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 24, tzinfo=UTC)
        self._awake, self.sleeping = asyncio.Event(), asyncio.Event()

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def wake(self) -> None:
        self._awake.set()

    async def sleep(self, seconds: float) -> None:
        self.sleeping.set()
        await self._awake.wait()
        self._awake.clear()
        self.sleeping.clear()


@dataclass
class Replay:
    """One file's run: the client, and for each recorded id the one that the application gave instead."""

    client: httpx.AsyncClient
    clock: ReplayClock
    faults: Faults
    api_key: str
    ids: dict[str, str] = field(default_factory=dict)

    async def run(self, exchanges: list[Exchange]) -> AsyncIterator[tuple[str, str | None]]:
        """Name and first difference (None: none) of every exchange, in order."""
        for group in _concurrent(exchanges):
            for exchange, answer in zip(group, await self._send(group), strict=True):
                yield exchange["name"], self._difference(exchange["response"], answer)

    async def _send(self, group: list[Exchange]) -> list[httpx.Response]:
        if len(group) == 1:
            self.clock.advance(PAUSES.get(group[0]["name"], 6))
            return [await self._one(group[0]["request"])]
        self.clock.advance(6)
        winner = next(number for number, one in enumerate(group) if one["response"]["status"] < 300)
        self.faults.next(1, delay_s=1)
        first = asyncio.ensure_future(self._one(group[winner]["request"]))
        await self.clock.sleeping.wait()  # the winner has the key
        rest: list[httpx.Response] = []
        for number, one in enumerate(group):
            if number != winner:
                self.clock.advance(6)
                rest.append(await self._one(one["request"]))
        self.clock.wake()
        rest.insert(winner, await first)
        return rest

    async def _one(self, request: dict[str, Any]) -> httpx.Response:
        headers = {name: value for name, value in request["headers"].items() if value is not None}
        if "authorization" not in request["headers"]:
            headers["authorization"] = f"ApiKey {self.api_key}"
        url = self._translated(request["path"]) + (
            "?" + self._translated(request["query"]) if request["query"] else ""
        )
        return await self.client.request(
            request["method"], _target(url), headers=headers, content=self._content(request["body"])
        )

    def _content(self, body: Any) -> bytes | None:
        if body is None:
            return None
        if isinstance(body, dict) and "__raw__" in body:
            return body["__raw__"].encode()
        return self._translated(json.dumps(body, ensure_ascii=False)).encode()

    def _translated(self, text: str) -> str:
        def own(match: re.Match[str]) -> str:
            found = self.ids.get(match[0].lower(), match[0])
            return found if match[0].islower() or match[0].isdigit() else found.upper()

        return OBJECT_ID.sub(own, text)

    def _difference(self, recorded: dict[str, Any], answer: httpx.Response) -> str | None:
        if recorded["status"] != answer.status_code:
            return f"status {answer.status_code} instead of {recorded['status']}: {answer.text[:300]}"
        for name in HEADERS:
            wanted, got = recorded["headers"].get(name), answer.headers.get(name)
            if name == "etag" and wanted is None:
                continue
            if wanted is None and got is None:
                continue
            if wanted is None or got is None or self._walk(wanted, got, name):
                return f"header {name}: {got!r} instead of {wanted!r}"
        return self._walk(recorded["body"], _body(answer), "body")

    def _walk(self, wanted: Any, got: Any, at: str) -> str | None:
        if isinstance(wanted, dict) and isinstance(got, dict):
            if wanted.keys() != got.keys():
                missing, extra = sorted(wanted.keys() - got.keys()), sorted(got.keys() - wanted.keys())
                return f"{at}: missing {missing}, extra {extra}"
            return next(
                filter(None, (self._walk(wanted[key], got[key], f"{at}.{key}") for key in wanted)), None
            )
        if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
            pairs = enumerate(zip(wanted, got, strict=True))
            return next(filter(None, (self._walk(a, b, f"{at}[{number}]") for number, (a, b) in pairs)), None)
        if isinstance(wanted, str) and isinstance(got, str):
            return self._text(wanted, got, at)
        return None if wanted == got and type(wanted) is type(got) else f"{at}: {got!r} instead of {wanted!r}"

    def _text(self, wanted: str, got: str, at: str) -> str | None:
        if at.endswith(".errorId"):
            return None
        for old, new in zip(OBJECT_ID.findall(wanted), OBJECT_ID.findall(got), strict=False):
            self.ids.setdefault(old, new)
        same = self._translated(TIME.sub("TIME", wanted)) == TIME.sub("TIME", got)
        return None if same else f"{at}: {got[:300]!r} instead of {wanted[:300]!r}"


@asynccontextmanager
async def recorded_api() -> AsyncIterator[Replay]:
    """A fresh application in the state behind the recordings."""
    clock, faults = ReplayClock(), Faults()
    app = create_embedded_api(seed="recorded", rate_limit="free", clock=clock, faults=faults)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:3000") as client:
        client.headers.clear()
        yield Replay(client, clock, faults, app.state.api_key)
    app.state.store.close()


def exchanges(name: str) -> list[Exchange]:
    """The lines of one recording, in order."""
    text = (RECORDINGS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _concurrent(lines: list[Exchange]) -> Iterator[list[Exchange]]:
    """Calls that ran at the same time come together, all others alone."""
    group: list[Exchange] = []
    for line in lines:
        key = line["request"]["headers"].get("Idempotency-Key") if "concurrent" in line["name"] else None
        if group and key != group[0]["request"]["headers"].get("Idempotency-Key"):
            yield group
            group = []
        if key is None:
            yield [line]
        else:
            group.append(line)
    if group:
        yield group


def _target(url: str) -> httpx.URL:
    """The path and query as they stand: nothing is encoded or tidied on the way."""
    parts = httpx.URL("http://127.0.0.1:3000/")
    raw = url.encode("utf-8")
    return parts.copy_with(raw_path=raw)


def _body(answer: httpx.Response) -> Any:
    if not answer.content:
        return None
    if "json" in answer.headers.get("content-type", ""):
        return answer.json()
    return {"__text__": answer.text}
