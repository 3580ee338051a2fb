"""A dashboard full of hostile text: in people, jobs, views, the audit log and the operators' names."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from dashboard.app import build_context
from dashboard.audit import Event, Outcome
from dashboard.auth import Role
from dashboard.auth.links import LOCAL_ACTOR
from dashboard.context import AppContext
from dashboard.jobs import Kind, Plan, RowState, Target
from dashboard.settings import Settings
from dashboard.storage.texts import storable
from tests.browser import servers
from tests.browser.hostile import ALL, TEXTS

MARK = "zq7"
"""In every hostile person, so that one search finds all of them."""


def fill(data_dir: Path, api_url: str) -> str:
    """Everything that other people and other systems could have left behind; returns the id of a job."""
    _people(api_url)
    settings = Settings(data_dir=data_dir, api_key=servers.KEY, api_url=api_url)  # type: ignore[arg-type]
    ctx = build_context(settings)
    with ThreadPoolExecutor(1) as beside:  # Playwright has a loop of its own on this thread
        return beside.submit(asyncio.run, _own(ctx)).result()


def _people(api_url: str) -> None:
    headers = {"Authorization": f"ApiKey {servers.KEY}"}
    with httpx.Client(base_url=api_url, headers=headers, trust_env=False) as api:
        for number, text in enumerate(TEXTS):
            body: dict[str, Any] = dict.fromkeys(("firstName", "lastName", "phone", "avatar"), text)
            body |= {"subscriberId": f"{MARK}-{number}-{text}", "email": f"{MARK}.{number}@example.com"}
            api.post("/v2/subscribers", json={**body, "data": {text: text}}).raise_for_status()
        everything = {"subscriberId": f"{MARK}-all", "firstName": ALL, "email": "all@example.com"}
        api.post("/v2/subscribers", json=everything).raise_for_status()


async def _own(ctx: AppContext) -> str:
    ids = [f"{MARK}-{number}-{text}" for number, text in enumerate(TEXTS)]
    people = [Target(storable(one), text) for one, text in zip(ids, TEXTS, strict=True)]  # a job takes no NUL
    for half in (TEXTS[:12], TEXTS[12:]):  # a search in words has at most 500 characters
        plan = Plan(Kind.LOCALE, people, "\n".join(half), f"{LOCAL_ACTOR} {TEXTS[2]}", ALL[:200])
        job = await ctx.jobs.add(plan)
    await ctx.jobs.begin(job)
    while row := await ctx.jobs.take(job):
        await ctx.jobs.settle(job, row.number, RowState.FAILED, TEXTS[row.number])
    await ctx.jobs.end_run(job)
    for number, text in enumerate(TEXTS):
        await ctx.desk.save_view(LOCAL_ACTOR, text[:80], "q=x", is_shared=True)
        await ctx.operators.arrived(f"https://issuer.example {number}", f"{text[:50]} {number}", Role.VIEWER)
        await ctx.audit.append(_line(text))
    await ctx.api.aclose()
    return job


def _line(text: str) -> Event:
    told = dict.fromkeys(("name", "actor", "role", "subject", "detail", "request_id", "address"), text)
    short = {"name": text[:80], "role": text[:20]}
    return Event(
        **{**told, **short},
        outcome=Outcome.FAILED,
        action_id=str(uuid4()),
        session_id=text[:12],
        before={text: text, ":html": text},
        after=[text],
    )
