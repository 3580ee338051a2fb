"""Find a Chromium, or get one: one that is there, else Playwright's own, else (as root) the system's package.

`python -m tests.browser.chromium` makes sure that there is one; `find()` tells where it is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_S = 600


def find() -> str | None:
    """The path of a browser on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return on_path or _playwrights_own()


def ensure() -> str:
    """A browser's path; installs one if there is none. Exits with a sentence when it cannot."""
    for attempt in (lambda: None, _download, _install_package):
        attempt()
        path = find()
        if path:
            return path
    sys.exit(
        "No Chromium here, none could be downloaded, and only root may install one. Install Chromium, or "
        "name one with CHROMIUM=/path/to/it, and run the tests again."
    )


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _download() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _install_package() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-qq"], **quiet)
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)


def _run(command: list[str], **environment: str) -> None:
    try:
        subprocess.run(
            command,
            check=False,
            timeout=DOWNLOAD_S,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]} did not help: {type(error).__name__}", file=sys.stderr)


if __name__ == "__main__":
    print(f"browser: {ensure()}")
