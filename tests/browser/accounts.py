"""Operators with a password, made as an administrator makes them in a terminal."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.browser.servers import ROOT

PASSWORD = "a sentence that nobody guesses"


def add_accounts(data_dir: Path, roles: Mapping[str, str]) -> None:
    """Name → role; before the dashboard over `data_dir` is started."""
    for name, role in roles.items():
        subprocess.run(
            [sys.executable, "-m", "dashboard", "operator", "add", name, "--role", role],
            input=PASSWORD.encode(),
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "DASHBOARD_DATA_DIR": str(data_dir)},
            check=True,
        )
