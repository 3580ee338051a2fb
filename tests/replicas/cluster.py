"""Two replicas as they are run in earnest: one PostgreSQL, one Redis, nginx over TLS, two accounts."""

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import servers
from tests.browser.servers import ROOT, Running
from tests.replicas import services

PASSWORD = "a sentence that nobody guesses"
SECRET = "one-secret-for-both-replicas-0123456789"
METRICS_TOKEN = "a-token-that-only-prometheus-knows-01"


@dataclass(frozen=True)
class Cluster:
    """What is running. `replicas` are reached through `url`, or one by one at their own addresses."""

    url: str
    api: Running
    nginx: Running
    replicas: Mapping[str, Running]
    settings: Mapping[str, str]

    def command(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run `python -m dashboard …` as an administrator would, with the settings of the replicas."""
        return subprocess.run(
            [sys.executable, "-m", "dashboard", *arguments],
            cwd=ROOT,
            env={**servers.clean_environment(), **self.settings},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def context(self, browser: Browser, *, at: str) -> BrowserContext:
        """A browser that nginx takes for one that has been at this replica before."""
        context = browser.new_context(base_url=self.url, ignore_https_errors=True)
        context.add_cookies([{"name": "dashboard_replica", "value": at, "url": self.url}])
        return context

    def page(self, browser: Browser, name: str, *, at: str) -> Page:
        """An operator's signed-in page, at this replica, with the list on it."""
        page = self.context(browser, at=at).new_page()
        page.goto("/subscribers")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("row").nth(3)).to_be_visible()
        return page


@contextmanager
def running(folder: Path, *, database_url: str) -> Generator[Cluster]:
    """Start it all; both replicas come up at the same time, on a database that may be empty."""
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        api = stack.enter_context(servers.embedded_api(folder))
        settings = {
            "NOVU_SECRET_KEY": servers.KEY,
            "NOVU_API_URL": api.url,
            "DASHBOARD_DATABASE_URL": database_url,
            "DASHBOARD_REDIS_URL": stack.enter_context(services.redis()),
            "DASHBOARD_SESSION_SECRET": SECRET,
            "DASHBOARD_METRICS_TOKEN": METRICS_TOKEN,
            "DASHBOARD_LOG_FORMAT": "json",
            "PATH": os.environ["PATH"],
        }
        starts = {name: pool.submit(_start, stack, folder / name, settings) for name in ("a", "b")}
        replicas = {name: start.result() for name, start in starts.items()}
        addresses = [one.url.removeprefix("http://") for one in replicas.values()]
        nginx = stack.enter_context(services.nginx(replicas=(addresses[0], addresses[1])))
        cluster = Cluster(nginx.url, api, nginx, replicas, settings)
        for name, role in (("ada", "admin"), ("ben", "operator")):
            made = cluster.command("operator", "add", name, "--role", role, typed=PASSWORD)
            assert made.returncode == 0, made.stderr
        yield cluster


def _start(stack: ExitStack, folder: Path, settings: Mapping[str, str]) -> Running:
    folder.mkdir()
    api = {"api_url": settings["NOVU_API_URL"]}
    return stack.enter_context(servers.dashboard(folder, **api, **settings))
