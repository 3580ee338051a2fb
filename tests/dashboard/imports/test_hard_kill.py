"""Killed in the middle of chunk 57 of 200, an import goes on where it was; no row goes out under two keys."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from dashboard.actions import bulk
from dashboard.app import build_context
from dashboard.auth import Role
from dashboard.jobs import JobState, RowState
from dashboard.jobs.leases import LEASE
from dashboard.settings import Settings
from tests.dashboard.clocks import SetClock
from tests.dashboard.imports.files import csv_of
from tests.dashboard.imports.recorder import KEY, recorded_api
from tests.dashboard.joined import sign_in

CHUNKS, ROWS = 200, 2
PATIENCE_S = 300  # a busy machine is slow, not wrong; a child that ends is noticed at once
PEOPLE = {f"kill-{number:03d}": f"Name {number}" for number in range(CHUNKS * ROWS)}


@pytest.mark.slow
async def test_kill_9_in_chunk_57_of_200_then_resume(tmp_path: Path) -> None:
    file, data = tmp_path / "people.csv", tmp_path / "data"
    file.write_bytes(csv_of("subscriberId,firstName", *(f"{one},{name}" for one, name in PEOPLE.items())))
    with recorded_api(hold_at=57) as (url, recorder):
        _import_until_held(file, data, url, recorder.is_held)
        assert 57 <= len(recorder.calls) < CHUNKS
        recorder.let_go()
        settings = Settings(data_dir=data, api_key=SecretStr(KEY), api_url=url, import_chunk=ROWS)
        ctx = build_context(settings, clock=SetClock(datetime.now(UTC) + LEASE))  # the killed one's has ended
        await ctx.sign.ask(ctx.reader)  # this and the next are what the dashboard does when it starts
        await ctx.jobs.recover()
        (job,) = await ctx.jobs.latest()
        assert (job.state, job.reason) == (
            JobState.PAUSED,
            "The dashboard was stopped while this was running.",
        )
        await bulk.begin(ctx, await sign_in(ctx, Role.OPERATOR), job)
        await ctx.jobs.here.join()
        after = await ctx.jobs.find(job.id)
        assert after
        assert after.counts == {RowState.DONE: len(PEOPLE)}
        stored = [one async for one in ctx.api.subscribers.search_all(max_items=1000)]
        await ctx.api.aclose()
    assert {one.subscriber_id: one.first_name for one in stored} == PEOPLE
    keys_of: dict[str, set[str]] = {}
    for key, ids in recorder.calls:
        for one in ids:
            keys_of.setdefault(one, set()).add(key)
    assert all(len(keys) == 1 for keys in keys_of.values())
    assert len({key for key, _ in recorder.calls}) == CHUNKS
    assert len(recorder.calls) > CHUNKS  # what was in flight went out again, under its own key


def _import_until_held(file: Path, data: Path, url: str, is_held: threading.Event) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment |= {
        "NOVU_SECRET_KEY": KEY,
        "NOVU_API_URL": url,
        "DASHBOARD_DATA_DIR": str(data),
        "DASHBOARD_IMPORT_CHUNK": str(ROWS),
    }
    command = [sys.executable, "-m", "dashboard", "import", str(file), "--yes"]
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    until = time.monotonic() + PATIENCE_S
    try:
        while child.poll() is None and time.monotonic() < until and not is_held.wait(0.1):
            pass
    finally:
        child.kill()  # SIGKILL
        said, _ = child.communicate()
    assert is_held.is_set(), said.decode()
