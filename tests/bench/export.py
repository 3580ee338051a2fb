"""An export of 100,000 people from an API on another port: speed, memory, and clicks meanwhile."""

import asyncio
import csv
import tempfile
import time
from pathlib import Path
from typing import Any

from novu_py import Novu
from novu_py.models import SubscribersControllerSearchSubscribersRequest as Search
from playwright.sync_api import Browser, Page, sync_playwright

from api_client import ClientOptions, SubscriberClient
from dashboard.csv_io import COLUMNS, ExportPlan, export
from tests.browser import chromium, servers
from tests.browser.conftest import CHROMIUM_FLAGS

PEOPLE = 100_000
THEIR_PAGES = 150  # enough for a rate; all of them would take minutes
KEYS = ("subscriberId", "firstName", "lastName", "email", "phone", "locale", "timezone", "createdAt")
GATES = {"rows_ratio": (">=", 5.0), "memory_mb": ("<=", 64.0), "click_p95_ms": ("<=", 50.0)}
_CLICK = """() => new Promise((done) => {
    const box = document.querySelector('table.people tbody input[type=checkbox]');
    const line = document.querySelector('.selection-bar .num'), before = line.textContent;
    const began = performance.now();
    box.click();
    const look = () => line.textContent !== before ? done(performance.now() - began) : setTimeout(look, 1);
    look();
})"""


def main() -> dict[str, Any]:
    """`rows_ratio` is rows a second of our export over novu-py + model_dump + csv, at the same server."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with servers.embedded_api(folder, subscribers=PEOPLE, start_s=120) as api:
            ours = asyncio.run(_ours(api.url, folder))
            theirs = asyncio.run(_theirs(api.url, folder))
            with servers.dashboard(folder, api_url=api.url) as dashboard:
                meanwhile = _in_the_browser(dashboard)
    figures = {
        "rows_ratio": round(ours / theirs, 2),
        "rows_a_second": round(ours),
        "novu_py_rows_a_second": round(theirs),
        **meanwhile,
    }
    failed = [key for key, gate in GATES.items() if not _holds(figures[key], *gate)]
    return {"people": PEOPLE, **figures, "gates_failed": failed, "gates_hold": not failed}


def _holds(value: float, kind: str, bound: float) -> bool:
    return value >= bound if kind == ">=" else value <= bound


async def _ours(url: str, folder: Path) -> float:
    plan = ExportPlan(columns=[COLUMNS[key] for key in KEYS])
    async with SubscriberClient(ClientOptions(servers.KEY, url)) as client:
        began = time.perf_counter()
        done = await export(client, plan, folder=folder)
        return done.rows / (time.perf_counter() - began)


async def _theirs(url: str, folder: Path) -> float:
    client, after, count = Novu(secret_key=servers.KEY, server_url=url), None, 0
    with (folder / "theirs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        began = time.perf_counter()
        for _ in range(THEIR_PAGES):
            found = await client.subscribers.search_async(request=Search(limit=100, after=after))
            plain = [row.model_dump(by_alias=True) for row in found.result.data]
            writer.writerows([[row.get(key) for key in KEYS] for row in plain])
            count, after = count + len(plain), found.result.next
    return count / (time.perf_counter() - began)


def _in_the_browser(dashboard: servers.Running) -> dict[str, float]:
    """One page exports, another one ticks rows: how long each tick takes to reach the bar, and the memory."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=CHROMIUM_FLAGS)
        exporting, clicking = _two_pages(browser, dashboard)
        idle = _memory_mb(dashboard)
        exporting.get_by_role("button", name="Export").click()
        exporting.get_by_role("dialog").get_by_role("button", name="Export", exact=True).click()
        clicks, most = list[float](), idle
        while exporting.get_by_text("The download has started").count() == 0:
            clicks.append(clicking.evaluate(_CLICK))
            most = max(most, _memory_mb(dashboard))
        browser.close()
    clicks.sort()
    return {
        "memory_mb": round(most - idle, 1),
        "click_p95_ms": round(clicks[int(len(clicks) * 0.95)], 1),
        "clicks": len(clicks),
    }


def _two_pages(browser: Browser, dashboard: servers.Running) -> tuple[Page, Page]:
    context = browser.new_context(base_url=dashboard.url, accept_downloads=True)
    first, second = context.new_page(), context.new_page()
    first.goto(servers.sign_in_link(dashboard))
    for page in (first, second):
        page.goto("/subscribers")
        page.wait_for_selector("table.people tbody tr")
        page.wait_for_timeout(1500)  # unseen counts have come: now it is idle
    second.locator("table.people tbody input").nth(1).click()
    second.wait_for_selector(".selection-bar .num")
    return first, second


def _memory_mb(dashboard: servers.Running) -> float:
    status = Path(f"/proc/{dashboard.process.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
