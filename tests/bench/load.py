"""A hundred operators who click while one exports, all in one process; then two hundred connected."""

import asyncio
import logging
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import httpx

from tests.bench.operators import Element, OperatorPage
from tests.browser import servers
from tests.browser.servers import Running

PEOPLE = 100_000
PASSWORD = "a sentence that nobody guesses"
CLICKING, CONNECTED = 100, 200
SECONDS = 20
THINKING_S = (4.0, 8.0)
PAGING = 0.2  # of what an operator does, beside ticking people
GATES = {"click_p95_ms": 50.0, "rss_mb": 250.0, "errors": 0.0}


@dataclass
class Seen:
    """Milliseconds of each click and each page turned, what went wrong, how many exports were finished."""

    clicks: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    exports: int = 0


def main() -> dict[str, Any]:
    """`click_p95_ms` from click to answer with 100 operators and an export; `rss_mb` with 200 connected."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_account(folder)
        with (
            servers.embedded_api(folder, subscribers=PEOPLE, start_s=120) as api,
            servers.dashboard(folder, api_url=api.url) as dashboard,
        ):
            figures = asyncio.run(_run(dashboard, _signed_in(dashboard)))
    failed = [key for key, most in GATES.items() if figures[key] > most]
    return {
        "operators": CLICKING,
        "connected": CONNECTED,
        **figures,
        "gates_failed": failed,
        "gates_hold": not failed,
    }


def _make_account(folder: Path) -> None:
    """As the first step of whoever sets the dashboard up; it also brings the database to its shape."""
    environment = {**servers.clean_environment(), "DASHBOARD_DATA_DIR": str(folder / "data")}
    add = [sys.executable, "-m", "dashboard", "operator", "add", "ada", "--role", "admin"]
    subprocess.run(add, input=PASSWORD.encode(), cwd=servers.ROOT, env=environment, check=True)


def _signed_in(dashboard: Running) -> dict[str, str]:
    with httpx.Client(base_url=dashboard.url, trust_env=False) as browser:
        form = {"name": "ada", "password": PASSWORD}
        browser.post("/sign-in", data=form, headers={"Origin": dashboard.url})
        return dict(browser.cookies)


async def _run(dashboard: Running, cookies: dict[str, str]) -> dict[str, float]:
    seen = Seen()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:

        async def opened() -> OperatorPage:
            return await OperatorPage(dashboard.url, cookies, http).open("/subscribers")

        pages = [await opened() for _ in range(CLICKING)]
        exporting = await opened()
        until = time.monotonic() + SECONDS
        await asyncio.gather(_export(exporting, until, seen), *[_work(page, until, seen) for page in pages])
        pages += [await opened() for _ in range(CONNECTED - len(pages) - 1)]
        rss, connected = _told(dashboard)
        everybody = [exporting, *pages]
        cut_off = sum(page.is_cut_off for page in everybody)
        for page in everybody:
            await page.close()
    complaints = re.findall(r"ERROR|Traceback", dashboard.log())
    return {
        "clicks": len(seen.clicks),
        "click_p50_ms": round(statistics.median(seen.clicks), 1),
        "click_p95_ms": round(statistics.quantiles(seen.clicks, n=20)[-1], 1),
        "page_p95_ms": round(statistics.quantiles(seen.pages, n=20)[-1], 1),
        "exports": seen.exports,
        "rss_mb": round(rss / 1e6, 1),
        "errors": len(seen.errors) + cut_off + len(complaints) + abs(connected - CONNECTED),
    }


async def _work(page: OperatorPage, until: float, seen: Seen) -> None:
    """Tick somebody, untick them, turn the page now and then; think in between."""
    dice = random.Random(id(page))
    try:
        await page.until(lambda: _table(page) is not None)
        while time.monotonic() < until:
            await asyncio.sleep(dice.uniform(*THINKING_S))
            if dice.random() < PAGING:
                seen.pages.append(await _turn(page))
            else:
                seen.clicks.extend([await _tick(page, on=True), await _tick(page, on=False)])
    except (TimeoutError, AssertionError) as error:
        seen.errors.append(repr(error))


async def _tick(page: OperatorPage, *, on: bool) -> float:
    """Answered once the bar counts the selection, or is gone again."""
    number, table = _table(page) or (0, {})
    row = table["props"]["rows"][0]["id"]

    def answered() -> bool:
        return page.find(lambda one: one.get("text") == "1 selected") is not None if on else _is_empty(page)

    return await page.timed(lambda: page.emit(number, "choose", {"ids": [row], "on": on}), answered)


def _is_empty(page: OperatorPage) -> bool:
    bar = page.find(lambda one: "selection-bar" in one.get("class", []))
    return bar is None or "hidden" in bar[1]["class"]


async def _turn(page: OperatorPage) -> float:
    """Answered once other people stand in the table."""
    first = _first(page)
    number = _button(page, "Next page")
    return await page.timed(lambda: page.emit(number, "click"), lambda: _first(page) not in {first, None})


async def _export(page: OperatorPage, until: float, seen: Seen) -> None:
    """Export everybody, again and again, as long as the others click."""
    try:
        await page.until(lambda: _table(page) is not None)
        while time.monotonic() < until:
            page.told.clear()
            await page.emit(_button(page, "Export"), "click")
            await page.until(lambda: len(_buttons(page, "Export")) == 2)
            await page.emit(_buttons(page, "Export")[-1], "click")
            await page.until(lambda: any("/exports/" in one for one in page.told), within_s=3 * SECONDS)
            await page.emit(_button(page, "Close"), "click")
            seen.exports += 1
    except (TimeoutError, AssertionError) as error:
        seen.errors.append(repr(error))


def _table(page: OperatorPage) -> tuple[int, Element] | None:
    found = page.find(lambda one: one.get("tag") == "nicegui-people_table")
    return found if found and found[1]["props"].get("rows") else None


def _first(page: OperatorPage) -> str | None:
    table = _table(page)
    return table[1]["props"]["rows"][0]["key"] if table else None


def _buttons(page: OperatorPage, name: str) -> list[int]:
    """The numbers of all buttons with this name, the latest last."""
    props = {number: one.get("props", {}) for number, one in page.elements.items()}
    return sorted(
        number for number, one in props.items() if name in (one.get("aria-label"), one.get("label"))
    )


def _button(page: OperatorPage, name: str) -> int:
    found = _buttons(page, name)
    assert found, f"there is no button {name}"
    return found[0]


def _told(dashboard: Running) -> tuple[float, int]:
    """Bytes of memory and connected pages, from the dashboard's own figures."""
    text = httpx.get(f"{dashboard.url}/metrics", trust_env=False).text
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return float(figures["process_resident_memory_bytes"]), int(float(figures["dashboard_pages_connected"]))


logging.getLogger("socketio.client").setLevel(logging.CRITICAL)
