"""A file that is planned and run as an import, over a wire that can be told to refuse rows."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from dashboard.actions.import_run import ImportRun
from dashboard.actions.imports import plan_import
from dashboard.context import AppContext, Visit
from dashboard.csv_io.incoming.existing import Known
from dashboard.jobs import Job, ResultRow
from dashboard.settings import Settings
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.imports.files import csv_of, take

BULK = "/v1/subscribers/bulk"
IDS = [f"sheet-{number:02d}" for number in range(23)]
FILE = csv_of("subscriberId,firstName", *(f"{one},Name {one}" for one in IDS))
Verdict = Callable[[list[str]], httpx.Response | None]


@dataclass(frozen=True)
class Sent:
    """One bulk call: whom it was about, under which key."""

    key: str | None
    ids: tuple[str, ...]


class PickyWire(WireTap):
    """Refuses a bulk call where `verdict` of its ids says so, before the API sees it."""

    verdict: Verdict | None = None
    lost_answers = 0
    """How many answers of bulk calls get lost on the way back."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        if self.verdict and request.url.path == BULK:
            ids = [one["subscriberId"] for one in json.loads(content)["subscribers"]]
            refusal = self.verdict(ids)
            if refusal is not None:
                return refusal
        answer = await super().handle_async_request(request)
        if request.url.path == BULK and self.lost_answers:
            self.lost_answers -= 1
            raise httpx.ReadError("lost")
        return answer

    @property
    def sent(self) -> list[Sent]:
        """The bulk calls that came through."""
        return [
            Sent(one.key, tuple(row["subscriberId"] for row in one.body["subscribers"]))
            for one in self.writes
            if one.path == BULK
        ]


class Naps:
    """Waits that take no time; `during` happens in the first."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.during: Callable[[], Any] | None = None

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        during, self.during = self.during, None
        if during:
            await during()


def in_chunks(ctx: AppContext, rows: int) -> AppContext:
    return replace(ctx, settings=Settings(data_dir=ctx.settings.data_dir, import_chunk=rows))


async def planned(
    ctx: AppContext,
    visit: Visit,
    folder: Path,
    content: bytes,
    *,
    known: Mapping[str, Known] | None = None,
    clear: str = "",
) -> Job:
    taken = take(content, folder, known=dict(known or {}), clear=clear)
    assert taken.plan, taken.refused or taken.mapping_problems
    job_id = await plan_import(ctx, visit, plan=taken.plan, file="people.csv", subject="a test")
    job = await ctx.jobs.find(job_id)
    assert job
    return job


async def run(ctx: AppContext, visit: Visit, job: Job, naps: Naps | None = None) -> Job:
    assert await ctx.jobs.begin(job.id)
    await ImportRun(ctx, visit, job, sleep=naps or Naps()).run()
    after = await ctx.jobs.find(job.id)
    assert after
    return after


async def results(ctx: AppContext, job: Job) -> dict[str, ResultRow]:
    return {row.subscriber_id: row for row in await ctx.jobs.imports.results(job.id)}
