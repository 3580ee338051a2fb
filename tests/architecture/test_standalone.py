"""A clone stands alone: it starts from its tracked files, with an empty home and environment."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.browser.servers import free_port

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "SYSTEMROOT")
START_S = 60


def copy_of_tracked_files(folder: Path) -> Path:
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in names:
        if not name.startswith("tests/") and (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_the_tracked_files_alone_start_a_dashboard_with_an_empty_home(tmp_path: Path) -> None:

    checkout, home = copy_of_tracked_files(tmp_path / "checkout"), tmp_path / "home"
    home.mkdir()
    port = free_port()
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {
        "HOME": str(home),
        "DASHBOARD_PORT": str(port),
        "DASHBOARD_SUBSCRIBERS": "50",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(checkout),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard"],
        cwd=checkout,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout
            lines = iter(process.stdout.readline, "")
            link = next(found.group(1) for line in lines if (found := re.search(r"Open +(\S+)", line)))
            answer = httpx.get(link, trust_env=False, timeout=START_S)
            assert answer.status_code == 303
            process.send_signal(signal.SIGINT)
            assert "".join(lines).strip().splitlines()[1:] == [], "Ctrl-C ends it without a word"
            assert process.wait(START_S) == 0
        finally:
            process.terminate()
            process.wait(START_S)
    assert not list(checkout.glob("*.sqlite*")), "data belongs in the data folder, not in the checkout"


def test_no_tracked_file_reaches_outside_the_checkout() -> None:
    """`../shared` may only be looked at by a test that skips where it is missing."""
    reaching = subprocess.run(
        [
            "git",
            "grep",
            "-lE",
            r"\.\./shared|/ [\"']shared",
            "--",
            "*.py",
            "Makefile",
            "pyproject.toml",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    assert [name for name in reaching if not name.startswith("tests/")] == []
